import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { precisionTimeSei } from "./precision-time.js";
import { TsMuxer } from "./ts-muxer.js";
import { psiCrc } from "./ts-packets.js";

type Unit = { readonly bytes: number[]; readonly start: number };

/** A demultiplexer of its own: takes the packets apart and checks every header on its way. */
function units(packets: readonly Uint8Array[]) {
  const byPid = new Map<number, Unit[]>();
  const counters = new Map<number, number>();
  const clocks: number[] = [];
  packets.forEach((packet, index) => {
    // Thousands of packets: the assertion is only for telling what is wrong.
    if (packet.byteLength !== 188 || packet[0] !== 0x47) expect([packet.byteLength, packet[0]]).toEqual([188, 0x47]);
    const [, b1 = 0, b2 = 0, b3 = 0] = packet;
    const pid = ((b1 & 0x1f) << 8) | b2;
    const last = counters.get(pid);
    if (last !== undefined && (b3 & 15) !== ((last + 1) & 15)) expect(b3 & 15).toBe((last + 1) & 15);
    counters.set(pid, b3 & 15);
    let at = 4;
    if (b3 & 0x20) {
      const length = packet[4] ?? 0;
      if (length > 0 && (packet[5] ?? 0) & 0x10) {
        const [, , , , , , p0 = 0, p1 = 0, p2 = 0, p3 = 0, p4 = 0] = packet;
        clocks.push((p0 * 2 ** 24 + (p1 << 16) + (p2 << 8) + p3) * 2 + (p4 >> 7));
      }
      at = 5 + length;
    }
    const list = byPid.get(pid) ?? [];
    byPid.set(pid, list);
    if (b1 & 0x40) list.push({ bytes: [], start: index });
    list.at(-1)?.bytes.push(...packet.subarray(at));
  });
  return { byPid, clocks };
}

const nal = (kind: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i === 0 ? kind : 1 + (i % 200)));
const pts = (pes: readonly number[]): number => {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = pes.slice(9, 14);
  return ((a >> 1) & 7) * 2 ** 30 + ((b << 7) | (c >> 1)) * 2 ** 15 + ((d << 7) | (e >> 1));
};

describe("the transport stream", () => {
  it("names its program, an H.264 stream with the clock, and private data registered as KLVA", () => {
    const { byPid } = units(new TsMuxer().picture({ nals: [nal(5, 10)], key: true, tMs: 0 }, Uint8Array.of(1, 2, 3)));
    const section = (pid: number): number[] => {
      const body = (byPid.get(pid)?.[0]?.bytes ?? []).slice(1);
      const length = (((body[1] ?? 0) & 15) << 8) | (body[2] ?? 0);
      const whole = body.slice(0, 3 + length);
      // Over a section with its own CRC the remainder is nothing.
      expect(psiCrc(Uint8Array.from(whole))).toBe(0);
      return whole;
    };
    expect(section(0).slice(8, 12)).toEqual([0, 1, 0xf0, 0]);
    const pmt = section(0x1000);
    expect(pmt.slice(8, 12)).toEqual([0xe1, 0, 0xf0, 0]);
    expect(pmt.slice(12, -4)).toEqual([
      ...[0x1b, 0xe1, 0x00, 0xf0, 0],
      ...[0x06, 0xe1, 0x01, 0xf0, 6, 0x05, 4, 0x4b, 0x4c, 0x56, 0x41],
    ]);
  });

  it("has the section check that the standard's well-known table has", () => {
    const pat = [0x00, 0xb0, 0x0d, 0x00, 0x01, 0xc1, 0x00, 0x00, 0x00, 0x01, 0xf0, 0x00];
    expect(psiCrc(Uint8Array.from(pat)).toString(16)).toBe("2ab104b2");
  });

  it("gives every picture and its metadata back whole, whatever their size, metadata first, clock before picture", () => {
    const sizes = fc.array(fc.integer({ min: 2, max: 4000 }), { minLength: 1, maxLength: 4 });
    const run = fc.array(fc.record({ sizes, key: fc.boolean(), klv: fc.option(fc.integer({ min: 1, max: 600 })) }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(run, fc.integer({ min: 0, max: 2 ** 41 }), (pictures, startMs) => {
        const muxer = new TsMuxer();
        const sent = pictures.map((one, i) => {
          const klv = one.klv === null ? undefined : nal(6, one.klv);
          const nals = one.sizes.map((size) => nal(one.key ? 5 : 1, size));
          return { nals, klv, packets: muxer.picture({ nals, key: one.key, tMs: startMs + i * 100 }, klv) };
        });
        const { byPid, clocks } = units(sent.flatMap((one) => one.packets));
        const video = byPid.get(0x100) ?? [];
        expect(video).toHaveLength(pictures.length);
        sent.forEach(({ nals }, i) => {
          const pes = video[i]?.bytes ?? [];
          expect(pes.slice(0, 4)).toEqual([0, 0, 1, 0xe0]);
          const annexB = [0, 0, 0, 1, 9, 0xf0, ...nals.flatMap((one) => [0, 0, 0, 1, ...one])];
          expect(Buffer.compare(Buffer.from(pes.slice(14)), Buffer.from(annexB))).toBe(0);
          const at90k = ((startMs + i * 100) * 90) % 2 ** 33;
          expect(clocks[i]).toBe(at90k);
          expect(pts(pes)).toBe((at90k + 9_000) % 2 ** 33);
        });
        const klv = byPid.get(0x101) ?? [];
        const wanted = sent.flatMap((one) => (one.klv === undefined ? [] : [[...one.klv]]));
        expect(klv.map(({ bytes }) => bytes.slice(9))).toEqual(wanted);
        for (const { bytes } of klv) {
          expect(bytes.slice(0, 4)).toEqual([0, 0, 1, 0xbd]);
          expect(((bytes[4] ?? 0) << 8) | (bytes[5] ?? 0)).toBe(bytes.length - 6);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("tells its tables again within a fifth of a second, so that who comes late sees something soon", () => {
    const muxer = new TsMuxer();
    const starts = Array.from({ length: 20 }, (_, i) => {
      const packets = muxer.picture({ nals: [nal(1, 30)], key: i === 0, tMs: i * 100 }, undefined);
      return packets.some((one) => one[1] === 0x40 && one[2] === 0);
    });
    expect(starts.filter(Boolean)).toHaveLength(10);
  });
});

describe("the time inside a picture", () => {
  it("is a SEI that no start code can arise in, with the microseconds between its guards", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (tMs) => {
        const sei = precisionTimeSei(tMs);
        expect([...sei.subarray(0, 3)]).toEqual([6, 5, 28]);
        expect(Buffer.from(sei.subarray(3, 19)).toString()).toBe("MISPmicrosectime");
        const time = [...sei.subarray(20, 31)].filter((_, i) => i % 3 !== 2);
        expect(time.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)).toBe(BigInt(tMs) * 1000n);
        for (let i = 0; i + 2 < sei.length; i++)
          expect(sei[i] === 0 && sei[i + 1] === 0 && (sei[i + 2] ?? 9) <= 3).toBe(false);
      }),
    );
  });
});
