import { describe, expect, it } from "vitest";
import { Conflicts, type PairNow, type Standing } from "./conflicts.js";
import type { Encounter } from "./encounter.js";

const encounter = (level: Encounter["level"], severity: number, distanceM = severity * 610): Encounter => ({
  ...{ level, severity, distanceM, bearingDeg: 0, closestM: 0, inS: 10, entryS: 10, verticalM: 20 },
});
const pair = (one: Encounter): PairNow => ({ uid: "u", trafficId: "t", encounter: one });
const flying = new Set(["u"]);

/** Second by second; what stands follows from what was told, as the record would have it. */
function run(steps: readonly (Encounter | undefined)[], flies = flying): string[] {
  const conflicts = new Conflicts();
  let standing: readonly Standing[] = [];
  return steps.map((one, second) => {
    const changes = conflicts.look(standing, one === undefined ? [] : [pair(one)], flies, second * 1_000);
    for (const change of changes)
      standing = change.kind === "ended" ? [] : [{ uid: "u", trafficId: "t", level: change.level }];
    return changes
      .map((change) => (change.kind === "ended" ? `ended: ${change.why}` : `${change.kind} ${change.level}`))
      .join();
  });
}
const times = <T>(n: number, one: T): T[] => new Array<T>(n).fill(one);

describe("a conflict with another aircraft", () => {
  it("begins at once, rises at once, and ends only after ten seconds well clear", () => {
    const told = run([
      ...[encounter("traffic", 5), encounter("caution", 4), encounter("warning", 2)],
      ...times(11, encounter("none", 1.5)),
    ]);
    expect(told.filter((text) => text !== "")).toEqual(["began caution", "changed warning", "ended: well clear"]);
    expect(told.indexOf("ended: well clear")).toBe(13);
  });
  it("does not end while they are near, and not by one quiet second in between", () => {
    expect(run([encounter("warning", 0.5), ...times(30, encounter("none", 1.2))]).filter(Boolean)).toEqual([
      "began warning",
    ]);
    const trembling = [
      encounter("warning", 2),
      ...times(9, encounter("none", 2)),
      encounter("warning", 2),
      ...times(9, encounter("none", 2)),
    ];
    expect(run(trembling).filter(Boolean)).toEqual(["began warning"]);
  });
  it("falls to a caution after ten seconds, so that nobody is called twice by a trembling figure", () => {
    expect(run([encounter("warning", 2), ...times(11, encounter("caution", 2))]).filter(Boolean)).toEqual([
      ...["began warning", "changed caution"],
    ]);
  });
  it("stands for a minute after the stranger fell silent: silence is no clear sky", () => {
    const told = run([encounter("caution", 3), ...times(61, undefined)]);
    expect(told.filter(Boolean)).toEqual(["began caution", "ended: not heard for 60 s"]);
    expect(told.findIndex((text) => text.startsWith("ended"))).toBe(60);
  });
  it("is over when ours is down, and after a restart begins to be watched anew", () => {
    const conflicts = new Conflicts();
    const standing = [{ uid: "u", trafficId: "t", level: "warning" as const }];
    expect(conflicts.look(standing, [], flying, 0)).toEqual([]);
    expect(conflicts.look(standing, [], flying, 59_000)).toEqual([]);
    expect(conflicts.look(standing, [], flying, 60_000)).toMatchObject([{ kind: "ended" }]);
    expect(conflicts.look(standing, [], new Set(), 61_000)).toMatchObject([{ why: "ours is on the ground" }]);
  });
});
