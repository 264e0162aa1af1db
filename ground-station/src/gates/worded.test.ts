import { type GateResult, gateResult as schema, skyConfig, wordingText } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { airspaceGate } from "./airspace-gate.js";
import { gateResult as named, type Outcome } from "./result.js";
import { clearanceGate, fenceGate, ownGate } from "./route-gates.js";
import { gatesDiffer, gateWorded } from "./verdict.js";
import { weatherGate } from "./weather-gate.js";
import { figure, worded } from "./worded.js";

const { weather: limits } = skyConfig.parse({});
const weather = (visibilityM: number, rain = false): Outcome =>
  weatherGate({
    dock: { windMps: 4, gustMps: 6, rain },
    air: {
      ...{ kind: "reported", station: "KSIM", ageS: 300, distanceM: 18_000, windMps: 4, gustMps: undefined },
      ...{ visibilityM, ceilingM: 2_000, weather: [], temperatureC: 16, dewPointC: 10 },
    },
    ...{ maxWindMps: 10, maxGustMps: 15, limits, flightAglM: 20 },
  });
const versions = { site: "aa", plan: "aa", aboard: "aa", uploaded: true };
const fence = (sceneMarginM: number): Outcome =>
  fenceGate(
    {
      ...{ homeInside: true, sceneInside: true, routeInside: true, sceneMarginM, sceneNeedM: 23.4 },
      ...{ route: { marginM: 90, needM: 30 }, slowM: 120 },
    },
    versions,
  );
const figures = ({ wording = [] }: Outcome) =>
  wording.flatMap((part) => (typeof part === "string" ? [] : [`${part.as} ${part.value} as ${part.said}`]));

describe("figures in a gate's words", () => {
  it("stand beside the text of the record, which is the same as its parts", () => {
    const crossings = [{ callSign: "HERON", horizontalM: 0, verticalM: 7.6, where: "way there" }];
    const outcomes = [
      ...[weather(1_600), weather(6_000, true), weather(16_093), fence(10), fence(40)],
      clearanceGate({ minClearanceM: 8.4, limitM: 15, covered: true, maxAglM: 60, ceilingAglM: 120 }),
      clearanceGate({ minClearanceM: 20, limitM: 15, covered: true, maxAglM: 130, ceilingAglM: 120 }),
      ownGate({ others: 1, crossings, leastVerticalM: 20 }),
    ];
    expect(outcomes.map(({ state }) => state)).toEqual([
      ...["block", "caution", "pass", "block", "pass", "block", "block", "caution"],
    ]);
    for (const outcome of outcomes) {
      expect(wordingText(outcome.wording ?? [])).toBe(outcome.text);
      expect(figures(outcome).length).toBeGreaterThan(1);
      expect(schema.safeParse(named("weather", outcome)).success).toBe(true);
    }
  });

  it("are what was measured, not what was rounded for the ear", () => {
    expect(figures(fence(10.7))).toEqual(["distance 10.7 as 10 m", "distance 23.4 as 24"]);
    expect(fence(10.7).text).toBe("The circle comes within 10 m of the fence, 24 needed to stop.");
    expect(figures(weather(1_600)).slice(0, 2)).toEqual(["visibility 1600 as 1.0 SM", "visibility 4828.03 as 3"]);
  });

  it("pass through whatever says the gate again", () => {
    const off = worded`TFR 6/0421 is ${figure("distance", 1240, "1.2 km")} off`;
    const findings = [{ kind: "near", notam: "6/0421", distanceM: 1240, ...off } as const];
    const tells = { sourceId: "notices", tells: "notices", ageS: 5, maxAgeS: 300, text: "", asked: "14:02" } as const;
    const near = airspaceGate({ sources: [tells], findings });
    expect(near).toMatchObject({ state: "caution", text: "TFR 6/0421 is 1.2 km off." });
    expect(figures(near)).toEqual(["distance 1240 as 1.2 km"]);
    const again = gateWorded(named("airspace", near));
    expect(again).toMatchObject({ text: "Airspace: TFR 6/0421 is 1.2 km off." });
    expect(gateWorded({ ...named("airspace", near), wording: undefined })).toBe("Airspace: TFR 6/0421 is 1.2 km off.");
  });
});

describe("a gate that is measured again", () => {
  const differ = (before: Outcome, after: Outcome): boolean => {
    const one = (outcome: Outcome): GateResult[] => [named("weather", outcome)];
    return gatesDiffer(one(before), one(after));
  };
  it("is the same while figures tremble", () => {
    expect(differ(weather(6_000), weather(6_400))).toBe(false);
    const age = { state: "pass", unit: "s", limit: 2.5 } as const;
    expect(
      differ({ ...age, text: "heard 0.3 s ago", measured: 0.3 }, { ...age, text: "heard 2.1 s ago", measured: 2.1 }),
    ).toBe(false);
  });
  it("is another where its words are others, although its state is the same, or where it has moved far", () => {
    expect(weather(6_000).state).toBe("caution");
    expect(differ(weather(6_000), weather(6_000, true))).toBe(true);
    expect(differ(weather(4_700), weather(1_000))).toBe(true);
    const gusts = (measured: number): Outcome => ({ state: "pass", text: `gusts ${measured}`, measured, limit: 15 });
    expect(differ(gusts(4), gusts(8))).toBe(false);
    expect(differ(gusts(4), gusts(9))).toBe(true);
  });
});
