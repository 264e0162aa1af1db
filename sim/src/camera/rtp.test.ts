import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packetise, type RtpSender, rtpTimeOf, senderReport } from "./rtp.js";

const fresh = (sequence = 65_530): RtpSender => ({ ssrc: 0xdeadbeef, sequence, packets: 0, octets: 0 });
const nal = (kind: number, length: number) => Uint8Array.from({ length }, (_, i) => (i === 0 ? 0x60 | kind : i & 255));

describe("RTP packets of a picture", () => {
  it("fit the path, count up over the wrap, share one time, and mark only the last", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 5 }), (lengths) => {
        const sender = fresh();
        const packets = packetise(
          sender,
          lengths.map((length) => nal(5, length)),
          4_000_000_000,
        );
        packets.forEach((packet, i) => {
          const view = new DataView(packet.buffer);
          expect(packet.byteLength).toBeLessThanOrEqual(1_200);
          expect(view.getUint16(2)).toBe((65_530 + i) & 0xffff);
          expect(view.getUint32(4)).toBe(4_000_000_000);
          expect(view.getUint8(1)).toBe((i === packets.length - 1 ? 0x80 : 0) | 96);
        });
        expect(sender.packets).toBe(packets.length);
      }),
    );
  });

  it("carry every byte of a split unit once, with start and end marks", () => {
    const whole = nal(5, 5_000);
    const packets = packetise(fresh(), [whole], 0);
    const bytes = packets.flatMap((packet) => [...packet.subarray(14)]);
    expect(Uint8Array.from([whole[0] ?? 0, ...bytes])).toEqual(whole);
    expect(packets.map((packet) => (packet[13] ?? 0) >> 6)).toEqual([2, ...packets.slice(2).map(() => 0), 1]);
    expect(packets.every((packet) => (packet[12] ?? 0) === (0x60 | 28))).toBe(true);
  });
});

describe("sender report", () => {
  it("ties RTP time to run time to a hundredth of a millisecond", () => {
    fc.assert(
      fc.property(fc.double({ min: 1.7e12, max: 2e12, noNaN: true }), (tMs) => {
        const view = new DataView(senderReport(fresh(), tMs).buffer);
        const seconds = view.getUint32(8) - 2_208_988_800 + (view.getUint32(8) < 2 ** 31 ? 2 ** 32 : 0);
        const told = seconds * 1000 + (view.getUint32(12) / 2 ** 32) * 1000;
        expect(Math.abs(told - tMs)).toBeLessThan(0.01);
        expect(view.getUint32(16)).toBe(rtpTimeOf(tMs));
        expect(view.getUint8(1)).toBe(200);
      }),
    );
  });

  it("counts RTP time at 90 kHz through its wrap", () => {
    const tMs = 1_790_000_000_000;
    expect((rtpTimeOf(tMs + 100_000_000) - rtpTimeOf(tMs) + 2 ** 33) % 2 ** 32).toBe((100_000_000 * 90) % 2 ** 32);
  });
});
