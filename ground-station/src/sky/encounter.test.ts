import { aircraftSample } from "@outrider/contract/testing";
import { describe, expect, it } from "vitest";
import { encounterOf, type OwnNow } from "./encounter.js";
import { heightBand, heightTold } from "./height-band.js";
import { whoseIs } from "./ours.js";
import { StrangerBook } from "./stranger-book.js";
import { local, mover, sky, strangerOf } from "./testing/strangers.js";
import { closestText, heightText, shortHeight, shortWindOf, suggestionFor } from "./words.js";

const own: OwnNow = { at: { eastM: 0, northM: 0 }, altAmslM: 60, velEastMps: 0, velNorthMps: 0, upMps: 0 };
const meet = (...wish: Parameters<typeof mover>) => encounterOf(own, mover(...wish), sky);

describe("one of ours and a stranger", () => {
  it("is a warning 30 s before well clear is lost, a caution 60 s before, to be known of 90 s before", () => {
    const atEntry = (seconds: number) => meet({ eastM: 610 + 60 * seconds }).level;
    expect([atEntry(29), atEntry(31), atEntry(59), atEntry(61), atEntry(89)]).toEqual([
      ...["warning", "caution", "caution", "traffic", "traffic"],
    ]);
    expect(meet({ eastM: 3_000 })).toMatchObject({ closestM: 0, inS: 50, bearingDeg: 90, distanceM: 3_000 });
  });
  it("is nothing where it is high above, and everything where its height is not known", () => {
    expect(meet({ eastM: 9_000, altAmslM: 900 }).level).toBe("none");
    expect(meet({ eastM: 1_000, altAmslM: 400 }).level).toBe("traffic");
    expect(meet({ eastM: 1_000, altAmslM: undefined })).toMatchObject({ level: "warning", verticalM: undefined });
  });
  it("is predicted where the one above sinks into ours, and where it does not tell whether it does", () => {
    expect(meet({ eastM: 1_800, altAmslM: 300, upMps: -8 }).level).toBe("warning");
    expect(meet({ eastM: 1_800, altAmslM: 300, upMps: 0 }).level).toBe("traffic");
    expect(meet({ eastM: 1_800, altAmslM: 300 }, { up: undefined }).level).not.toBe("traffic");
  });
  it("reckons with ours stopping, and with one that tells no speed coming straight here", () => {
    const flyingAway = { ...own, velEastMps: -15 };
    expect(encounterOf(flyingAway, mover({ eastM: 610 + 60 * 29 }), sky).level).toBe("warning");
    expect(meet({ eastM: 2_000 }, { velocity: undefined }).level).toBe("warning");
  });
  it("takes more room the longer ago it was heard", () => {
    const near = meet({ eastM: 700, velEastMps: 0, velNorthMps: 60 }).entryS;
    const late = meet({ eastM: 700, velEastMps: 0, velNorthMps: 60, northM: -600 }, {}, 10_000).entryS;
    expect([near, late]).toEqual([undefined, 0]);
  });
  it("leaves a helicopter on its pad alone, and does not when it begins to move", () => {
    const ground = { height: { tMs: 0, value: { onGround: true } } };
    expect(meet({ eastM: 400, velEastMps: 0 }, ground).level).toBe("traffic");
    expect(meet({ eastM: 400, velEastMps: -5 }, ground).level).toBe("warning");
    expect(meet({ eastM: 3_000, velEastMps: -60 }, ground).level).toBe("none");
  });
  it("keeps drones of others as far away as ours from each other, no further", () => {
    expect(meet({ eastM: 300, velEastMps: 0 }, { kind: "drone" }).level).toBe("none");
    expect(meet({ eastM: 50, velEastMps: 0, altAmslM: 60 }, { kind: "drone" }).level).toBe("warning");
  });
});

describe("a height as it was told", () => {
  const known = { qnhHpa: undefined, geoidUndulationM: -32, groundAmslM: 20 };
  it("by pressure is none without a QNH", () => {
    expect(heightBand({ pressureAltM: 300 }, known)).toBeUndefined();
    expect(heightTold({ pressureAltM: 304.8 }, known)).toBe("pressure altitude 1,000 ft, no QNH for it");
    const band = heightBand({ pressureAltM: 304.8 }, { ...known, qnhHpa: 1030 });
    expect(((band?.lowM ?? 0) + (band?.highM ?? 0)) / 2 / 0.3048).toBeCloseTo(1454, 0);
  });
  it("by satellite is over the ellipsoid, and two ways to say it are both reckoned with", () => {
    expect(heightBand({ ellipsoidAltM: 68 }, known)).toEqual({ lowM: 85, highM: 115 });
    const both = heightBand({ ellipsoidAltM: 68, pressureAltM: 300 }, { ...known, qnhHpa: 1013.25 });
    expect(both?.lowM).toBe(85);
    expect(both?.highM).toBeCloseTo(318.3, 1);
  });
  it("is said with what it is measured from, and that it is not known", () => {
    expect(heightText(mover({ altAmslM: 121.92 }), 0)).toBe("400 ft above ground");
    expect(heightText(mover({ altAmslM: 121.92 }), undefined)).toBe("400 ft above sea level");
    expect(heightText(mover({ altAmslM: undefined }), 0)).toBe("height unknown");
    expect([shortWindOf(224), shortWindOf(2), shortHeight("400 ft above ground")]).toEqual(["SW", "N", "400 ft AGL"]);
    expect(closestText(312, 40.2)).toBe("closest 310 m in 40 s");
  });
  it("decides whether going down helps", () => {
    const limits = { floorAglM: 30, verticalM: 76 };
    expect(suggestionFor(mover({ altAmslM: 160 }), 0, limits)).toContain("descend to 100 ft");
    expect(suggestionFor(mover({ altAmslM: 90 }), 0, limits)).toContain("move aside");
    expect(suggestionFor(mover({ altAmslM: undefined }), 0, limits)).toContain("move aside");
  });
});

describe("who is in the sky", () => {
  const book = () => new StrangerBook({ expireMs: 15_000, near: ({ latDeg }) => latDeg < 1 });
  const place = { latDeg: 0.1, lonDeg: 0, sigmaM: 0 };
  it("is one by its address, part by part the newest word, from whatever source", () => {
    const all = book();
    all.hear({ trafficId: "a", sourceId: "sbs", tMs: 1_000, callSign: "N1" });
    expect(all.all(1_000)).toEqual([]);
    all.hear({ trafficId: "a", sourceId: "sbs", tMs: 2_000, place });
    all.hear({ trafficId: "a", sourceId: "roof", tMs: 3_000, velocity: { northMps: 1, eastMps: 0 }, place });
    all.hear({ trafficId: "a", sourceId: "sbs", tMs: 1_500, place: { ...place, latDeg: 0.5 } });
    const [one, ...more] = all.all(4_000);
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      callSign: "N1",
      place: { tMs: 3_000 },
      velocity: { tMs: 3_000 },
      sources: ["roof", "sbs"],
    });
  });
  it("is gone after its time, and where it has flown away", () => {
    const all = book();
    all.hear({ trafficId: "a", sourceId: "s", tMs: 0, place });
    expect(all.all(15_000)).toHaveLength(1);
    expect(all.all(15_001)).toEqual([]);
    all.hear({ trafficId: "b", sourceId: "s", tMs: 0, place });
    all.hear({ trafficId: "b", sourceId: "s", tMs: 1, place: { ...place, latDeg: 2 } });
    expect(all.all(1)).toEqual([]);
  });
  it("keeps its bound in a flood, and the newest", () => {
    const all = book();
    for (let n = 0; n < 2_000; n++) all.hear({ trafficId: `f${n}`, sourceId: "s", tMs: n, place });
    expect(all.size).toBe(500);
    expect(all.all(2_000).at(-1)?.trafficId).toBe("f1999");
  });
  it("is doubted where it jumps, flies faster than anything, or its heights disagree, and kept all the same", () => {
    const book = new StrangerBook({ expireMs: 15_000, near: () => true });
    const say = (tMs: number, latDeg: number, more: object = {}) =>
      book.hear({ trafficId: "a1", sourceId: "roof", tMs, place: { latDeg, lonDeg: 0, sigmaM: 3 }, ...more });
    const doubts = (nowMs: number) => book.all(nowMs)[0]?.doubts;
    say(0, 0, { velocity: { northMps: 60, eastMps: 0 } });
    say(1_000, 0.0006, { velocity: { northMps: 60, eastMps: 0 } });
    expect(doubts(1_000)).toBeUndefined();
    say(2_000, 0.02, { velocity: { northMps: 60, eastMps: 0 } });
    expect(doubts(2_000)).toEqual(["its place jumped"]);
    say(40_000, 0.02, { velocity: { northMps: 400, eastMps: 0 }, upMps: -70 });
    expect(doubts(40_000)).toEqual(["it says 400 m/s", "it says -70 m/s up"]);
    const apart = mover({}, { height: { tMs: 0, value: { ellipsoidAltM: 100, pressureAltM: 500 } } });
    expect(apart.doubts).toEqual(["its two heights disagree"]);
    expect(apart.height).toMatchObject({ lowM: 85 });
  });

  it("does not hold ours for strangers, nor a crewed one for ours", () => {
    const uid = "4f5554524944455200000000010000000000";
    const ids = new Map([uid, "a0bb77", "1581f4xyz"].map((id) => [id, uid]));
    const own = aircraftSample({ latDeg: 0, lonDeg: 0, altAmslM: 60, velNorthMps: 5, velEastMps: 0, ageMs: 0 });
    const samples = new Map([[uid, own]]);
    const whose = (more: Parameters<typeof strangerOf>[1], wish = {}, nowMs = 0) =>
      whoseIs(strangerOf({ eastM: 0, northM: 0, velEastMps: 0, velNorthMps: 5, altAmslM: 60, ...wish }, more), {
        ...{ ids, samples, local, geoidUndulationM: -17, nowMs },
      });
    const ours = (...about: Parameters<typeof whose>) => whose(...about).kind === "ours";
    expect(ours({ trafficId: "a0bb77" })).toBe(true);
    expect(ours({ trafficId: "4f5554524944455200000000010000000000", kind: "drone" })).toBe(true);
    expect(ours({ trafficId: "0000", kind: "drone" })).toBe(true);
    expect(ours({ trafficId: "0000", kind: "drone" }, { velNorthMps: 12 })).toBe(false);
    expect(ours({ trafficId: "0000", kind: "drone" }, { eastM: 40 })).toBe(false);
    expect(ours({ trafficId: "0000", kind: "helicopter" })).toBe(false);
    // Its own module says what it said a second ago, and its height over the ellipsoid.
    const module = { kind: "drone", trafficId: "sender-01", height: { tMs: 0, value: { ellipsoidAltM: 43 } } } as const;
    expect(whose(module, { northM: -5 }, 1_000)).toEqual({ kind: "ours", uid, by: "place" });
    expect(ours({ ...module, height: { tMs: 0, value: { ellipsoidAltM: 143 } } })).toBe(false);
    expect(ours({ ...module, height: undefined })).toBe(false);
    expect(whose({ kind: "drone", trafficId: "1581f4xyz" })).toEqual({ kind: "ours", uid, by: "id" });
    // Whoever sends our id from somewhere else must not be hidden by it.
    expect(whose({ kind: "drone", trafficId: "1581f4xyz" }, { northM: 900 })).toEqual({ kind: "borrowed", uid });
  });
});
