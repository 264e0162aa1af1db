import { skyConfig } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { type TrafficMeasured, trafficGate } from "./traffic-gate.js";
import { type AirMeasured, weatherGate } from "./weather-gate.js";

const live = { sourceId: "roof", state: "live" as const, text: "2 heard" };
const quiet: TrafficMeasured = { sources: [live], heard: 0, meetings: [], near: [], blockWithinS: 90 };
const meeting = (inS: number) => ({
  ...{ text: "N123 helicopter 1.2 km north-east of the scene", closestM: 310, limitM: 610, inS },
});

describe("the gate of air traffic", () => {
  it("passes an empty sky that somebody listens to, and one where none comes near", () => {
    expect(trafficGate(quiet)).toEqual({ state: "pass", text: "No other aircraft is heard." });
    expect(trafficGate({ ...quiet, heard: 3 }).text).toBe("3 heard, none comes near.");
  });
  it("does not take silence for an empty sky: that needs a human", () => {
    expect(trafficGate(undefined).state).toBe("unknown");
    expect(trafficGate({ ...quiet, sources: [] }).state).toBe("unknown");
    const silent = { sourceId: "field", state: "silent" as const, text: "no answer: ECONNREFUSED" };
    expect(trafficGate({ ...quiet, sources: [live, silent] })).toMatchObject({
      state: "unknown",
      text: "Not heard: field (no answer: ECONNREFUSED).",
    });
    expect(trafficGate({ ...quiet, sources: [{ ...live, state: "never" }] }).state).toBe("unknown");
  });
  it("blocks where well clear would be lost soon, whoever else is silent; later it is a caution", () => {
    const soon = trafficGate({ ...quiet, sources: [], meetings: [meeting(40), meeting(200)] });
    expect(soon).toMatchObject({ state: "block", measured: 310, limit: 610, unit: "m" });
    expect(trafficGate({ ...quiet, meetings: [meeting(91)] }).state).toBe("caution");
    expect(trafficGate({ ...quiet, near: ["a", "b"] })).toMatchObject({ state: "caution", text: "a; 1 more near." });
  });
});

const { weather: limits } = skyConfig.parse({});
const calm: Extract<AirMeasured, { kind: "reported" }> = {
  ...{ kind: "reported", station: "KSIM", ageS: 300, distanceM: 18_000, windMps: 4, gustMps: undefined },
  ...{ visibilityM: 16_093, ceilingM: "none", weather: [], temperatureC: 16, dewPointC: 10 },
};
const gate = (air: AirMeasured | undefined, dock = { windMps: 4, gustMps: 6, rain: false }) =>
  weatherGate({ dock, air, maxWindMps: 10, maxGustMps: 15, limits, flightAglM: 60 });
const state = (more: Partial<typeof calm>) => gate({ ...calm, ...more }).state;

describe("the gate of weather", () => {
  it("says everything that was measured", () => {
    expect(gate(calm)).toMatchObject({
      state: "pass",
      text: "Wind 4 m/s, gusts 6, limits 10 and 15. KSIM 5 min ago, 18 km away: wind 4 m/s, visibility 10 SM, no ceiling, 16 °C.",
    });
  });
  it("says first what stops it", () => {
    const fog = gate({ ...calm, visibilityM: 1_600, weather: ["BR"] });
    expect(fog).toMatchObject({ state: "block", measured: 1, limit: 3, unit: "SM" });
    expect(fog.text).toMatch(/^Visibility 1\.0 SM, limit 3\. Wind 4 m\/s/);
  });
  it("does not know what was not reported, or reported too long ago", () => {
    const missing = [
      { windMps: undefined },
      { visibilityM: undefined },
      { ceilingM: undefined },
      { temperatureC: undefined },
    ];
    expect(missing.map(state)).toEqual(["unknown", "unknown", "unknown", "unknown"]);
    expect(gate({ kind: "none", why: "The last report of KSIM is 80 min old, limit 75." })).toMatchObject({
      state: "unknown",
      text: expect.stringMatching(/^The last report of KSIM is 80 min old, limit 75\. Wind/),
    });
    expect(weatherGate(undefined).state).toBe("unknown");
  });
  it("holds each value against its limit", () => {
    expect([8, 8.1, 10, 10.1].map((windMps) => state({ windMps }))).toEqual(["pass", "caution", "caution", "block"]);
    expect([12, 13, 16].map((gustMps) => state({ gustMps }))).toEqual(["pass", "caution", "block"]);
    expect([3, 2.9, 4, 5].map((miles) => state({ visibilityM: miles * 1609.344 }))).toEqual([
      "caution",
      "block",
      "caution",
      "pass",
    ]);
    expect([200, 213, 300, 365].map((ceilingM) => state({ ceilingM }))).toEqual([
      "block",
      "caution",
      "caution",
      "pass",
    ]);
    expect([-11, -1, 41, 46].map((temperatureC) => state({ temperatureC, dewPointC: -30 }))).toEqual([
      ...["block", "caution", "caution", "block"],
    ]);
  });
  it("knows ice, thunder, hail and rain by the station's codes", () => {
    const codes = (...weather: string[]) => state({ weather });
    expect([codes("TSRA"), codes("VCTS"), codes("RETS"), codes("FZDZ"), codes("GR")]).toEqual([
      ...["block", "caution", "caution", "block", "block"],
    ]);
    expect([codes("-RA"), codes("RA"), codes("VCSH"), codes("HZ")]).toEqual(["caution", "block", "pass", "pass"]);
    expect(state({ temperatureC: 1, dewPointC: 0 })).toBe("block");
    expect(state({ temperatureC: 1, dewPointC: -8 })).toBe("pass");
    expect(state({ temperatureC: 4, dewPointC: 1 })).toBe("caution");
  });
});
