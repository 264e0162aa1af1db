import { describe, expect, it } from "vitest";
import { knownDifferences } from "../known.js";
import { line, orphans, verdictOf } from "../report.js";
import { stories } from "../story.js";
import { compareWith, isRecorded, recordingsFolder } from "./recordings.js";

const recorded = stories.filter(isRecorded);
if (recorded.length === 0)
  console.info(`PX4 recordings are not at ${recordingsFolder} (OUTRIDER_PX4_CAPTURES): our aircraft is not compared`);

describe.skipIf(recorded.length === 0)("the simulated aircraft, flown as a recorded PX4 was", () => {
  it.each(recorded.map((story) => [story.capture, story] as const))("does as in %s", (_capture, story) => {
    const rows = compareWith(story);
    expect(rows.length).toBeGreaterThan(2);
    const wrong = rows.filter((row) => ["differs", "stale"].includes(verdictOf(row, knownDifferences)));
    expect(wrong.map((row) => line(row, knownDifferences))).toEqual([]);
    expect(orphans(rows, [story.capture], knownDifferences)).toEqual([]);
  });

  it("has every recording that is told of", () => {
    expect(stories.filter((story) => !isRecorded(story)).map((story) => story.capture)).toEqual([]);
  });
});
