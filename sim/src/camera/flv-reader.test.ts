import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EncodedFrame, FlvReader } from "./flv-reader.js";

const tag = (kind: number, body: readonly number[]): number[] => {
  const length = body.length;
  const total = length + 11;
  return [
    kind,
    length >> 16,
    (length >> 8) & 255,
    length & 255,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    ...body,
    0,
    0,
    total >> 8,
    total & 255,
  ];
};
const avcc = (nal: readonly number[]): number[] => [0, 0, nal.length >> 8, nal.length & 255, ...nal];
const sps = [0x67, 66, 0, 31];
const pps = [0x68, 1];
const record = [1, 66, 0, 31, 255, 0xe1, 0, sps.length, ...sps, 1, 0, pps.length, ...pps];
const idr = [0x65, 1, 2, 3];
const delta = [0x41, 9, 8];
const file = Uint8Array.from([
  ...[0x46, 0x4c, 0x56, 1, 1, 0, 0, 0, 9, 0, 0, 0, 0],
  ...tag(18, [2, 0, 1, 65]),
  ...tag(9, [0x17, 0, 0, 0, 0, ...record]),
  ...tag(9, [0x17, 1, 0, 0, 0, ...avcc([0x06, 5]), ...avcc(idr)]),
  ...tag(9, [0x27, 1, 0, 0, 0, ...avcc(delta)]),
]);

describe("encoder output", () => {
  it("gives whole pictures however the pipe cuts it, key pictures with their parameter sets", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: file.length }), { maxLength: 30 }), (cuts) => {
        const frames: EncodedFrame[] = [];
        const reader = new FlvReader((frame) => frames.push(frame));
        const edges = [0, ...new Set(cuts), file.length].sort((a, b) => a - b);
        for (const [i, end] of edges.slice(1).entries()) reader.push(file.subarray(edges[i], end));
        expect(frames.map((f) => f.key)).toEqual([true, false]);
        expect(frames[0]?.nals.map((n) => [...n])).toEqual([sps, pps, [0x06, 5], idr]);
        expect(frames[1]?.nals.map((n) => [...n])).toEqual([delta]);
      }),
    );
  });
});
