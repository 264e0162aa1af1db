import { createHash } from "node:crypto";
import fc from "fast-check";
import { MavLinkPacketSignature } from "node-mavlink";
import { describe, expect, test } from "vitest";
import { encodeFrame, type Frame, FrameReader } from "../frame/index.js";
import { fromHex, toHex } from "../testing/index.js";
import { sha256 } from "./sha256.js";
import {
  MAX_TIMESTAMP,
  readSignature,
  signatureMatches,
  signatureOf,
  signedLength,
  signFrame,
  signingTimestamp,
  stripSignature,
} from "./signing.js";

const KEY = new Uint8Array(createHash("sha256").update("dfr-test-key").digest());
const FRAME = encodeFrame(
  { name: "HEARTBEAT", type: 2, autopilot: 12, baseMode: 0xdd, customMode: 0x04040000, systemStatus: 4 },
  { sysid: 1, compid: 1, seq: 0 },
);
const SIGNED = "fd09010000010100000000000404020cdd04030e4f0100e03cd6921f582dd671f305";

test("SHA-256 is that of Node at every length up to five blocks", () => {
  for (let length = 0; length <= 320; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 0xff);
    const hash = createHash("sha256").update(bytes).digest("hex");
    expect(toHex(sha256(bytes))).toBe(hash);
  }
});

test("a signed frame is the reference to the byte", () => {
  expect(toHex(signFrame(FRAME, KEY, 1, 34715520000000))).toBe(SIGNED);
  expect(signingTimestamp(Date.UTC(2026, 0, 1))).toBe(34715520000000);
  expect(signedLength(FRAME.length)).toBe(FRAME.length + 13);
});

test("a signed frame is read as such, and its signature apart", () => {
  const frames: Frame[] = [];
  new FrameReader().push(fromHex(SIGNED), (frame) => frames.push(frame));
  expect(frames.map((frame) => [frame.known, frame.incompatFlags, frame.payload.length])).toEqual([[true, 1, 9]]);
  expect(frames[0]?.signature && toHex(frames[0].signature)).toBe(SIGNED.slice(-26));
  expect(readSignature(fromHex(SIGNED))).toMatchObject({ linkId: 1, timestamp: 34715520000000 });
  expect(readSignature(FRAME)).toBeUndefined();
});

describe("a signature matches", () => {
  test("its own key and frame, and node-mavlink agrees", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 0, max: MAX_TIMESTAMP }),
        (key, linkId, timestamp) => {
          const signed = signFrame(FRAME, key, linkId, timestamp);
          expect(signatureMatches(signed, key)).toBe(true);
          expect(readSignature(signed)).toMatchObject({ linkId, timestamp });
          expect(new MavLinkPacketSignature(Buffer.from(signed)).matches(Buffer.from(key))).toBe(true);
        },
      ),
    );
  });

  test("nothing with any bit changed", () => {
    const signed = fromHex(SIGNED);
    for (let bit = 0; bit < signed.length * 8; bit++) {
      const bytes = signed.slice();
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect([bit, signatureMatches(bytes, KEY)]).toEqual([bit, false]);
    }
  });

  test("no other key, and no unsigned frame", () => {
    expect(signatureMatches(fromHex(SIGNED), new Uint8Array(32))).toBe(false);
    expect(signatureMatches(FRAME, KEY)).toBe(false);
  });
});

test("a stripped frame is the unsigned one", () => {
  expect(toHex(stripSignature(fromHex(SIGNED)))).toBe(toHex(FRAME));
  expect(toHex(stripSignature(FRAME))).toBe(toHex(FRAME));
});

test("what cannot be signed is refused with a reason", () => {
  const v1 = encodeFrame({ name: "HEARTBEAT" }, { sysid: 1, compid: 1, seq: 0, version: 1 });
  expect(() => signFrame(v1, KEY, 1, 1)).toThrow(/MAVLink 1/);
  expect(() => signFrame(fromHex(SIGNED), KEY, 1, 1)).toThrow(/signed already/);
  expect(() => signatureOf(FRAME, KEY, 1, 1)).toThrow(/signed bit/);
  expect(() => signFrame(FRAME, KEY.subarray(1), 1, 1)).toThrow(/32 bytes/);
  expect(() => signFrame(FRAME, KEY, 256, 1)).toThrow(/Link id/);
  expect(() => signFrame(FRAME, KEY, 1, 2 ** 48)).toThrow(/timestamp/);
});
