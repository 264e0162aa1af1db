import type { CameraPose } from "@outrider/contract";
import { localFrame } from "@outrider/geo";
import { describe, expect, it } from "vitest";
import { createHeatCameras } from "./heat-cameras.js";
import { createRenderer } from "./renderer.js";
import { testCity } from "./test-city.js";

/** A heat sensor over a small town with clocks moved by hand and an encoder that keeps what it was given. */
function bench() {
  const city = testCity(2);
  const renderer = createRenderer(city);
  let nowMs = 0;
  let due: { atMs: number; run: () => void }[] = [];
  const clock = {
    nowMs: () => nowMs,
    after: (delayMs: number, run: () => void) => {
      const one = { atMs: nowMs + delayMs, run };
      due.push(one);
      return () => {
        due = due.filter((other) => other !== one);
      };
    },
  };
  const drawn: Uint8Array[] = [];
  const state: { pose: CameraPose | undefined } = {
    pose: {
      point: localFrame(city.origin).toGeo({ eastM: 0, northM: 0 }),
      altAmslM: 1_660,
      yawDeg: 0,
      pitchDeg: -60,
      rollDeg: 0,
      hfovDeg: 62,
    },
  };
  const cameras = createHeatCameras({
    uids: ["osprey"],
    renderer,
    run: clock,
    wall: clock,
    log: () => undefined,
    newSsrc: () => 7,
    startEncoder: (_options, handlers) => ({
      write: (yuv) => {
        drawn.push(yuv.slice());
        handlers.onFrame({ key: true, nals: [] });
      },
      close: () => undefined,
    }),
    poseOf: () => state.pose,
    vehicles: () => [],
    people: () => [],
    light: () => ({ sunElevationDeg: 40, sunAzimuthDeg: 180 }),
  });
  return {
    cameras,
    drawn,
    state,
    turn(ms: number): void {
      const endMs = nowMs + ms;
      for (;;) {
        const next = due.filter((one) => one.atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        due = due.filter((one) => one !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.run();
      }
      nowMs = endMs;
    },
  };
}

const viewer = { send: () => undefined, close: () => undefined };

describe("an aircraft's heat sensor", () => {
  it("is drawn for its viewers and for nobody else, slower than light", () => {
    const b = bench();
    b.turn(3_000);
    expect(b.drawn).toHaveLength(0);
    const camera = b.cameras.byId.get("osprey");
    const stops = [camera?.play(viewer), camera?.play({ ...viewer })];
    b.turn(2_000);
    expect(b.drawn.length).toBeGreaterThan(14);
    expect(b.drawn.length).toBeLessThan(20);
    expect(b.drawn[0]?.subarray(640 * 360).every((chroma) => chroma === 128)).toBe(true);
    for (const stop of stops) stop?.();
    const before = b.drawn.length;
    b.turn(3_000);
    expect(b.drawn).toHaveLength(before);
  });

  it("shows nothing while the camera is off", () => {
    const b = bench();
    b.state.pose = undefined;
    b.cameras.byId.get("osprey")?.play(viewer);
    b.turn(2_000);
    expect(b.drawn).toHaveLength(0);
  });
});
