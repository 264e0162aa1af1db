import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MavMessage, messages } from "../codec/index.js";
import { anyMessage } from "../testing/index.js";
import { decode, decodeInto, MessagePool } from "./decode.js";
import { encodeFrame, FrameEncoder } from "./encode.js";
import type { Frame } from "./frame.js";
import { FrameReader } from "./reader.js";

const HEADER = { sysid: 3, compid: 7, seq: 200 };
const RUNS = { numRuns: 8 };

function read(bytes: Uint8Array): Frame {
  const frames: Frame[] = [];
  new FrameReader().pushDatagram(bytes, (frame) => frames.push(frame));
  const [frame] = frames;
  if (frame === undefined || frames.length !== 1) throw new Error(`${frames.length} frames where one was sent`);
  return frame;
}

/** Thousands of comparisons: the assertion's own deep comparison is only for telling what differs. */
function same(got: unknown, wanted: unknown): void {
  if (!isDeepStrictEqual(got, wanted)) expect(got).toEqual(wanted);
}

/** Bits beside a float come from the wire, so they are no part of what was sent. */
function sent(message: MavMessage): Record<string, unknown> {
  const { paramValueBits: _, ...fields } = Object.fromEntries(Object.entries(message));
  return fields;
}

describe("every message comes back as it was sent", () => {
  test.each(messages.map((info) => [info.name, info] as const))("%s", (_name, info) => {
    const pool = new MessagePool();
    const encoder = new FrameEncoder();
    fc.assert(
      fc.property(anyMessage(info), (message) => {
        const frame = read(encodeFrame(message, HEADER));
        const decoded = decode(frame);
        same(decoded && sent(decoded), sent(message));
        same(pool.decode(frame), decoded);
        same(encoder.encode(message, HEADER), frame.raw);
        same(encoder.bytes.slice(0, encoder.write(message, HEADER)), frame.raw);
        expect(frame.payload.length === 1 || frame.payload.at(-1) !== 0).toBe(true);
      }),
      RUNS,
    );
  });
});

describe("MAVLink 1 carries the base fields of every message that it can", () => {
  test.each(messages.filter((info) => info.id < 256).map((info) => [info.name, info] as const))("%s", (_name, info) => {
    fc.assert(
      fc.property(anyMessage(info), (message) => {
        const frame = read(encodeFrame(message, { ...HEADER, version: 1 }));
        same([frame.version, frame.payload.length], [1, info.minLength]);
        const decoded = decode(frame);
        const base = new Set(info.fields.filter((field) => !field.extension).map((field) => field.name));
        const pick = (from: MavMessage | undefined): unknown[] =>
          Object.entries(from ?? {}).filter(([key]) => base.has(key));
        same(pick(decoded), pick(message));
      }),
      { numRuns: 3 },
    );
  });
});

describe("a payload cut anywhere reads as if zeros followed", () => {
  test.each(messages.map((info) => [info.name, info] as const))("%s", (_name, info) => {
    const [message] = fc.sample(anyMessage(info), { numRuns: 1, seed: info.id });
    if (message === undefined) throw new Error("no sample");
    const frame = read(encodeFrame(message, HEADER));
    const whole = new Uint8Array(info.maxLength);
    whole.set(frame.payload);
    for (let length = 0; length <= info.maxLength; length++) {
      const padded = new Uint8Array(info.maxLength);
      padded.set(whole.subarray(0, length));
      const short = decode({ ...facts(frame), payload: whole.subarray(0, length) });
      const long = decode({ ...facts(frame), payload: padded });
      same(short, long);
    }
  });
});

function facts(frame: Frame): Omit<Frame, "payload"> {
  const { version, seq, sysid, compid, msgid, incompatFlags, compatFlags, raw, known } = frame;
  return { version, seq, sysid, compid, msgid, incompatFlags, compatFlags, raw, known };
}

test("a message is not decoded into one of another kind", () => {
  const frame = read(encodeFrame({ name: "HEARTBEAT", type: 2 }, HEADER));
  const attitude = decode(read(encodeFrame({ name: "ATTITUDE", roll: 1 }, HEADER)));
  if (attitude === undefined) throw new Error("ATTITUDE is in the dialect");
  expect(decodeInto(frame, attitude)).toBe(false);
  expect(attitude).toMatchObject({ name: "ATTITUDE", roll: 1 });
});

test("an encoder starts clean after a message that could not be written", () => {
  const encoder = new FrameEncoder();
  const wrong = {
    name: "COMMAND_LONG",
    param1: 7,
    param7: 9,
    get confirmation(): number {
      throw new Error("no");
    },
  } as const;
  expect(() => encoder.encode(wrong, HEADER)).toThrow("no");
  expect(() => encoder.write(wrong, HEADER)).toThrow("no");
  const text = { name: "STATUSTEXT", severity: 4 } as const;
  expect(encoder.encode(text, HEADER)).toEqual(encodeFrame(text, HEADER));
  expect(encoder.bytes.slice(0, encoder.write(text, HEADER))).toEqual(encodeFrame(text, HEADER));
});
