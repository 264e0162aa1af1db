import type { SkyView, StrangerView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { SkyPoses } from "../../live/index.js";
import { blankPose, type PoseSource } from "../../map/index.js";
import { silentSources, strangerHeight, strangerRows, strangersOnMap, strangerTwins } from "./strangers.js";

const helicopter: StrangerView = {
  ...{ trafficId: "a0bb01", name: "N911PD", kind: "helicopter", point: { latDeg: 37.77, lonDeg: -122.45 } },
  ...{ ageMs: 1_000, headingDeg: 90, speedMps: 50, upMps: -2, altAmslM: 150, altAglM: 100 },
  ...{ heightTold: "by satellite", sources: ["roof"], level: "none", text: "", suggestion: "" },
};
const sky = (more: Partial<StrangerView> = {}): SkyView => ({
  ...{ strangers: [{ ...helicopter, ...more }], sources: [], metar: undefined },
});

describe("strangers on a desk", () => {
  it("says above what a height is, whether it falls, and that nobody knows it", () => {
    expect(strangerHeight(helicopter, "imperial")).toBe("328 ft AGL ↓");
    expect(strangerHeight({ ...helicopter, altAglM: undefined, upMps: undefined }, "metric")).toBe("150 m AMSL");
    expect(strangerHeight({ ...helicopter, altAglM: undefined, altAmslM: undefined }, "metric")).toBe("height unknown");
  });
  it("says what was agreed where it comes too near, and nothing where it does not", () => {
    expect(strangerRows(sky({ text: "far away" }), "metric")[0]?.text).toBe("");
    const near = sky({ level: "warning", text: "OSPREY: N911PD near", suggestion: "Agreed: hold." });
    expect(strangerRows(near, "metric")[0]?.text).toBe("OSPREY: N911PD near. Agreed: hold.");
  });
  it("hatches one whose height nobody knows or whose place is old, and no other", () => {
    const doubtful = (more: Partial<StrangerView>) => strangerRows(sky(more), "metric")[0]?.doubtful;
    expect(doubtful({})).toBe(false);
    expect(doubtful({ altAglM: undefined })).toBe(false);
    expect(doubtful({ altAglM: undefined, altAmslM: undefined })).toBe(true);
    expect(doubtful({ ageMs: 5_000 })).toBe(true);
  });
  it("shows what speaks against its word and where its operator is, in the list and on the map", () => {
    const operator = { point: { latDeg: 37.7718, lonDeg: -122.4523 }, kind: "takeoff" as const, ageMs: 12_000 };
    const doubted = sky({ doubts: ["its place jumped", "it says 400 m/s"], operator });
    expect(strangerRows(doubted, "metric")[0]).toMatchObject({
      doubtful: true,
      doubts: "Doubted: its place jumped and it says 400 m/s. Keep clear of it all the same",
      operator: "Operator 285 m NW of it, where it took off, told 12 s ago",
    });
    expect(strangersOnMap(doubted, "metric")[0]).toMatchObject({ doubtful: true, operator: operator.point });
    expect(strangerTwins(doubted, "metric")[0]?.phase).toMatch(/^Doubted: .*Operator 285 m NW/);
    expect(strangersOnMap(sky(), "metric")[0]).toMatchObject({ doubtful: false });
  });
  it("tells a screen reader how high each flies, and who is meant where it comes near", () => {
    const near = sky({ level: "caution", text: "OSPREY: N911PD near" });
    expect(strangerTwins(near, "metric")).toEqual([
      { uid: "sky:a0bb01", altText: "100 m AGL ↓", phase: "OSPREY: N911PD near" },
    ]);
  });
  it("can never be taken for one of ours on the map, and flies on for five seconds only", () => {
    expect(strangersOnMap(sky(), "metric")[0]).toMatchObject({
      uid: "sky:a0bb01",
      kind: "helicopter",
      told: "100 m AGL ↓",
    });
    let nowMs = 0;
    const none: PoseSource = { read: () => false, onChange: () => () => undefined };
    const poses = new SkyPoses(none, () => nowMs);
    poses.show(sky().strangers);
    const eastM = (): number => {
      const pose = blankPose();
      expect(poses.read("sky:a0bb01", pose)).toBe(true);
      return (pose.lonDeg + 122.45) * 111_320 * Math.cos((37.77 * Math.PI) / 180);
    };
    expect(eastM()).toBeCloseTo(50, 0);
    nowMs = 60_000;
    expect(eastM()).toBeCloseTo(250, 0);
    expect(poses.read("a0bb01", blankPose())).toBe(false);
  });
  it("names sources that are silent in the list that is read before a watch", () => {
    const silent = { sourceId: "roof", kind: "sbs" as const, state: "silent" as const, text: "it hung up", sinceMs: 5 };
    const listed = silentSources({ ...sky(), sources: [silent, { ...silent, state: "live" }] }, (tMs) => `t${tMs}`);
    expect(listed).toEqual([
      { gate: "traffic", text: "roof is silent: it hung up", who: "the ground station", when: "since t5" },
    ]);
  });
});
