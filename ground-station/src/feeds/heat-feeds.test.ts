import type { Datagrams } from "@outrider/contract";
import { decodeVideoUnit, heatCameraIdOf, newFact } from "@outrider/contract";
import { aircraftSample, HandClock } from "@outrider/contract/testing";
import { describe, expect, it } from "vitest";
import { roomContext } from "../app/testing/room-context.js";
import { systemActor } from "../kernel/index.js";
import { createFeedsPart } from "./feeds-part.js";
import { fixedFeedTimes } from "./fixed-feed.js";
import { FakeCamera, hashes } from "./testing/fake-camera.js";
import { picture, pps, report, slice, sps } from "./testing/make-rtp.js";

const uid = "aa00000000000001";
const plain = "aa00000000000002";
const heatId = heatCameraIdOf(uid);
const t0 = 1_790_000_000_000;
const address = "rtsp://10.0.0.7/heat";

/** One aircraft with a heat address and one without; `announce` is what their cameras say of themselves. */
function bench() {
  const camera = new FakeCamera();
  const clock = new HandClock(t0);
  const context = roomContext({
    clock,
    config: {
      aircraft: [
        { uid, callSign: "OSPREY", dockId: "d", type: "q", videoPort: 5600, heat: address },
        { uid: plain, callSign: "HERON", dockId: "e", type: "q", videoPort: 5602 },
      ],
      cameras: [],
    },
  });
  const { kernel } = context;
  const sent: { cameraId: string; unit: Uint8Array }[] = [];
  const datagrams: Datagrams = { bind: () => ({ send: () => undefined, close: () => undefined }) };
  const part = createFeedsPart(context, {
    samples: { latest: () => ({ ...aircraftSample(), ageMs: 0 }), all: () => new Map() },
    datagrams,
    sendVideo: (cameraId, unit) => sent.push({ cameraId, unit }),
    host: "127.0.0.1",
    cameras: { dialer: camera.dialer, hashes, logins: new Map() },
  });
  kernel.add(part.rooms);
  kernel.onDurable((fact) => part.onFact?.(fact));
  part.onStart?.();
  const stream = (streamId: number, thermal: boolean, uri: string) => ({
    streamId,
    kind: thermal ? "rtsp" : "rtp",
    uri,
    running: true,
    thermal,
  });
  return {
    camera,
    clock,
    part,
    sent,
    announce(of: string, thermal: boolean, uri = address, cameraId = 100): void {
      const streams = [stream(1, false, "5600"), ...(thermal ? [stream(2, true, uri)] : [])];
      const data = { uid: of, cameraId, vendor: "v", model: "m", can: [], streams, storages: [] };
      kernel.commit([newFact("CameraIdentified", data, systemActor)]);
    },
    bring(capturedMs: number): void {
      const rtpTime = Math.round(capturedMs % 1e6) * 90;
      camera.send(report(9, capturedMs, rtpTime), 1);
      for (const packet of picture(9, 7, rtpTime, [sps, pps, slice(5, 700, 3)])) camera.send(packet);
    },
    offered: (of: string) => part.streamOfAircraft(of)?.heatCameraId,
  };
}

describe("an aircraft's heat picture", () => {
  it("is offered once the camera announces a thermal stream, and to no aircraft without one", () => {
    const b = bench();
    expect(b.offered(uid)).toBeUndefined();
    b.part.watchersChanged(heatId, 1);
    expect(b.camera.dials).toBe(0);
    b.part.watchersChanged(heatId, 0);
    b.announce(uid, true);
    b.announce(plain, true);
    expect(b.offered(uid)).toBe(heatId);
    // It announces one, but nobody has said where it may be opened.
    expect(b.offered(plain)).toBeUndefined();
    expect(b.part.handles).toContainEqual({ handle: 3, cameraId: heatId });
  });

  it("is fetched only while somebody looks, beside the visible one and after it in the list", () => {
    const b = bench();
    b.announce(uid, true);
    b.clock.advance(30_000);
    expect(b.camera.dials).toBe(0);
    b.part.watchersChanged(heatId, 1);
    expect(b.camera.dials).toBe(1);
    b.bring(b.clock.nowMs() - 90);
    const streams = b.part.streams();
    expect(streams.map((one) => [one.cameraId, one.thermal])).toEqual([
      [uid, undefined],
      [plain, undefined],
      [heatId, true],
    ]);
    expect(streams[2]).toMatchObject({ uid, state: "live", ageMs: 90, timeKnown: true });
    b.part.watchersChanged(heatId, 0);
    b.clock.advance(fixedFeedTimes.lingerMs / 2);
    b.bring(b.clock.nowMs() - 50);
    b.clock.advance(fixedFeedTimes.lingerMs / 2);
    expect(b.camera.methods).toContain("TEARDOWN");
    expect(b.part.streams()).toHaveLength(2);
  });

  it("is tied to the aircraft's place although no visible picture comes in", () => {
    const b = bench();
    b.announce(uid, true);
    b.part.watchersChanged(heatId, 1);
    b.clock.advance(200);
    b.bring(b.clock.nowMs() - 50);
    b.clock.advance(200);
    b.bring(b.clock.nowMs() - 50);
    const last = b.sent.at(-1);
    expect(last?.cameraId).toBe(heatId);
    expect(decodeVideoUnit(last?.unit ?? new Uint8Array(0))?.pose?.altAmslM).toBe(aircraftSample().altAmslM);
  });

  it("opens the configured address, whatever address the camera tells", () => {
    const b = bench();
    b.announce(uid, true, "rtsp://203.0.113.9/elsewhere");
    b.part.watchersChanged(heatId, 1);
    expect(b.camera.asked.every(({ url }) => url.startsWith(address) || url === "*")).toBe(true);
    expect(b.camera.dials).toBe(1);
  });

  it("stays offered when a second camera aboard announces itself without one", () => {
    const b = bench();
    b.announce(uid, true);
    b.announce(uid, false, address, 101);
    expect(b.offered(uid)).toBe(heatId);
    b.announce(uid, false);
    expect(b.offered(uid)).toBeUndefined();
  });

  it("is no longer offered when the camera announces itself without it", () => {
    const b = bench();
    b.announce(uid, true);
    b.part.watchersChanged(heatId, 1);
    b.bring(b.clock.nowMs() - 50);
    b.announce(uid, false);
    expect(b.offered(uid)).toBeUndefined();
    expect(b.part.streams()).toHaveLength(2);
    expect(b.part.pictureOf(heatId)).toBeUndefined();
    expect(b.part.tap(heatId, () => undefined)).toBeUndefined();
  });
});
