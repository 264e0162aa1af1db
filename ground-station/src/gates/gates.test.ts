import { describe, expect, it } from "vitest";
import * as aircraft from "./aircraft-gates.js";
import { type Measured, measureGates } from "./measure-all.js";
import * as people from "./people-gates.js";
import * as way from "./route-gates.js";
import { gatesDiffer, verdictOf, withSettled } from "./verdict.js";
import { weatherGate } from "./weather-gate.js";
import { taskWeight, workloadOf } from "./workload.js";

const DAY = 86_400_000;
const pilot = { name: "P", certificateUntilMs: 100 * DAY, presenceMs: 0 };

describe("pilot gates", () => {
  it("blocks without a pilot and with a certificate that has run out", () => {
    expect(people.picGate({ pic: undefined, nowMs: 0 }).state).toBe("block");
    expect(people.picGate({ pic: { ...pilot, certificateUntilMs: -1, presenceMs: 0 }, nowMs: 0 }).state).toBe("block");
    expect(people.picGate({ pic: { ...pilot, certificateUntilMs: 0, presenceMs: 0 }, nowMs: 0 }).state).toBe("caution");
  });
  it("is unknown one millisecond after 60 s without input, and before any input", () => {
    expect(people.picGate({ pic: pilot, nowMs: 60_000 }).state).toBe("pass");
    expect(people.picGate({ pic: pilot, nowMs: 60_001 }).state).toBe("unknown");
    expect(people.picGate({ pic: { ...pilot, presenceMs: undefined }, nowMs: 0 }).state).toBe("unknown");
  });
  it("warns in the last 30 days of a certificate", () => {
    const until = (days: number) =>
      people.picGate({ pic: { ...pilot, certificateUntilMs: days * DAY }, nowMs: 0 }).state;
    expect([until(30), until(29.9)]).toEqual(["pass", "caution"]);
  });
  it("counts the phase budget with this launch: warns at 0.40, blocks above 0.50", () => {
    const at = (used: number, count = 1) =>
      people.workloadGate({ picName: "P", used, aircraft: count, maxAircraft: 4 }).state;
    expect([at(7), at(8), at(18), at(19)]).toEqual(["pass", "caution", "caution", "block"]);
    expect([at(0, 3), at(0, 4)]).toEqual(["pass", "block"]);
    expect(people.workloadGate({ picName: undefined, used: 0, aircraft: 0, maxAircraft: 4 }).state).toBe("unknown");
  });
  it("adds one launch and two on scene with the camera delegated to 0.40, launch and landing to 0.57", () => {
    const base = { cameraDelegated: true, linkLate: false, trouble: false };
    const scene = { ...base, phase: "onScene" } as const;
    expect(workloadOf([{ ...base, phase: "launch" }, scene, scene])).toBe(40);
    expect(
      workloadOf([
        { ...base, phase: "launch" },
        { ...base, phase: "landing" },
      ]),
    ).toBe(57);
    expect(taskWeight({ ...scene, cameraDelegated: false })).toBe(13);
    expect(taskWeight({ ...scene, linkLate: true })).toBe(14);
    expect(taskWeight({ ...scene, trouble: true })).toBe(100);
  });
  it("wants a flight within the configured days", () => {
    const at = (days: number) => people.currencyGate({ picName: "P", days, limitDays: 30 }).state;
    expect([at(30), at(30.1), at(-1), at(Number.NaN)]).toEqual(["pass", "block", "unknown", "unknown"]);
  });
});

const fenceGood: way.FenceMeasured = {
  homeInside: true,
  sceneInside: true,
  routeInside: true,
  sceneMarginM: 24,
  sceneNeedM: 24,
  route: { marginM: 75, needM: 75 },
  slowM: 0,
};
const versions: way.FenceVersions = { site: "f".repeat(16), plan: "f".repeat(16), aboard: undefined, uploaded: false };

const craft: aircraft.AircraftMeasured = {
  callSign: "OSPREY",
  enrolled: true,
  identified: true,
  duplicateSysid: false,
  armed: false,
  inAir: false,
  inDock: true,
  busyWith: undefined,
};

describe("aircraft gates", () => {
  it.each<[Partial<aircraft.AircraftMeasured>, string]>([
    [{}, "pass"],
    [{ enrolled: false }, "block"],
    [{ duplicateSysid: true }, "block"],
    [{ identified: false }, "unknown"],
    [{ busyWith: "l2" }, "block"],
    [{ armed: undefined }, "unknown"],
    [{ inAir: undefined }, "unknown"],
    [{ armed: true }, "block"],
    [{ inAir: true }, "block"],
    [{ inDock: undefined }, "unknown"],
    [{ inDock: false }, "block"],
  ])("of %o is %s", (over, state) => {
    expect(aircraft.aircraftGate({ ...craft, ...over }).state).toBe(state);
  });
  it("compares settings as the floats they are, blocks on a difference, does not know what is missing", () => {
    const wanted = { A: { value: 0.3, why: "" }, B: { value: 2, why: "" } };
    const gate = (read: Record<string, number> | undefined) => aircraft.parametersGate({ wanted, read }).state;
    expect(gate({ A: Math.fround(0.3), B: 2 })).toBe("pass");
    expect(gate({ A: 0.3, B: 2.0001 })).toBe("block");
    expect(gate({ A: 0.3 })).toBe("unknown");
    expect(gate({ B: 3 })).toBe("block");
    expect(gate(undefined)).toBe("unknown");
  });
  it("has its battery limit exactly at the minimum", () => {
    const at = (pct: number | undefined) => aircraft.batteryGate(pct, 50).state;
    expect([at(49.99), at(50), at(59.9), at(60), at(undefined)]).toEqual([
      "block",
      "caution",
      "caution",
      "pass",
      "unknown",
    ]);
  });
  it("does not trust a dock that is jammed, occupied by something, cut off, or silent for 3 s", () => {
    const at = (state: Partial<NonNullable<aircraft.DockMeasured["state"]>>) =>
      aircraft.dockGate({
        dockName: "D",
        connected: true,
        state: { door: "closed", padClear: true, ageS: 0.5, ...state },
      }).state;
    expect([at({}), at({ door: "open" }), at({ door: "none" })]).toEqual(["pass", "pass", "pass"]);
    expect([at({ ageS: 2.99 }), at({ ageS: 3 })]).toEqual(["pass", "block"]);
    expect([at({ door: "jammed" }), at({ padClear: false }), at({ door: "opening" })]).toEqual([
      "block",
      "block",
      "caution",
    ]);
    expect(aircraft.dockGate({ dockName: "D", connected: false, state: undefined }).state).toBe("block");
    expect(aircraft.dockGate({ dockName: "D", connected: true, state: undefined }).state).toBe("block");
  });
  it("wants a live link, and a signed one where the site says so", () => {
    const at = (over: Partial<aircraft.LinkMeasured>) =>
      aircraft.linkGate({ link: "live", ageS: 0.2, signed: true, unsignedMayLaunch: false, ...over }).state;
    expect([at({}), at({ link: "late" }), at({ link: "lost" }), at({ link: "never" })]).toEqual([
      "pass",
      "caution",
      "block",
      "block",
    ]);
    expect([at({ signed: undefined }), at({ signed: false }), at({ signed: false, unsignedMayLaunch: true })]).toEqual([
      "unknown",
      "block",
      "caution",
    ]);
    expect(at({ ageS: undefined })).toBe("block");
  });
  it("blocks while another ground station is heard", () => {
    expect(aircraft.foreignStationGate([], false).state).toBe("pass");
    expect(aircraft.foreignStationGate([77], false).state).toBe("block");
    expect(aircraft.foreignStationGate([77], true).state).toBe("caution");
    expect(aircraft.foreignStationGate(undefined, false).state).toBe("unknown");
  });
  it("holds the position against the surveyed pad", () => {
    const at = (over: Partial<aircraft.PositionMeasured>) =>
      aircraft.positionGate({ ok: true, doubt: undefined, padOffM: 1, padHeightOffM: 1, ...over }).state;
    expect([at({}), at({ padOffM: 5 }), at({ padOffM: 5.01 })]).toEqual(["pass", "pass", "block"]);
    expect([at({ padHeightOffM: -8 }), at({ padHeightOffM: -8.1 }), at({ padHeightOffM: 8.1 })]).toEqual([
      "pass",
      "block",
      "block",
    ]);
    expect([at({ ok: false }), at({ ok: undefined }), at({ doubt: "jump" }), at({ padOffM: undefined })]).toEqual([
      "block",
      "unknown",
      "unknown",
      "unknown",
    ]);
  });
  it("never mixes simulated and live", () => {
    const at = (site: "sim" | "live", of: "sim" | "live" | undefined, sources: ("sim" | "live")[]) =>
      aircraft.provenanceGate({ site, aircraft: of, sources }).state;
    expect([
      at("sim", "sim", ["sim"]),
      at("live", "sim", []),
      at("live", "live", ["sim"]),
      at("live", undefined, []),
    ]).toEqual(["pass", "block", "block", "unknown"]);
  });
});

describe("gates of the way", () => {
  it("wants there, stay, home and reserve on board, to the watt-hour", () => {
    const at = (over: Partial<way.EnergyMeasured>) =>
      way.energyGate({ nowWh: 200, fullWh: 260, needWh: 100, reserveWh: 52, windKnown: true, ...over }).state;
    expect([at({ nowWh: 151.99 }), at({ nowWh: 152 }), at({ nowWh: 164.99 }), at({ nowWh: 165 })]).toEqual([
      "block",
      "caution",
      "caution",
      "pass",
    ]);
    expect([
      at({ nowWh: undefined }),
      at({ windKnown: false }),
      at({ needWh: undefined }),
      at({ needWh: Number.POSITIVE_INFINITY }),
    ]).toEqual(["unknown", "unknown", "block", "block"]);
    expect(at({ windKnown: false, nowWh: 100 })).toBe("block");
  });
  it("wants dock, way, scene and its circle inside the fence, by what stopping needs", () => {
    const at = (over: Partial<way.FenceMeasured>) => way.fenceGate({ ...fenceGood, ...over }, versions).state;
    expect([
      at({}),
      at({ homeInside: false }),
      at({ sceneInside: false }),
      at({ routeInside: false }),
      at({ sceneMarginM: -0.1 }),
      at({ sceneMarginM: 23.9 }),
      at({ route: { marginM: 74.9, needM: 75 } }),
    ]).toEqual(["pass", "block", "block", "block", "block", "block", "block"]);
    expect(way.fenceGate(undefined, versions).state).toBe("unknown");
  });
  it("says how far inside it is and how far it must be, and which fence is aboard", () => {
    const found = way.fenceGate({ ...fenceGood, slowM: 120 }, versions);
    expect(found.text).toContain("Circle 24 m inside, 24 needed; way 75 m, 75 needed.");
    expect(found.text).toContain("120 m of it flown slowly.");
    expect(found).toMatchObject({ measured: 24, limit: 24 });
    expect(way.fenceGate(fenceGood, { ...versions, aboard: "old4567890" }).text).toContain("replaces old45678 aboard");
  });
  it("given a fence of this site that has changed since, blocks the plan, and what is aboard once it was uploaded", () => {
    const at = (over: Partial<way.FenceVersions>) => way.fenceGate(fenceGood, { ...versions, ...over });
    expect(at({ plan: "other" }).state).toBe("block");
    expect(at({ plan: undefined, aboard: "other" }).state).toBe("pass");
    expect(at({ uploaded: true, aboard: "f".repeat(16) }).state).toBe("pass");
    expect(at({ uploaded: true, aboard: "other567890" })).toMatchObject({
      state: "block",
      text: "The aircraft holds fence other567, this site's is ffffffff.",
    });
    expect(at({ uploaded: true, aboard: undefined }).state).toBe("block");
  });
  it("wants the vertical buffer everywhere, under the ceiling, on known ground", () => {
    const good = { minClearanceM: 10, limitM: 10, covered: true, maxAglM: 120, ceilingAglM: 120 };
    const at = (over: Partial<way.ClearanceMeasured>) => way.clearanceGate({ ...good, ...over }).state;
    expect([at({}), at({ minClearanceM: 9.99 }), at({ covered: false }), at({ maxAglM: 120.1 })]).toEqual([
      "pass",
      "block",
      "unknown",
      "block",
    ]);
    expect(way.clearanceGate(undefined).state).toBe("unknown");
  });
  it("wants every straight way home clear", () => {
    expect(way.wayHomeGate({ gaps: [], checked: 9, alternates: 1 }).state).toBe("pass");
    expect(way.wayHomeGate({ gaps: [], checked: 9, alternates: 0 }).state).toBe("caution");
    expect(way.wayHomeGate({ gaps: ["the line enters School"], checked: 9, alternates: 2 })).toMatchObject({
      state: "block",
      measured: 8,
    });
    expect(way.wayHomeGate(undefined).state).toBe("unknown");
  });
  it("keeps out of privacy zones", () => {
    expect(way.privacyGate({ crossed: [], sceneIn: [] }).state).toBe("pass");
    expect(way.privacyGate({ crossed: ["Clinic"], sceneIn: [] }).state).toBe("block");
    expect(way.privacyGate({ crossed: [], sceneIn: ["Clinic"] }).state).toBe("caution");
    expect(way.privacyGate(undefined).state).toBe("unknown");
  });
  it("holds wind and gusts against the type", () => {
    const at = (windMps: number, gustMps: number, rain = false) =>
      weatherGate({
        dock: { windMps, gustMps, rain },
        ...{ air: undefined, maxWindMps: 10, maxGustMps: 15, limits: undefined, flightAglM: undefined },
      }).state;
    expect([at(8, 15), at(8.1, 15), at(10, 15), at(10.1, 11), at(5, 15.1), at(5, 5, true)]).toEqual([
      "pass",
      "caution",
      "caution",
      "block",
      "block",
      "caution",
    ]);
    expect(weatherGate(undefined).state).toBe("unknown");
  });
});

const measured: Measured = {
  pic: { pic: pilot, nowMs: 0 },
  workload: { picName: "P", used: 0, aircraft: 0, maxAircraft: 4 },
  currency: { picName: "P", days: 1, limitDays: 30 },
  aircraft: craft,
  parameters: { wanted: {}, read: {} },
  batteryPct: 90,
  minBatteryPct: 50,
  dock: { dockName: "D", connected: true, state: { door: "closed", padClear: true, ageS: 0 } },
  link: { link: "live", ageS: 0, signed: true, unsignedMayLaunch: false },
  energy: { nowWh: 200, fullWh: 260, needWh: 50, reserveWh: 50, windKnown: true },
  fence: fenceGood,
  fenceVersions: versions,
  criteria: { criteria: undefined, alerts: [] },
  preArm: { callSign: "OSPREY", ok: true, said: undefined },
  clearance: { minClearanceM: 20, limitM: 10, covered: true, maxAglM: 60, ceilingAglM: 120 },
  wayHome: { gaps: [], checked: 5, alternates: 2 },
  own: { others: 0, crossings: [], leastVerticalM: 15 },
  privacy: { crossed: [], sceneIn: [] },
  airspace: undefined,
  traffic: undefined,
  weather: undefined,
  provenance: { site: "sim", aircraft: "sim", sources: [] },
  foreignStations: [],
  foreignStationAllowed: false,
  position: { ok: true, doubt: undefined, padOffM: 0, padHeightOffM: 0 },
};

describe("the gate of Remote ID", () => {
  const gate = (state: "good" | "failed" | "silent", text: string) =>
    aircraft.remoteIdGate({ callSign: "OSPREY", module: { state, text } });

  it("passes a module that is ready, blocks one that fails or fell silent, and does not know one that nobody heard", () => {
    expect(gate("good", "the remote ID module is ready")).toMatchObject({ state: "pass" });
    expect(gate("failed", "no operator location")).toMatchObject({
      state: "block",
      text: "OSPREY: no operator location.",
    });
    expect(gate("silent", "nothing from the remote ID module for 5 s").state).toBe("block");
    expect(aircraft.remoteIdGate({ callSign: "OSPREY", module: undefined }).state).toBe("unknown");
    expect(aircraft.remoteIdGate(undefined).state).toBe("unknown");
  });

  it("is left out only by name", () => {
    const module = { state: "failed", text: "no operator location" } as const;
    const results = measureGates({ ...measured, remoteId: { callSign: "OSPREY", module } }, []);
    expect(results.find((one) => one.gate === "remote-id")?.state).toBe("block");
  });
});

describe("all gates together", () => {
  const left = (gate: "weather" | "pic") => ({ gate, who: "Chief", when: "2026-01-01", why: "no mast" });

  it("shows a gate that the site leaves out with who and why, but never leaves out one that lives depend on", () => {
    const results = measureGates({ ...measured, pic: { pic: undefined, nowMs: 0 } }, [left("weather"), left("pic")]);
    expect(results.find((one) => one.gate === "weather")).toMatchObject({
      state: "notConfigured",
      text: expect.stringContaining("Chief"),
    });
    expect(results.find((one) => one.gate === "pic")?.state).toBe("block");
  });
  it("does not know a gate that is configured and not measured", () => {
    const results = measureGates(measured, []);
    expect(results.filter((one) => one.state === "unknown").map((one) => one.gate)).toEqual([
      "weather",
      "launch-criteria",
      "remote-id",
      "airspace",
      "traffic",
      "assembly-lock",
      "lights",
    ]);
    expect(new Set(results.map((one) => one.gate)).size).toBe(25);
  });
  it("is clear only when nothing blocks and every unknown is settled, and no word settles a block", () => {
    const [unknown] = measureGates(measured, []).filter((one) => one.gate === "weather");
    if (unknown === undefined) throw new Error("no weather gate");
    const settled = new Map([["weather", "P"]] as const);
    expect(verdictOf([unknown]).kind).toBe("needsHuman");
    expect(verdictOf(withSettled([unknown], settled)).kind).toBe("clear");
    expect(verdictOf(withSettled([{ ...unknown, state: "block" }], settled)).kind).toBe("blocked");
    expect(gatesDiffer([unknown], [{ ...unknown, measured: 5 }])).toBe(false);
    expect(gatesDiffer([unknown], withSettled([unknown], settled))).toBe(true);
    expect(gatesDiffer([unknown], [])).toBe(true);
  });
});
