import { type AircraftSample, type Datagrams, decodeVideoUnit, type HttpResponse } from "@outrider/contract";
import { aircraftSample } from "@outrider/contract/testing";
import { describe, expect, it } from "vitest";
import { flatWorld } from "../app/testing/flat-world.js";
import { roomContext } from "../app/testing/room-context.js";
import type { Reply, Route } from "../kernel/index.js";
import { createFeedsPart } from "./feeds-part.js";
import { picture, pps, report, slice, sps } from "./testing/make-rtp.js";

const uid = "aa00000000000001";
const { frame } = flatWorld();
const t0 = 1_790_000_000_000;

/** Feeds with one aircraft at 60 m over the origin, looking north and 45 degrees down. */
function bench() {
  let nowMs = t0;
  let sample: AircraftSample | undefined = aircraftSample();
  const ports = new Map<number, (bytes: Uint8Array, from: { host: string; port: number }) => void>();
  const datagrams: Datagrams = {
    bind: (at, handlers) => {
      ports.set(at.port, handlers.onDatagram);
      handlers.onBound(at.port);
      return { send: () => undefined, close: () => ports.delete(at.port) };
    },
  };
  const clock = { nowMs: () => nowMs, after: () => () => undefined };
  const counted: string[] = [];
  const context = roomContext({
    clock,
    count: (metric) => void counted.push(metric),
    config: {
      aircraft: [{ uid, callSign: "OSPREY", dockId: "d", type: "q", videoPort: 5600 }],
      cameras: [],
    },
  });
  const sent: Uint8Array[] = [];
  const part = createFeedsPart(context, {
    samples: { latest: () => sample && { ...sample, ageMs: 0 }, all: () => new Map() },
    datagrams,
    sendVideo: (_cameraId, unit) => sent.push(unit),
    host: "127.0.0.1",
  });
  part.onStart?.();
  const camera = { host: "10.0.0.9", port: 4000 };
  const bring = (bytes: Uint8Array, from = camera, port = 5600) => ports.get(port)?.(bytes, from);
  let sequence = 100;
  return {
    part,
    sent,
    counted,
    bring,
    ports,
    setSample: (next: AircraftSample | undefined) => {
      sample = next;
    },
    turn: (ms: number) => {
      nowMs += ms;
    },
    /** One picture captured `agoMs` ago. */
    show: (key: boolean, agoMs = 80, ssrc = 7, from = camera) => {
      const nals = key ? [sps, pps, slice(5, 500, sequence)] : [slice(1, 300, sequence)];
      const packets = picture(ssrc, sequence, Math.round((nowMs - agoMs - t0) * 90), nals);
      sequence += packets.length;
      for (const packet of packets) bring(packet, from);
    },
    tie: (ssrc = 7) => bring(report(ssrc, t0, 0)),
    get stream() {
      const stream = part.streams()[0];
      if (stream === undefined) throw new Error("one stream is configured");
      return stream;
    },
  };
}

function ask(
  routes: readonly Route[] | undefined,
  path: string,
  params: Record<string, string>,
  query: Record<string, string>,
) {
  const route = routes?.find((one) => one.kind === "get" && one.path === path);
  if (route?.kind !== "get") throw new Error(`no route ${path}`);
  let told: { status: number; body: unknown } = { status: 0, body: undefined };
  const reply: Reply = {
    ok: (body, status = 200) => {
      told = { status, body };
    },
    problem: (status, title, detail) => {
      told = { status, body: `${title}: ${detail}` };
    },
    raw: (response: HttpResponse) => {
      told = { status: response.status, body: response.body };
    },
  };
  const request = { method: "GET", path, query, headers: {}, body: new Uint8Array(0), remote: "" };
  route.handle({ params, session: undefined, request }, reply);
  return told;
}

describe("feeds", () => {
  it("ties each picture to its capture time, the pose then, and the ground it shows", () => {
    const b = bench();
    b.part.watchersChanged(uid, 1);
    b.tie();
    b.turn(500);
    b.show(true);
    const unit = decodeVideoUnit(b.sent[0] ?? new Uint8Array(0));
    expect(unit?.key).toBe(true);
    expect(unit?.capturedMs).toBeCloseTo(t0 + 420, 1);
    expect(unit?.sentMs).toBe(t0 + 500);
    expect(unit?.pose?.pitchDeg).toBe(-45);
    const corners = unit?.footprint.map((corner) => corner && frame.toLocal(corner)) ?? [];
    expect(corners.length).toBe(4);
    // Looking north from 60 m, 45 degrees down: the picture lies north of the aircraft, its left edge in the west.
    expect(corners[0]?.northM).toBeGreaterThan(corners[3]?.northM ?? 0);
    expect(corners[0]?.eastM).toBeLessThan(0);
    expect(corners[1]?.eastM).toBeCloseTo(-(corners[0]?.eastM ?? 0), 0);
    expect(b.stream).toMatchObject({
      state: "live",
      timeKnown: true,
      name: "OSPREY",
      handle: 1,
      latencyMs: expect.closeTo(80, 0),
    });
  });

  it("sends only while somebody watches, and starts the first viewer from the last key picture", () => {
    const b = bench();
    b.tie();
    b.show(true);
    b.turn(100);
    b.show(false);
    expect(b.sent.length).toBe(0);
    b.part.watchersChanged(uid, 1);
    expect(b.sent.map((bytes) => decodeVideoUnit(bytes)?.key)).toEqual([true, false]);
    b.part.watchersChanged(uid, 2);
    expect(b.sent.length).toBe(2);
    b.part.watchersChanged(uid, 0);
    b.turn(100);
    b.show(false);
    expect(b.sent.length).toBe(2);
  });

  it("counts and drops another sender until the first has been silent for 3 s", () => {
    const b = bench();
    const other = { host: "10.0.0.66", port: 9 };
    b.show(true);
    b.show(true, 80, 66, other);
    expect(b.counted).toContain("video_foreign");
    b.turn(2_900);
    b.show(true, 80, 66, other);
    const before = b.stream.ageMs;
    b.turn(200);
    b.show(true, 80, 66, other);
    expect(b.stream.state).toBe("live");
    expect(before).toBeGreaterThan(2_000);
  });

  it("says time unknown without a sender report, and refuses a click with that reason", () => {
    const b = bench();
    b.show(true);
    expect(b.stream.timeKnown).toBe(false);
    expect(b.stream.why).toContain("Time unknown");
    const told = ask(
      b.part.routes,
      "/cameras/{cameraId}/ground",
      { cameraId: uid },
      { u: "0.5", v: "0.5", capturedMs: String(t0) },
    );
    expect(told.status).toBe(409);
    expect(told.body).toContain("Time unknown");
  });

  it("takes a report from the next port only for its own stream", () => {
    const b = bench();
    b.show(true);
    b.bring(report(8, t0, 0), { host: "10.0.0.9", port: 4001 }, 5601);
    b.turn(100);
    b.show(false);
    expect(b.stream.timeKnown).toBe(false);
    b.bring(report(7, t0, 0), { host: "10.0.0.9", port: 4001 }, 5601);
    b.turn(100);
    b.show(false);
    expect(b.stream.timeKnown).toBe(true);
  });

  it("answers a click with a place, its error, and refuses sky and unknown poses", () => {
    const b = bench();
    b.tie();
    b.turn(200);
    b.show(true);
    const click = (query: Record<string, string>) =>
      ask(b.part.routes, "/cameras/{cameraId}/ground", { cameraId: uid }, query);
    const hit = click({ u: "0.5", v: "0.5", capturedMs: String(t0 + 120) });
    expect(hit.status).toBe(200);
    const body = hit.body as { point: { latDeg: number; lonDeg: number }; error: { semiMajorM: number } };
    expect(frame.toLocal(body.point).northM).toBeCloseTo(60, 0);
    expect(body.error.semiMajorM).toBeGreaterThan(2);
    expect(body.error.semiMajorM).toBeLessThan(15);
    expect(click({ u: "1.5", v: "0.5", capturedMs: String(t0) }).status).toBe(400);
    expect(click({ u: "0.5", v: "0.5", capturedMs: String(t0 - 9_000) }).status).toBe(409);
    expect(click({ u: "0.5", v: "0.5" }).status).toBe(409);
    b.setSample(aircraftSample({ gimbalPitchDeg: 20 }));
    b.turn(2_000);
    b.show(true);
    expect(click({ u: "0.5", v: "0.2", capturedMs: String(t0 + 2_200) }).body).toContain("sky");
    expect(ask(b.part.routes, "/cameras/{cameraId}/ground", { cameraId: "no" }, {}).status).toBe(404);
  });

  it("hands pictures to viewers by other ways, until they leave", () => {
    const b = bench();
    let taken = 0;
    const leave = b.part.tap(uid, () => {
      taken += 1;
    });
    b.show(true);
    leave?.();
    b.show(false);
    expect(taken).toBe(1);
    expect(b.part.tap("no such camera", () => undefined)).toBeUndefined();
  });

  it("freezes and ends with a reason when packets stop", () => {
    const b = bench();
    b.tie();
    b.show(true);
    b.turn(3_500);
    expect(b.stream).toMatchObject({ state: "frozen", why: "No packets for 3.5 s.", fps: 0, latencyMs: undefined });
    b.turn(40_000);
    expect(b.stream.state).toBe("none");
    expect(b.part.streamOfAircraft(uid)?.state).toBe("none");
  });
});
