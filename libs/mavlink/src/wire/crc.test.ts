import fc from "fast-check";
import { expect, test } from "vitest";
import { CRC_START, crcByte, crcRange, x25 } from "./crc.js";
import { crcOf } from "./fold.js";

test("the check value of CRC-16/MCRF4XX comes out", () => {
  const check = new TextEncoder().encode("123456789");
  expect(x25(check)).toBe(0x6f91);
  expect(crcOf(new DataView(check.buffer), 0, check.length)).toBe(0x6f91);
});

test("a range goes on where another ended", () => {
  const bytes = new TextEncoder().encode("123456789");
  expect(crcRange(bytes, 4, 9, crcRange(bytes, 0, 4))).toBe(0x6f91);
});

test("sixteen bytes a step give what one byte a step gives, wherever the range lies in the view", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300, size: "max" }),
      fc.nat({ max: 40 }),
      fc.nat({ max: 5 }),
      (bytes, skip, cut) => {
        const start = Math.min(skip, bytes.length);
        const end = Math.max(start, bytes.length - cut);
        let slow = CRC_START;
        for (const byte of bytes.subarray(start, end)) slow = crcByte(slow, byte);
        expect(crcOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), start, end)).toBe(slow);
      },
    ),
    { numRuns: 1000 },
  );
});
