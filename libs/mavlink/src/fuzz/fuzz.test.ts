import { expect, test } from "vitest";
import { type Dice, fuzzFrames, fuzzNoise } from "./fuzz.js";

/** Numbers from 0 to 1, the same in every run. */
function dice(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test("no clean frame is lost, and nothing is held, whatever lies between and wherever it is cut", () => {
  let frames = 0;
  for (let seed = 1; seed <= 60; seed++) frames += fuzzFrames(dice(seed)).frames;
  expect(frames).toBeGreaterThan(900);
});

test("noise alone ends nothing", () => {
  for (let seed = 1; seed <= 20; seed++) expect(fuzzNoise(dice(seed)).bytes).toBeGreaterThan(0);
});
