import { createHash } from "node:crypto";
import { FrameReader } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { SeededChance } from "../../storm/seeded-chance.js";
import { compareMarks, inChunks, makeCorpus, markOf, rates } from "./corpus.js";

const options = { frames: 4_000, v1: 0.02, flipped: 0.01, noise: 0.01 };
const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("the corpus of frames", () => {
  it("is the same for the same seed and another for another", () => {
    const [a, b, c] = [1, 1, 2].map((seed) => hash(makeCorpus(new SeededChance(seed), options).bytes));
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });
  it("has 28 types, damaged frames and MAVLink 1, and every clean frame can be read", () => {
    const corpus = makeCorpus(new SeededChance(3), options);
    const types = new Set<number>();
    const versions = new Set<number>();
    const marks: number[] = [];
    const reader = new FrameReader();
    for (const chunk of inChunks(corpus.bytes, 1000)) {
      reader.push(chunk, (frame) => {
        if (!frame.known) return;
        types.add(frame.msgid);
        versions.add(frame.version);
        const { raw } = frame;
        marks.push(markOf((raw.at(-2) ?? 0) | ((raw.at(-1) ?? 0) << 8), frame.seq, frame.msgid));
      });
    }
    expect(rates).toHaveLength(28);
    expect(types.size).toBeGreaterThan(20);
    expect([...versions].sort()).toEqual([1, 2]);
    expect(corpus.clean.length).toBeLessThan(options.frames);
    expect(compareMarks(corpus.clean, marks)).toEqual({ lost: 0, invented: 0 });
  });
  it("cuts into pieces that are the whole again", () => {
    const { bytes } = makeCorpus(new SeededChance(4), { ...options, frames: 50 });
    expect(hash(Buffer.concat(inChunks(bytes, 97)))).toBe(hash(bytes));
  });
});

describe("comparing what came with what was sent", () => {
  it("counts what is missing, at the end too, and what nobody sent", () => {
    expect(compareMarks(Uint32Array.of(1, 2, 3, 4, 5), [1, 3, 9, 4])).toEqual({ lost: 2, invented: 1 });
    expect(compareMarks(Uint32Array.of(1, 2), [])).toEqual({ lost: 2, invented: 0 });
  });
});
