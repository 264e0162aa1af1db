import { turnDeg } from "@outrider/geo";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PtzHead, ptzLimits } from "./ptz-head.js";

const base = { point: { latDeg: 0, lonDeg: 0 }, altAmslM: 10, yawDeg: 350, pitchDeg: -12, rollDeg: 0, hfovDeg: 60 };

describe("a camera's head", () => {
  it("turns no faster than its motors whatever it is told, and stays within its reach", () => {
    const value = fc.double({ min: -400, max: 400, noNaN: true });
    const order = fc.record({ kind: fc.constantFrom("to", "turn", "stop"), a: value, b: value, c: value });
    fc.assert(
      fc.property(fc.array(fc.tuple(order, fc.integer({ min: 1, max: 900 })), { maxLength: 25 }), (orders) => {
        const head = new PtzHead(base, 0);
        let nowMs = 0;
        for (const [{ kind, a, b, c }, waitMs] of orders) {
          if (kind === "to") head.moveTo({ panDeg: a, tiltDeg: b, zoom: c }, 1, nowMs);
          else if (kind === "turn") head.turn({ panDps: a, tiltDps: b, zoomPerS: c }, 500, nowMs);
          else head.stop({ panTilt: a > 0, zoom: b > 0 }, nowMs);
          const before = head.at(nowMs);
          nowMs += waitMs;
          const after = head.at(nowMs);
          const most = waitMs / 1000 + 1e-9;
          expect(Math.abs(turnDeg(before.panDeg, after.panDeg))).toBeLessThanOrEqual(ptzLimits.panDps * most);
          expect(Math.abs(after.tiltDeg - before.tiltDeg)).toBeLessThanOrEqual(ptzLimits.tiltDps * most);
          expect(Math.abs(after.zoom - before.zoom)).toBeLessThanOrEqual(ptzLimits.zoomPerS * most);
          expect(after.tiltDeg).toBeGreaterThanOrEqual(ptzLimits.tiltMinDeg);
          expect(after.tiltDeg).toBeLessThanOrEqual(ptzLimits.tiltMaxDeg);
          expect(after.zoom).toBeGreaterThanOrEqual(1);
          expect(after.zoom).toBeLessThanOrEqual(ptzLimits.zoomMax);
        }
      }),
    );
  });

  it("arrives where it is sent, by the shorter way round, and says when it is still", () => {
    const head = new PtzHead(base, 0);
    head.moveTo({ panDeg: 170, tiltDeg: -50, zoom: 4 }, 1, 0);
    expect(head.isMoving(200)).toEqual({ panTilt: true, zoom: true });
    head.at(3_000);
    head.moveTo({ panDeg: -170 }, 0.5, 3_000);
    expect(head.at(3_200)).toEqual({ panDeg: -180, tiltDeg: -50, zoom: 4 });
    expect(head.at(4_000)).toEqual({ panDeg: -170, tiltDeg: -50, zoom: 4 });
    expect(head.isMoving(4_000)).toEqual({ panTilt: false, zoom: false });
    const pose = head.poseAt(4_000);
    expect(pose.yawDeg).toBeCloseTo(180, 9);
    expect(pose.pitchDeg).toBe(-50);
    // Four times as far: the tangent of half the view is a quarter.
    expect(Math.tan((pose.hfovDeg * Math.PI) / 360)).toBeCloseTo(Math.tan(Math.PI / 6) / 4, 9);
  });

  it("stops by itself when a continuous move is not renewed, and at once when told", () => {
    const head = new PtzHead(base, 0);
    head.turn({ panDps: 20, tiltDps: 0, zoomPerS: 0 }, 1_000, 0);
    expect(head.at(60_000).panDeg).toBeCloseTo(20, 9);
    expect(head.isMoving(60_000).panTilt).toBe(false);
    head.turn({ panDps: 20, tiltDps: 0, zoomPerS: 1 }, 10_000, 60_000);
    head.stop({ panTilt: true, zoom: false }, 61_000);
    expect(head.at(63_000)).toMatchObject({ panDeg: 40, zoom: 4 });
    head.stop({ panTilt: true, zoom: true }, 63_000);
    expect(head.at(70_000)).toMatchObject({ panDeg: 40, zoom: 4 });
  });

  it("goes on to work when a new run takes the time back", () => {
    const head = new PtzHead(base, 0);
    head.moveTo({ panDeg: 90 }, 1, 1_000_000);
    head.at(1_000_300);
    expect(head.at(5_000).panDeg).toBeCloseTo(30, 9);
    expect(head.isMoving(6_000).panTilt).toBe(false);
    head.moveTo({ panDeg: 90 }, 1, 6_000);
    expect(head.at(8_000).panDeg).toBe(90);
  });
});
