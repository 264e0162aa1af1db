import type { LaunchView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
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

  it("says what blocks, and what keeps another in its dock, in the units of the desk", () => {
    const wording = ["ceiling ", { said: "122 m", value: 121.92, as: "height" as const, round: "down" as const }, "."];
    const text = "ceiling 122 m.";
    const gate = { gate: "weather", name: "Weather", state: "block", text, wording } as const;
    const loser = { uid: "u2", callSign: "KESTREL", reason: text, wording };
    const read = (units: "imperial" | "metric") => {
      const { gates, status, losers } = launchCardView(input({ units }, { gates: [gate], losers: [loser] }));
      return [gates[0]?.text, status.kind === "blocked" && status.text, losers[0]?.text];
    };
    expect(read("imperial")).toEqual(["ceiling 400 ft.", "Weather: ceiling 400 ft.", "ceiling 400 ft."]);
    expect(read("metric")).toEqual([text, `Weather: ${text}`, text]);
  });

  it("says after two seconds without an answer that it may have launched", () => {
    expect(launchCardView(input({ sentAgeMs: 400 })).status).toEqual({ kind: "sent", ageMs: 400 });
    expect(launchCardView(input({ sentAgeMs: 2000 })).status).toMatchObject({
      kind: "unconfirmed",
      text: expect.stringContaining("may have launched"),
    });
    expect(launchCardView(input({ sentAgeMs: 9000 }, { phase: "openingDock" })).status.kind).toBe("done");
  });

  it("says what it rests on in the units of the desk, and the odds apart", () => {
    const restsOn = { reports: 2, lastAgeS: 251, withinM: 25, realOf100: 62 };
    expect(launchCardView(input({}, { restsOn }))).toMatchObject({
      because: "2 reports, the last 4:11 before this card, within 80 ft.",
      odds: "62 of 100 like it were real.",
    });
    const one = { ...restsOn, reports: 1, lastAgeS: 11, realOf100: undefined };
    expect(launchCardView(input({ units: "metric" }, { restsOn: one }))).toMatchObject({
      because: "One report 11 s before this card, within 25 m.",
      odds: "",
    });
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
