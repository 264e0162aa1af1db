import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseScenario, type Scenario } from "@outrider/sim";
import { describe, expect, it } from "vitest";
import { stormTools } from "../storm/io/tools.js";
import { runScenario } from "./run-scenario.js";
import { scenarioSite } from "./scenario-site.js";

const folder = fileURLToPath(new URL("../../../sim/scenarios/", import.meta.url));
const site = scenarioSite(1);
/** Who does nothing has no second card to wait for: the whole length is `npm run scenario -- FILE --trainee none`. */
const longestMinutes = 2;
/** Less than any agency passes. */
const mostScore = 60;
/** The shots are taken back before anybody must decide: nothing is to be done, and nothing may be. */
const rightToDoNothing = ["false-shots"];
/** The demonstration: it judges nobody. */
const judgesNothing = ["demo"];

const scenarios: readonly Scenario[] = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => {
    const parsed = parseScenario(name, readFileSync(`${folder}${name}`, "utf8"));
    if (parsed.kind === "bad") throw new Error(parsed.problem);
    return parsed.scenario;
  });
const idle = ({ minutes, ...rest }: Scenario) =>
  runScenario({
    scenario: { ...rest, minutes: Math.min(minutes, longestMinutes), trainee: [] },
    seed: 1,
    site,
    tools: stormTools,
  });
const named = (names: readonly string[]) => scenarios.filter(({ id }) => names.includes(id));
const judged = scenarios.filter(({ id }) => !rightToDoNothing.includes(id) && !judgesNothing.includes(id));

describe("a trainee who does nothing", () => {
  it.each(judged)("fails $id", (scenario) => {
    const { score, started, expectations } = idle(scenario);
    expect(started).toBe(true);
    expect(expectations.filter((one) => one.state !== "met")).not.toEqual([]);
    expect(score).toBeLessThan(mostScore);
  });

  it("is right where the alert is taken back before anybody must decide, and nowhere else", () => {
    expect(named(rightToDoNothing).map((one) => idle(one).score)).toEqual([100]);
    expect(named(judgesNothing).map(({ expect: expected }) => expected)).toEqual([[]]);
  });

  /** Judged of every run besides: limits of air and privacy, times of every decision, hits verified, refusals made. */
  it.each(judged)(
    "is judged in $id by a decision, a flight, a picture or a refusal, and by what it teaches",
    (scenario) => {
      const facts = scenario.expect.flatMap((one) => one.facts);
      const has = (...wanted: readonly string[]) => wanted.some((one) => facts.includes(one));
      expect(has("LaunchApproved", "LaunchDeclined", "ActRefused", "Airborne")).toBe(true);
      if (has("OnScene", "OfficerAdvised", "AskAnswered")) expect(has("CameraOnTarget", "VehicleConfirmed")).toBe(true);
      if (has("HitFound")) expect(scenario.expect.some((one) => one.until?.includes("VehicleConfirmed"))).toBe(true);
      expect(scenario.teaches).toBeDefined();
    },
  );
});
