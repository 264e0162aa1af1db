import fc from "fast-check";
import { expect, test } from "vitest";
import { CRC_START, crcByte, crcRange, x25 } from "./crc.js";

test("the check value of CRC-16/MCRF4XX comes out", () => {
  expect(x25(new TextEncoder().encode("123456789"))).toBe(0x6f91);
});

test("sixteen bytes a step give what one byte a step gives", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 40 }), (bytes, skip) => {
      const start = Math.min(skip, bytes.length);
      let slow = CRC_START;
      for (const byte of bytes.subarray(start)) slow = crcByte(slow, byte);
      expect(crcRange(bytes, start, bytes.length)).toBe(slow);
    }),
  );
});
