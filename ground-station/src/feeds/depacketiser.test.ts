import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AccessUnit, annexB, Depacketiser } from "./depacketiser.js";
import { parseRtp } from "./rtp-packet.js";
import { picture, pps, rtp, slice, sps } from "./testing/make-rtp.js";

type Sent = { packets: Uint8Array[]; key: boolean; bytes: Uint8Array };

/** A stream with a key picture every fifth, of pictures of the given lengths. */
function stream(lengths: readonly number[], firstSequence = 65_500): Sent[] {
  let sequence = firstSequence;
  return lengths.map((length, i) => {
    const key = i % 5 === 0;
    const nals = key ? [sps, pps, slice(5, length, i)] : [slice(1, length, i)];
    const packets = picture(9, sequence, 1_000 + i * 9_000, nals);
    sequence += packets.length;
    return { packets, key, bytes: annexB(nals) };
  });
}

function receive(packets: readonly Uint8Array[]): { units: AccessUnit[]; reader: Depacketiser } {
  const units: AccessUnit[] = [];
  const reader = new Depacketiser((unit) => units.push(unit));
  for (const bytes of packets) {
    const packet = parseRtp(bytes);
    if (packet) reader.push(packet);
  }
  return { units, reader };
}

/** Compared as text: thousands of byte arrays are slow to compare one by one. */
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const hexes = (units: readonly AccessUnit[]): string[] => units.map((unit) => hexOf(annexB(unit.nals)));

const lengths = fc.array(fc.integer({ min: 3, max: 3_000 }), { minLength: 1, maxLength: 25 });

describe("H.264 out of RTP", () => {
  it("gives every picture whole, in order, at its marker", () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 0, max: 65_535 }), (sizes, first) => {
        const sent = stream(sizes, first);
        const { units } = receive(sent.flatMap((one) => one.packets));
        expect(hexes(units)).toEqual(sent.map((one) => hexOf(one.bytes)));
        expect(units.map((unit) => unit.key)).toEqual(sent.map((one) => one.key));
        expect(units.map((unit) => unit.rtpTime)).toEqual(sent.map((_, i) => 1_000 + i * 9_000));
      }),
    );
  });

  it("puts swapped neighbours and duplicates right", () => {
    fc.assert(
      fc.property(lengths, fc.array(fc.nat(400), { maxLength: 40 }), (sizes, swaps) => {
        const sent = stream(sizes);
        const packets = sent.flatMap((one) => one.packets);
        // The first packet stays: the stream's beginning is where it is first heard.
        for (const at of swaps) {
          const i = 1 + (at % Math.max(1, packets.length - 2));
          const [a, b] = [packets[i], packets[i + 1]];
          if (a && b) [packets[i], packets[i + 1]] = [b, a];
        }
        const twice = packets.flatMap((packet, i) => (i % 7 === 3 ? [packet, packet] : [packet]));
        const { units, reader } = receive(twice);
        expect(reader.counts.lost).toBe(0);
        expect(hexes(units)).toEqual(sent.map((one) => hexOf(one.bytes)));
      }),
    );
  });

  it("after any loss hands on only whole pictures, and nothing between the loss and the next key picture", () => {
    fc.assert(
      fc.property(lengths, fc.array(fc.nat(10_000), { minLength: 1, maxLength: 6 }), (sizes, losses) => {
        const sent = stream([...sizes, ...Array.from({ length: 12 }, () => 900)]);
        const all = sent.flatMap((one, i) => one.packets.map((packet) => ({ packet, i })));
        const lost = new Set(losses.map((n) => n % all.length));
        const { units } = receive(all.filter((_, n) => !lost.has(n)).map(({ packet }) => packet));
        const damaged = new Set(all.filter((_, n) => lost.has(n)).map(({ i }) => i));
        const sentHex = sent.map((one) => hexOf(one.bytes));
        for (const unit of units) {
          const rests = sentHex.indexOf(hexOf(annexB(unit.nals)));
          expect(rests).toBeGreaterThanOrEqual(0);
          const keyBefore = sent.slice(0, rests + 1).findLastIndex((one) => one.key);
          const keyCame = units.some((other) => other.key && other.rtpTime === 1_000 + keyBefore * 9_000);
          expect(keyCame).toBe(true);
          expect([...damaged].some((i) => i > keyBefore && i <= rests)).toBe(false);
        }
      }),
    );
  });

  it("goes on at the next key picture after a loss, and counts what was left out", () => {
    const sent = stream(Array.from({ length: 11 }, () => 700));
    const packets = sent.flatMap((one, i) => (i === 2 ? one.packets.slice(1) : one.packets));
    const { units, reader } = receive(packets);
    expect(units.map((unit) => (unit.rtpTime - 1_000) / 9_000)).toEqual([0, 1, 5, 6, 7, 8, 9, 10]);
    expect(reader.counts.lost).toBe(1);
    expect(reader.counts.undecodable).toBe(3);
  });

  it("takes aggregated units apart", () => {
    const two = Uint8Array.from([0x78, 0, sps.length, ...sps, 0, pps.length, ...pps]);
    const { units } = receive([
      rtp({ ssrc: 1, sequence: 1, timestamp: 5, marker: false }, two),
      rtp({ ssrc: 1, sequence: 2, timestamp: 5, marker: true }, slice(5, 40, 0)),
    ]);
    expect(units[0]?.nals.length).toBe(3);
  });

  it("waits for parameter sets and a key picture before it hands on anything", () => {
    const { units } = receive([
      rtp({ ssrc: 1, sequence: 1, timestamp: 5, marker: true }, slice(1, 40, 0)),
      rtp({ ssrc: 1, sequence: 2, timestamp: 6, marker: true }, slice(5, 40, 0)),
    ]);
    expect(units).toEqual([]);
  });

  it("survives anything that a socket can bring", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 80 }), (noise) => {
        const shaped = noise.map((bytes, i) => {
          if (i % 2 === 0 && bytes.length > 1) bytes[0] = 0x80;
          return bytes;
        });
        expect(() => receive(shaped)).not.toThrow();
      }),
    );
  });
});
