import { expect, test } from "vitest";
import { SeededChance } from "../storm/seeded-chance.js";
import { frame, readArguments } from "./fuzz.js";

test("a round with one seed is the same round every time", () => {
  const rounds = [1, 1, 2].map((seed) => {
    const chance = new SeededChance(seed, 0);
    return frame.round(() => chance.unit());
  });
  expect(rounds[0]).toEqual(rounds[1]);
  expect(rounds[0]).not.toEqual(rounds[2]);
});

test("what is not understood is said, with what would be", () => {
  expect(readArguments(["frame", "--seconds", "5", "--seed", "7"])).toMatchObject({ kind: "run", seconds: 5, seed: 7 });
  for (const args of [[], ["radio"], ["frame", "--seconds", "soon"], ["frame", "--minutes", "3"]])
    expect(readArguments(args)).toMatchObject({ kind: "wrong", problem: expect.stringContaining("Known: frame") });
});
