import { type AnyInject, type FactOf, type GateResult, skyConfig } from "@outrider/contract";
import { scenarioSchema } from "@outrider/sim";
import { describe, expect, it } from "vitest";
import { stormTools } from "../storm/io/tools.js";
import type { StormSite } from "../storm/storm-site.js";
import { scenarioSite } from "./scenario-site.js";
import { TrainingDay } from "./training-day.js";

const callAtS = 40;
const scenario = scenarioSchema.parse({
  id: "one-call",
  title: "One call",
  text: "A call on a fair day.",
  minutes: 12,
  vehicles: 0,
  wind: { windMps: 4, fromDeg: 265, gustMps: 6 },
  comesByItself: false,
  events: [
    {
      atS: callAtS,
      event: {
        ...{ kind: "call", callType: "SUSP", title: "Person trying car doors", narrative: "Along the street." },
        ...{ radiusM: 40, priority: 7 },
      },
    },
  ],
  expect: [],
});

/** A site that asks the simulated weather station and holds the weather against its limits. */
function site(): StormSite {
  const plain = scenarioSite(2);
  const { sky = skyConfig.parse({}), notConfigured } = plain.config;
  const { sources } = skyConfig.parse({
    sources: [
      {
        ...{ sourceId: "airport-weather", kind: "metar", station: "KSIM", everyS: 10, provenance: "sim" },
        url: "http://127.0.0.1:8095/metar",
      },
    ],
  });
  return {
    ...plain,
    config: {
      ...plain.config,
      sky: { ...sky, sources: [...sky.sources, ...sources] },
      notConfigured: notConfigured.filter(({ gate }) => gate !== "weather"),
    },
  };
}

/** The trainee is on watch, the run has just begun, the call is still to come. */
function begun(): TrainingDay {
  const day = new TrainingDay({ scenario, seed: 1, site: site(), tools: stormTools });
  day.pass(12);
  day.trainee.act("startWatch", { soundTested: true, notConfiguredRead: true });
  day.pass(33);
  day.trainer.act("startRun", { scenario: scenario.id, seed: 4 });
  day.fact("RunStarted", day.lastSeq, 5);
  return day;
}

const inject = (day: TrainingDay, what: AnyInject): number => {
  const before = day.lastSeq;
  day.trainer.act("injectRun", what);
  return day.fact("InjectMade", before, 5).seq;
};
const weatherOf = (gates: readonly GateResult[]): GateResult => {
  const found = gates.find(({ gate }) => gate === "weather");
  if (found === undefined) throw new Error("no weather gate");
  return found;
};
/** The gate as the trainee reads it on the card before him. */
function onCard(day: TrainingDay): GateResult | undefined {
  const card = day.view("pilot").launches.find((one) => one.phase === "proposed");
  return card === undefined ? undefined : weatherOf(card.gates);
}
const untilCard = (day: TrainingDay, what: string, withinS: number, is: (gate: GateResult) => boolean): GateResult => {
  day.until(what, withinS, () => {
    const gate = onCard(day);
    return gate !== undefined && is(gate);
  });
  return onCard(day) ?? weatherOf([]);
};
const texts = ({ data }: FactOf<"LaunchNotPossible">): readonly string[] => data.reasons.map(({ text }) => text);

describe("weather that a trainer orders, as far as the launch", () => {
  it("keeps every aircraft in its dock with what was measured, in words; taken back, a card comes with a gate that passes", () => {
    const day = begun();
    const seq = inject(day, {
      kind: "weather",
      ...{ rain: "moderate", temperatureC: 3, visibilityM: 3_000, ceilingAglM: 150 },
    });
    const refused = day.fact("LaunchNotPossible", seq, callAtS + 15);
    expect(texts(refused)).toHaveLength(2);
    for (const text of texts(refused)) {
      expect(text).toMatch(
        /^\w+ ?\w*: Weather: Visibility 1\.7 SM, limit 3\. Wind 4 m\/s, gusts 6, limits \d+ and \d+\./,
      );
      expect(text).toMatch(/It rains\. KSIM \d+ min ago: wind 4 m\/s, visibility 1\.7 SM, limit 3, ceiling 122 m,/);
      expect(text).toMatch(/ 3 °C\. Near to icing\. It rains or snows \(RA\)\./);
    }
    expect(onCard(day)).toBeUndefined();
    const cleared = inject(day, { kind: "clear", what: "weather" });
    const offer = day.fact("LaunchProposed", cleared, 30);
    expect(weatherOf(offer.data.gates)).toMatchObject({ state: "pass" });
    const card = untilCard(day, "a card before the trainee", 5, () => true);
    // Its figures go with it, so that the desk says them in its reader's units.
    expect(JSON.stringify(card.wording)).toMatch(/"said":"10 SM","value":16093\.44,"as":"visibility"/);
    expect(card.text).toMatch(/^Wind 4 m\/s, .*visibility 10 SM, no ceiling, 16 °C\.$/);
  }, 60_000);

  it("changes the words of a card that is open, takes it back where it blocks, and gives another when it is over", () => {
    const day = begun();
    day.fact("LaunchProposed", day.lastSeq, callAtS + 15);
    untilCard(day, "a card that passes", 5, ({ state }) => state === "pass");
    inject(day, { kind: "weather", rain: "light" });
    const rain = untilCard(day, "a caution for rain", 15, ({ state }) => state === "caution");
    expect(rain.text).toContain("It rains.");
    expect(rain.text).not.toContain("visibility 4 SM");
    inject(day, { kind: "weather", visibilityM: 6_500 });
    const haze = untilCard(day, "the card says what it is now", 15, ({ text }) => text.includes("visibility 4 SM"));
    expect(haze.state).toBe("caution");
    const ice = inject(day, { kind: "weather", temperatureC: -8 });
    const taken = day.fact("LaunchRefused", ice, 15);
    expect(taken.data.reasons[0]?.text).toMatch(/Weather: .*-8 °C\. Ice can form: at most 2 °C, and wet\./);
    day.until("no card before the trainee", 5, () => onCard(day) === undefined);
    const cleared = inject(day, { kind: "clear", what: "weather" });
    day.fact("LaunchProposed", cleared, 30);
    untilCard(day, "another card", 5, ({ state }) => state === "pass");
  }, 60_000);

  it("brings wind by the docks and by the weather station, and says which reason holds now", () => {
    const day = begun();
    const windy = inject(day, { kind: "wind", windMps: 14, fromDeg: 290, gustMps: 21 });
    const refused = day.fact("LaunchNotPossible", windy, callAtS + 15);
    for (const text of texts(refused))
      expect(text).toMatch(/: Weather: Wind 14 m\/s, gusts 21, limits .* wind 14 m\/s at KSIM, gusts 21,/);
    inject(day, { kind: "weather", visibilityM: 1_000 });
    day.pass(15);
    const cleared = inject(day, { kind: "clear", what: "wind" });
    // The docks say it at once, the weather station in its next report.
    const still = day.fact("LaunchNotPossible", cleared, 5);
    for (const text of texts(still))
      expect(text).toMatch(/: Weather: Wind 14 m\/s at KSIM, gusts 21\. Wind 4 m\/s, gusts 6, limits 10 and 15\./);
    const foggy = day.fact("LaunchNotPossible", still.seq, 20);
    for (const text of texts(foggy)) expect(text).toMatch(/: Weather: Visibility 0\.5 SM, limit 3\. Wind 4 m\/s/);
    const last = inject(day, { kind: "clear", what: "weather" });
    expect(weatherOf(day.fact("LaunchProposed", last, 30).data.gates).state).toBe("pass");
  }, 60_000);
});
