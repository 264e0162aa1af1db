import { type Fact, type FactData, type NewFact, newFact, skyConfig } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { skyBreachesOf } from "./sky-breaches.js";
import { flownUid as uid } from "./testing/rows.js";

const system = { kind: "system", part: "ground-station" } as const;
const helicopter = "a0bb01";
let seq = 0;
const fact = (s: number, one: NewFact): Fact => {
  seq += 1;
  return { ...one, seq, id: `f${seq}`, tMs: s * 1000, prov: "sim" } as Fact; // Built by newFact, with an envelope.
};
const meets = (over: Partial<FactData<"TrafficConflictBegan">> = {}): FactData<"TrafficConflictBegan"> => ({
  ...{ uid, trafficId: helicopter, level: "warning", distanceM: 1400, closestM: 90, inS: 20, verticalM: 40 },
  ...{ text: "N911PD helicopter", suggestion: "Agreed: hold.", ...over },
});
const began = (s: number, over?: Partial<FactData<"TrafficConflictBegan">>): Fact =>
  fact(s, newFact("TrafficConflictBegan", meets(over), system));
const ended = (s: number, leastM: number, leastVerticalM?: number, trafficId = helicopter): Fact => {
  const height = leastVerticalM === undefined ? {} : { leastVerticalM };
  return fact(s, newFact("TrafficConflictEnded", { uid, trafficId, leastM, ...height, why: "well clear" }, system));
};
const breaches = (...facts: readonly Fact[]) => skyBreachesOf(facts, skyConfig.parse({}), () => "OSPREY");

describe("what was broken in the air that is everybody's", () => {
  it("is well clear of a stranger lost: for how long its alarm stood, and how near they came", () => {
    expect(breaches(began(10), ended(70, 220, 30))).toEqual([
      {
        ...{ kind: "stranger", callSign: "OSPREY", where: "A0BB01", fromMs: 10_000, toMs: 70_000 },
        worst: "220 m apart, 30 m of height between",
      },
    ]);
  });

  it("is not a conflict that was alarmed of and flown out of in time, aside or in height", () => {
    expect(breaches(began(10), ended(70, 640, 30))).toEqual([]);
    expect(breaches(began(10), ended(70, 220, 90))).toEqual([]);
  });

  it("counts a height that nobody knows as none, and says so", () => {
    expect(breaches(began(10, { verticalM: undefined }), ended(70, 220))[0]?.worst).toBe(
      "220 m apart, height between not known",
    );
  });

  it("measures drones of others by their own distance, and what tells no kind by its address", () => {
    const drone = "1581f5bk22c700a";
    expect(breaches(began(10, { kind: "drone" }), ended(70, 220, 5))).toEqual([]);
    expect(breaches(began(10, { trafficId: drone }), ended(70, 220, 5, drone))).toEqual([]);
    expect(breaches(began(10, { trafficId: drone }), ended(70, 40, 5, drone))).toHaveLength(1);
    expect(breaches(began(10, { trafficId: drone, kind: "helicopter" }), ended(70, 220, 5, drone))).toHaveLength(1);
  });

  it("takes the nearest that any fact tells where its end tells nothing, or has not come", () => {
    const closer = fact(20, newFact("TrafficConflictChanged", meets({ distanceM: 300 }), system));
    expect(breaches(began(10), closer)[0]).toMatchObject({
      toMs: 20_000,
      worst: "300 m apart, 40 m of height between",
    });
    expect(breaches(began(10), closer, ended(90, 0))[0]?.worst).toBe("300 m apart, 40 m of height between");
    expect(breaches(began(10), ended(90, 0))).toEqual([]);
  });

  it("is being inside a flight restriction, not flying towards it", () => {
    const rest = { uid, restrictionId: "r1", notam: "6/1234", distanceM: 0, text: "" };
    const at = (
      s: number,
      type: "RestrictionConflictBegan" | "RestrictionConflictChanged",
      relation: "ahead" | "inside",
    ) => fact(s, newFact(type, { ...rest, relation }, system));
    const ahead = at(5, "RestrictionConflictBegan", "ahead");
    const inside = at(9, "RestrictionConflictChanged", "inside");
    const back = at(21, "RestrictionConflictChanged", "ahead");
    expect(breaches(ahead)).toEqual([]);
    expect(breaches(ahead, inside, back)).toMatchObject([
      { kind: "restriction", where: "flight restriction 6/1234", fromMs: 9_000, toMs: 21_000 },
    ]);
  });
});
