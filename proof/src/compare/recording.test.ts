import { type AnyMessageInit, encodeFrame } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { eachRecord, readRecording } from "./recording.js";

const startS = 1_700_000_000;

function record(wallS: number, message: AnyMessageInit, sysid: number, compid = 1): Uint8Array {
  const frame = encodeFrame(message, { sysid, compid, seq: 0 });
  const bytes = new Uint8Array(8 + frame.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(Math.round((startS + wallS) * 1e6)));
  bytes.set(frame, 8);
  return bytes;
}

const joined = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const beat = (customMode: number, baseMode: number, systemStatus: number): AnyMessageInit => ({
  name: "HEARTBEAT",
  type: 2,
  autopilot: 12,
  customMode,
  baseMode,
  systemStatus,
});
const attitude = (timeBootMs: number): AnyMessageInit => ({ name: "ATTITUDE", timeBootMs, roll: Math.PI / 2 });
const text = (words: string, id: number, chunkSeq: number): AnyMessageInit => ({
  name: "STATUSTEXT",
  severity: 6,
  text: words,
  id,
  chunkSeq,
});

describe("a recording", () => {
  it("is read in the aircraft's own time, also where it was made faster than real time", () => {
    const bytes = joined(
      record(0, beat(0x03040000, 0x1d, 0), 3),
      record(1, attitude(2000), 3),
      record(1.5, attitude(4000), 3),
      record(1.5, beat(0x03040000, 0x1d, 3), 3),
      record(1.6, { name: "COMMAND_LONG", command: 400, param1: 1, targetSystem: 3, targetComponent: 1 }, 255, 190),
      record(2, attitude(6000), 3),
      record(2, beat(0x02040000, 0x9d, 4), 3),
    );
    const { track, sent } = readRecording(bytes, 3);
    expect(track.turns).toEqual([
      { tS: 1, what: "disarmed Hold (not ready)" },
      { tS: 4, what: "disarmed Hold" },
      { tS: 6, what: "Takeoff" },
    ]);
    expect(sent.map(({ tS, turn }) => [tS, turn])).toEqual([[4, 1]]);
    expect(track.orders[0]).toMatchObject({ command: 400, params: [1, 0, 0, 0] });
    expect(track.tilts[0]?.deg).toBeCloseTo(90, 3);
  });

  it("leaves out other aircraft, other components and what comes after its end", () => {
    const bytes = joined(
      record(0, attitude(1000), 3),
      record(0, beat(0x03040000, 0x1d, 3), 4),
      record(0, beat(0x03040000, 0x1d, 3), 3, 180),
      record(9, attitude(10_000), 3),
      record(9, beat(0x03040000, 0x1d, 3), 3),
    );
    expect(readRecording(bytes, 3, 5).track.turns).toEqual([]);
    expect(readRecording(bytes, 3).track.turns).toHaveLength(1);
  });

  it("joins the parts of a text and drops the tab that says it is also an event", () => {
    const bytes = joined(
      record(0, attitude(1000), 3),
      record(0, text("Arming denied: Resolve system health failures firs", 1, 0), 3),
      record(0, text("t\t", 1, 1), 3),
      record(0, text("Landing detected\t", 2, 0), 3),
    );
    expect(readRecording(bytes, 3).track.texts.map((one) => one.what)).toEqual([
      "Arming denied: Resolve system health failures first",
      "Landing detected",
    ]);
  });

  it("ends where the log is torn", () => {
    const whole = record(0, attitude(1000), 3);
    let records = 0;
    eachRecord(joined(whole, whole, whole.subarray(0, 15)), () => records++);
    expect(records).toBe(2);
  });

  it("knows an order without a place: NaN, zeros, or the integer that means none", () => {
    const int = { name: "COMMAND_INT", command: 192, x: 2_147_483_647, y: 2_147_483_647, z: 340 } as const;
    const long = { name: "COMMAND_LONG", command: 192, param5: Number.NaN, param6: Number.NaN, param7: 340 } as const;
    const there = { ...int, x: 337_500_000, y: -843_880_000 };
    const bytes = joined(record(0, attitude(1000), 3), ...[int, long, there].map((m) => record(1, m, 255, 190)));
    const places = readRecording(bytes, 3).track.orders.map((order) => order.place?.northM);
    expect(places.slice(0, 2)).toEqual([undefined, undefined]);
    expect(places[2]).toBeCloseTo(110.9, 0);
  });
});
