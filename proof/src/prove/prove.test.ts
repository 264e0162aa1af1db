import { describe, expect, it } from "vitest";
import { controlModel } from "./control-model.js";
import { launchModel, twoSize, wholeSize } from "./launch-model.js";
import { type Model, walk } from "./walk.js";

const SLICE = 4_000;

describe("exhaustive walk, a slice of it", () => {
  it.each([
    ["control", () => walk(controlModel, SLICE)],
    ["one launch", () => walk(launchModel("one launch", wholeSize), SLICE)],
    ["two launches", () => walk(launchModel("two launches", twoSize), SLICE)],
  ])("breaks no rule of %s", (_name, run) => {
    const walked = run();
    expect(walked.counterexample).toBeUndefined();
    expect(walked.states).toBeGreaterThan(1_000);
  });

  it("finds the shortest way to a breach, and says where a limit cut it short", () => {
    const counter = (breachAt: number): Model<number> => ({
      name: "counter",
      initial: 0,
      key: String,
      next: (n) =>
        [1, 2].map((by) => ({
          label: `+${by}`,
          state: n + by,
          breach: n + by === breachAt ? "too many" : undefined,
        })),
    });
    expect(walk(counter(5), 100).counterexample).toEqual({ breach: "too many", steps: ["+1", "+2", "+2"] });
    expect(walk(counter(1_000), 10)).toMatchObject({ whole: false, states: 10 });
  });
});
