import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { captureMs, parseSenderReports } from "./sender-report.js";
import { report } from "./testing/make-rtp.js";

describe("capture time", () => {
  it("is exact to a fiftieth of a millisecond from a sender report, before and after it, over the RTP wrap", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.7e12, max: 2.2e12, noNaN: true }),
        fc.nat(2 ** 32 - 1),
        fc.double({ min: -1e7, max: 1e7, noNaN: true }),
        (tMs, rtpTime, afterMs) => {
          const [told] = parseSenderReports(report(3, tMs, rtpTime));
          if (told === undefined) throw new Error("the report must be read");
          const frameTime = (((rtpTime + Math.round(afterMs * 90)) % 2 ** 32) + 2 ** 32) % 2 ** 32;
          expect(Math.abs(captureMs(told, frameTime) - (tMs + afterMs))).toBeLessThan(0.02);
        },
      ),
    );
  });

  it("finds the report behind others in one datagram and stops at a cut one", () => {
    const description = Uint8Array.of(0x81, 202, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0);
    const whole = Uint8Array.from([...description, ...report(3, 1.8e12, 5), ...report(4, 1.8e12, 5).subarray(0, 20)]);
    expect(parseSenderReports(whole).map((one) => one.ssrc)).toEqual([3]);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (noise) => parseSenderReports(noise).length >= 0));
  });
});
