import type { CameraPose, Datagrams } from "@outrider/contract";
import { HandClock } from "@outrider/contract/testing";
import { describe, expect, it } from "vitest";
import type { EncodedFrame } from "./flv-reader.js";
import { rtpTimeOf } from "./rtp.js";
import { createCameraStream, udpOut } from "./stream.js";

const somewhere: CameraPose = {
  point: { latDeg: 39, lonDeg: -104 },
  altAmslM: 1660,
  yawDeg: 0,
  pitchDeg: -45,
  rollDeg: 0,
  hfovDeg: 60,
};

/** @param lateMs what a busy machine's timers come late by */
function bench(lateMs = 0) {
  const sent: Uint8Array[] = [];
  const datagrams: Datagrams = {
    bind: () => ({ send: (bytes) => sent.push(bytes), close: () => undefined }),
  };
  const wall = new HandClock(0);
  const run = { paused: false };
  const sensor = { elsewhere: false };
  const encoders: { give: (frame: EncodedFrame) => void; end: (why: string) => void; written: number }[] = [];
  const stream = createCameraStream({
    name: "OSPREY",
    openOut: () => udpOut({ datagrams, host: "127.0.0.1", port: 5600, log: () => undefined }),
    fps: 10,
    width: 64,
    height: 36,
    ssrc: 77,
    run: {
      nowMs: () => (run.paused ? 1_790_000_000_000.25 : 1_790_000_000_000.25 + wall.nowMs()),
      after: () => () => undefined,
    },
    wall: { nowMs: () => wall.nowMs(), after: (ms, then) => wall.after(ms + lateMs, then) },
    startEncoder: (_options, handlers) => {
      const mine = { give: handlers.onFrame, end: handlers.onEnd, written: 0 };
      encoders.push(mine);
      return { write: () => (mine.written += 1), close: () => undefined };
    },
    poseAt: () => somewhere,
    eased: () => sensor.elsewhere,
    render: () => new Uint8Array(8),
    log: () => undefined,
  });
  return { sent, wall, run, sensor, encoders, stream };
}
const key: EncodedFrame = { key: true, nals: [Uint8Array.of(0x65, 0x80)] };

describe("camera stream", () => {
  it("stamps each picture with the run time it was drawn at, the report ahead of it", () => {
    const { sent, wall, encoders, stream } = bench();
    stream.start();
    wall.advance(150);
    expect(encoders[0]?.written).toBe(2);
    encoders[0]?.give(key);
    encoders[0]?.give({ ...key, key: false });
    const view = (i: number) => new DataView((sent[i] ?? new Uint8Array(12)).buffer);
    expect(view(0).getUint8(1)).toBe(200);
    expect(view(0).getUint32(16)).toBe(rtpTimeOf(1_790_000_000_000.25));
    expect(view(1).getUint32(4)).toBe(view(0).getUint32(16));
    expect(view(2).getUint32(4)).toBe(rtpTimeOf(1_790_000_000_100.25));
  });

  it("keeps its pace where every timer comes late", () => {
    const { wall, encoders, stream } = bench(7);
    stream.start();
    for (let t = 0; t < 10_000; t += 10) {
      wall.advance(10);
      for (const { give } of encoders) give(key);
    }
    expect(encoders[0]?.written).toBeGreaterThanOrEqual(99);
  });

  it("draws nothing while the run is paused or the encoder is behind", () => {
    const { wall, run, encoders, stream } = bench();
    run.paused = true;
    stream.start();
    wall.advance(1_000);
    expect(encoders[0]?.written).toBe(1);
    run.paused = false;
    wall.advance(1_000);
    expect(encoders[0]?.written).toBe(3);
    expect(stream.counts.skipped).toBeGreaterThan(5);
  });

  it("draws at half its pace while another sensor is looked at, and at once as before when that ends", () => {
    const { sent, wall, sensor, encoders, stream } = bench();
    const gapsMs = (forMs: number): number[] => {
      const atMs: number[] = [];
      for (let t = 0; t < forMs; t += 20) {
        const before = encoders[0]?.written ?? 0;
        wall.advance(20);
        if ((encoders[0]?.written ?? 0) === before) continue;
        encoders[0]?.give(key);
        atMs.push(wall.nowMs());
      }
      return atMs.slice(1).map((ms, i) => ms - (atMs[i] ?? 0));
    };
    stream.start();
    wall.advance(20);
    encoders[0]?.give(key);
    expect(new Set(gapsMs(2_000))).toEqual(new Set([100]));
    sensor.elsewhere = true;
    expect(gapsMs(4_000).sort((a, b) => b - a)[0]).toBe(200);
    expect(gapsMs(4_000)).toHaveLength(19);
    const whole = new DataView((sent.at(-1) ?? new Uint8Array(12)).buffer).getUint32(4);
    expect((rtpTimeOf(1_790_000_000_000.25 + wall.nowMs()) - whole) / 90).toBeLessThan(250);
    sensor.elsewhere = false;
    expect(new Set(gapsMs(2_000))).toEqual(new Set([100]));
  });

  it("starts a new encoder after one died, and none after it was stopped", () => {
    const { wall, encoders, stream } = bench();
    stream.start();
    wall.advance(100);
    encoders[0]?.end("killed");
    wall.advance(1_500);
    expect(encoders.length).toBe(2);
    stream.stop();
    encoders[1]?.end("killed");
    wall.advance(5_000);
    expect(encoders.length).toBe(2);
  });
});
