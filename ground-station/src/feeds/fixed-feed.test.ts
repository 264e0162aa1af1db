import type { Datagrams } from "@outrider/contract";
import { decodeVideoUnit } from "@outrider/contract";
import { HandClock } from "@outrider/contract/testing";
import { describe, expect, it } from "vitest";
import { flatWorld } from "../app/testing/flat-world.js";
import { roomContext } from "../app/testing/room-context.js";
import { createFeedsPart, type FeedsDeps } from "./feeds-part.js";
import { fixedFeedTimes } from "./fixed-feed.js";
import { FakeCamera, hashes, ordinary } from "./testing/fake-camera.js";
import { picture, pps, report, slice, sps } from "./testing/make-rtp.js";

const world = flatWorld();
const { frame } = world;
const t0 = 1_790_000_000_000;
const fixed = (cameraId: string, over: object = {}) => ({
  cameraId,
  name: `Camera ${cameraId}`,
  kind: "camera",
  point: frame.toGeo({ eastM: 0, northM: 0 }),
  heightAglM: 7,
  azimuthDeg: 90,
  pitchDeg: -12,
  hfovDeg: 75,
  rangeM: 130,
  shared: true,
  ptz: false,
  stream: `rtsp://10.0.0.5/${cameraId}`,
  ...over,
});

function bench(camera: FakeCamera, over: object = {}, turnedPose?: FeedsDeps["turnedPose"]) {
  const clock = new HandClock(t0);
  const context = roomContext({
    clock,
    config: {
      aircraft: [],
      cameras: [fixed("cam", over), fixed("kept", { shared: false }), fixed("silent", { stream: undefined })],
    },
  });
  const sent: Uint8Array[] = [];
  const datagrams: Datagrams = { bind: () => ({ send: () => undefined, close: () => undefined }) };
  const part = createFeedsPart(context, {
    samples: { latest: () => undefined, all: () => new Map() },
    datagrams,
    sendVideo: (_cameraId, unit) => sent.push(unit),
    host: "127.0.0.1",
    cameras: { dialer: camera.dialer, hashes, logins: new Map() },
    ...(turnedPose === undefined ? {} : { turnedPose }),
  });
  part.onStart?.();
  let sequence = 7;
  const bring = (capturedMs: number, clockMs = capturedMs): void => {
    const rtpTime = Math.round(capturedMs % 1e6) * 90;
    camera.send(report(9, clockMs, rtpTime), 1);
    for (const packet of picture(9, sequence, rtpTime, [sps, pps, slice(5, 700, 3)])) {
      camera.send(packet);
      sequence += 1;
    }
  };
  const only = () => part.streams()[0];
  return { part, clock, sent, bring, only };
}

describe("a fixed camera's picture", () => {
  it("is fetched only while somebody looks and ten seconds longer", () => {
    const camera = new FakeCamera();
    const b = bench(camera);
    b.clock.advance(60_000);
    expect(camera.dials).toBe(0);
    expect(b.part.streams()).toEqual([]);
    b.part.watchersChanged("cam", 2);
    expect(camera.dials).toBe(1);
    b.bring(b.clock.nowMs() - 80);
    expect(b.only()).toMatchObject({ state: "live", ageMs: 80, timeKnown: true, uid: undefined });
    b.part.watchersChanged("cam", 0);
    b.clock.advance(5_000);
    b.part.watchersChanged("cam", 1);
    expect(camera.dials).toBe(1);
    b.bring(b.clock.nowMs());
    b.part.watchersChanged("cam", 0);
    b.clock.advance(fixedFeedTimes.lingerMs / 2);
    b.bring(b.clock.nowMs());
    expect(camera.methods).not.toContain("TEARDOWN");
    b.clock.advance(fixedFeedTimes.lingerMs / 2);
    expect(camera.methods).toContain("TEARDOWN");
    expect(b.part.streams()).toEqual([]);
  });

  it("carries its time and its place with every picture", () => {
    const camera = new FakeCamera();
    const b = bench(camera);
    b.part.watchersChanged("cam", 1);
    const takenMs = b.clock.nowMs() - 120;
    b.bring(takenMs);
    const unit = decodeVideoUnit(b.sent[0] ?? new Uint8Array(0));
    expect(unit?.capturedMs).toBeCloseTo(takenMs, 0);
    expect(unit?.pose).toMatchObject({ yawDeg: 90, pitchDeg: -12, altAmslM: 1607 });
    expect(unit?.footprint[2]).toBeDefined();
    expect(b.part.handles).toContainEqual({ handle: unit?.handle, cameraId: "cam" });
  });

  it("has its place where a camera that turns says it looks, and shows another ground when it has turned", () => {
    const camera = new FakeCamera();
    const point = frame.toGeo({ eastM: 0, northM: 0 });
    const looks = (yawDeg: number) => ({ point, altAmslM: 1607, yawDeg, pitchDeg: -20, rollDeg: 0, hfovDeg: 40 });
    let pose: ReturnType<typeof looks> | undefined = looks(0);
    const b = bench(camera, { ptz: true }, () => pose);
    b.part.watchersChanged("cam", 1);
    const next = () => {
      b.bring(b.clock.nowMs() - 50);
      b.clock.advance(1_000);
      return decodeVideoUnit(b.sent.at(-1) ?? new Uint8Array(0));
    };
    const north = next();
    pose = looks(90);
    const east = next();
    pose = undefined;
    const nowhere = next();
    expect([north?.pose?.yawDeg, east?.pose?.yawDeg, nowhere?.pose]).toEqual([0, 90, undefined]);
    expect(north?.footprint[2]?.latDeg).toBeGreaterThan(39.7401);
    expect(east?.footprint[2]?.lonDeg).toBeGreaterThan(-104.9899);
  });

  it("has no place where the camera can turn: nobody said where it looks now", () => {
    const camera = new FakeCamera();
    const b = bench(camera, { ptz: true });
    b.part.watchersChanged("cam", 1);
    b.bring(b.clock.nowMs() - 50);
    expect(decodeVideoUnit(b.sent[0] ?? new Uint8Array(0))?.pose).toBeUndefined();
  });

  it("has no time where the camera's clock is wrong, and says by how much", () => {
    const camera = new FakeCamera();
    const b = bench(camera);
    b.part.watchersChanged("cam", 1);
    b.bring(b.clock.nowMs(), b.clock.nowMs() - 3 * 3_600_000);
    expect(b.only()).toMatchObject({
      state: "live",
      timeKnown: false,
      why: "Time unknown: the camera's clock is 3 h behind.",
    });
    expect(decodeVideoUnit(b.sent[0] ?? new Uint8Array(0))?.capturedMs).toBeUndefined();
  });

  it("of a camera that is lost is frozen, then told with the cause, and comes back by itself", () => {
    const camera = new FakeCamera();
    const b = bench(camera);
    b.part.watchersChanged("cam", 1);
    b.bring(b.clock.nowMs() - 50);
    camera.refuse = "ECONNREFUSED";
    camera.hangUp("ECONNRESET");
    b.clock.advance(4_000);
    expect(b.only()).toMatchObject({ state: "frozen", cause: "unreachable", ageMs: 4_050 });
    b.clock.advance(40_000);
    expect(b.only()).toMatchObject({ state: "none", cause: "unreachable" });
    expect(camera.dials).toBeGreaterThan(3);
    expect(camera.dials).toBeLessThan(9);
    camera.refuse = undefined;
    const before = camera.dials;
    for (let s = 0; s < 30 && camera.dials === before; s++) b.clock.advance(1_000);
    b.bring(b.clock.nowMs() - 50);
    expect(b.only()).toMatchObject({ state: "live", why: "" });
  });

  it("is not asked for again and again with a name that the camera does not take", () => {
    const camera = new FakeCamera((asked) =>
      asked.method === "OPTIONS"
        ? ordinary(asked)
        : { status: 401, headers: ['WWW-Authenticate: Digest realm="c", nonce="n"'] },
    );
    const b = bench(camera);
    for (let look = 0; look < 20; look++) {
      b.part.watchersChanged("cam", 1);
      expect(b.only()).toMatchObject({ state: "none", cause: "unauthorised" });
      b.part.watchersChanged("cam", 0);
      b.clock.advance(2_000);
    }
    expect(camera.dials).toBe(1);
  });

  it("is opened for nobody where its owner has not shared it or it has no stream", () => {
    const camera = new FakeCamera();
    const b = bench(camera);
    b.part.watchersChanged("kept", 1);
    b.part.watchersChanged("silent", 1);
    b.part.watchersChanged("nobody", 1);
    expect(camera.dials).toBe(0);
    expect(b.part.tap("kept", () => undefined)).toBeUndefined();
  });

  it("stays open for a viewer by another way, and closes after the last one", () => {
    const camera = new FakeCamera();
    const b = bench(camera);
    const untap = b.part.tap("cam", () => undefined);
    b.part.watchersChanged("cam", 1);
    b.part.watchersChanged("cam", 0);
    b.bring(b.clock.nowMs());
    b.clock.advance(7_000);
    b.bring(b.clock.nowMs());
    b.clock.advance(7_000);
    expect(camera.methods).not.toContain("TEARDOWN");
    untap?.();
    untap?.();
    b.clock.advance(7_000);
    b.clock.advance(fixedFeedTimes.lingerMs);
    expect(b.part.streams()).toEqual([]);
  });
});
