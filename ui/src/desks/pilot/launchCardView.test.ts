import type { LaunchView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { shortGate } from "./gateWords.js";
import { type CardInput, changeText, launchCardView } from "./launchCardView.js";

const launch: LaunchView = {
  launchId: "l1",
  incidentId: "i1",
  incidentTitle: "Shots fired, 2 rounds",
  placeLabel: "Haight St & Masonic Ave",
  phase: "proposed",
  version: 1,
  policy: { kind: "approve", seconds: 60 },
  ruleText: "",
  choice: {
    uid: "u1",
    callSign: "OSPREY",
    dockId: "a",
    dockName: "Dock A",
    etaS: 52,
    etaP90S: 60,
    onSceneS: 1020,
    batteryPct: 99,
    why: "",
  },
  losers: [
    { uid: "u2", callSign: "KESTREL", laterS: 31, reason: "charging at Dock B" },
    { uid: "u3", callSign: "HERON", reason: "would leave a burglary" },
    { uid: "u4", callSign: "MERLIN", laterS: 32, atLeast: true, reason: "further away" },
  ],
  gates: [{ gate: "traffic", name: "Traffic", state: "pass", text: "nothing within 3 mi" }],
  plan: {
    planId: "p",
    home: { point: { latDeg: 0, lonDeg: 0 }, groundAmslM: 0 },
    takeoffAltAmslM: 60,
    route: [],
    scene: { point: { latDeg: 0, lonDeg: 0 }, groundAmslM: 0, orbitRadiusM: 40, altAmslM: 60, speedMps: 5 },
    returnAltAmslM: 60,
    rally: [],
    fence: { inclusion: [], exclusions: [], ceilingAmslM: 100 },
    lengthM: 547,
    etaS: 52,
    etaP90S: 60,
    energyOutWh: 1,
    energyHomeWh: 1,
    minClearanceM: 20,
    profile: [],
  },
  picId: "me",
  picName: "Pilot 2",
  nonce: "n",
  proposedMs: 1000,
  expiresAtMs: 61_000,
  ifNothing: "If you do nothing, OSPREY stays in its dock and the record says why.",
  note: "",
  unconfirmed: undefined,
  because: "3 sensors heard it 11 s ago, within 60 ft.",
};
const input = (over: Partial<CardInput> = {}, l: Partial<LaunchView> = {}): CardInput => ({
  launch: { ...launch, ...l },
  nowMs: 20_000,
  units: "imperial",
  ceilingAglM: 61,
  changed: undefined,
  sentAgeMs: undefined,
  problem: undefined,
  mayLaunch: true,
  me: "me",
  ...over,
});

describe("launch card", () => {
  it("counts down to the lapse and offers the hold when every gate passes", () => {
    const card = launchCardView(input());
    expect(card.secondsLeft).toBe(41);
    expect(card.status).toEqual({ kind: "ready" });
    expect(card.losers.map((l) => [l.text, l.choosable])).toEqual([
      ["31 s later, charging at Dock B", true],
      ["would leave a burglary", false],
      ["at least 32 s later, further away", true],
    ]);
  });

  it("switches the hold off for a gate that blocks or is not known, and names it", () => {
    const gate = { gate: "traffic", name: "Traffic", text: "no reply" } as const;
    expect(launchCardView(input({}, { gates: [{ ...gate, state: "unknown" }] })).status).toMatchObject({
      kind: "blocked",
      text: expect.stringContaining("Traffic"),
    });
    expect(launchCardView(input({}, { gates: [{ ...gate, state: "block" }] })).status.kind).toBe("blocked");
    expect(launchCardView(input({}, { gates: [{ ...gate, state: "unknown", settledBy: "me" }] })).status.kind).toBe(
      "ready",
    );
  });

  it("says after two seconds without an answer that it may have launched", () => {
    expect(launchCardView(input({ sentAgeMs: 400 })).status).toEqual({ kind: "sent", ageMs: 400 });
    expect(launchCardView(input({ sentAgeMs: 2000 })).status).toMatchObject({
      kind: "unconfirmed",
      text: expect.stringContaining("may have launched"),
    });
    expect(launchCardView(input({ sentAgeMs: 9000 }, { phase: "openingDock" })).status.kind).toBe("done");
  });

  it("has no countdown for a suggestion", () => {
    expect(launchCardView(input({}, { policy: { kind: "suggest" } })).secondsLeft).toBeUndefined();
  });

  it("says what changed under the pilot's hand", () => {
    const other = { ...launch, version: 2, choice: { ...launch.choice, uid: "u2", callSign: "KESTREL", etaS: 83 } };
    expect(changeText(launch, other)).toBe("now KESTREL, 31 s later");
    expect(changeText(launch, launch)).toBeUndefined();
    expect(changeText(undefined, other)).toBeUndefined();
  });
});

describe("a gate that passes", () => {
  const fence = { gate: "fence" as const, name: "Fence", measured: 935, limit: 24, unit: "m" };
  it("is one line in the units of the desk", () => {
    const passes = { ...fence, state: "pass" as const, text: "Circle 935 m inside, 24 needed." };
    expect(shortGate(passes, "imperial")).toBe("0.58 mi inside, 80 ft needed");
    expect(shortGate(passes, "metric")).toBe("935 m inside, 24 m needed");
  });
  it("keeps the station's own words where it does not pass, or where the number is another's", () => {
    const block = { ...fence, state: "block" as const, text: "The circle breaks the fence." };
    expect(shortGate(block, "imperial")).toBeUndefined();
    expect(shortGate({ ...fence, state: "pass", text: "", unit: "s" }, "imperial")).toBeUndefined();
  });
});
