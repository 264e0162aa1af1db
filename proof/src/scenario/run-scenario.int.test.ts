import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseScenario, type Scenario } from "@outrider/sim";
import { describe, expect, it } from "vitest";
import { stormTools } from "../storm/io/tools.js";
import { runScenario, type ScenarioResult } from "./run-scenario.js";
import { scenarioSite } from "./scenario-site.js";

const folder = fileURLToPath(new URL("../../../sim/scenarios/", import.meta.url));

function read(name: string, change: (text: string) => string = (text) => text): Scenario {
  const parsed = parseScenario(name, change(readFileSync(`${folder}${name}.yaml`, "utf8")));
  if (parsed.kind === "bad") throw new Error(parsed.problem);
  return parsed.scenario;
}

const run = (scenario: Scenario): ScenarioResult =>
  runScenario({ scenario, seed: 1, site: scenarioSite(scenario.aircraft ?? 4), tools: stormTools });
const failed = (result: ScenarioResult): readonly string[] =>
  result.expectations.filter((one) => one.state !== "met").map((one) => one.id);

describe("scenarios without people", () => {
  it("are all readable, and at least twelve", () => {
    const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
    for (const name of names) expect(read(name.replace(".yaml", "")).id).toBe(name.replace(".yaml", ""));
    expect(names.length).toBeGreaterThanOrEqual(12);
  });

  it("fly the first launch through the whole product, the same again from the same seed", () => {
    const [first, again] = [run(read("first-launch")), run(read("first-launch"))];
    expect(failed(first)).toEqual([]);
    expect(first.score).toBe(100);
    expect(first.counts["Docked"]).toBe(1);
    expect(again).toEqual(first);
  }, 180_000);

  it("refuse what must be refused", () => {
    const result = run(read("must-refuse"));
    expect(failed(result)).toEqual([]);
    expect(result.counts["ActRefused"]).toBeGreaterThan(0);
    expect(result.counts["Armed"] ?? 0).toBe(0);
  }, 120_000);

  it("warn of a helicopter that is heard in time to give way, and of a silent one not at all", () => {
    const heard = run(read("helicopter-heard"));
    expect(failed(heard)).toEqual([]);
    expect(heard.counts["TrafficConflictBegan"]).toBe(1);
    expect(heard.counts["TrafficConflictEnded"]).toBe(1);
    expect(run(read("helicopter-silent")).counts["TrafficConflictBegan"]).toBeUndefined();
  }, 120_000);

  it("judge a pursuit by camera, verification and what officers were told before it", () => {
    const right = run(read("pursuit"));
    expect(failed(right)).toEqual([]);
    expect(right.counts["CameraOnTarget"]).toBe(1);
    const hasty = read("pursuit", (text) =>
      text
        .replace("when: { fact: VehicleConfirmed, nth: 1 }", "when: { fact: HitFound, nth: 1 }")
        .replace("afterS: 20,", "afterS: 3,"),
    );
    expect(failed(run(hasty))).toContain("verified-first");
  }, 120_000);

  it("fail where the trainee is too slow, and the runner says so with its exit status", () => {
    const slow = read("false-shots", (text) => text.replace("withinS: 10", "withinS: 1"));
    expect(failed(run(slow))).toEqual(["cancelled"]);
  }, 120_000);

  it("end the runner with 1 for a failed expectation, 0 for none, 2 without a file", () => {
    const main = fileURLToPath(new URL("../../dist/scenario/io/main.js", import.meta.url));
    const status = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
    const place = mkdtempSync(join(tmpdir(), "scenario-"));
    const hopeless = join(place, "hopeless.yaml");
    const text = readFileSync(`${folder}must-refuse.yaml`, "utf8");
    writeFileSync(hopeless, text.replace("facts: [PurposeGiven], withinS: 120", "facts: [Airborne], withinS: 60"));
    const failed = status(hopeless);
    rmSync(place, { recursive: true });
    expect(failed.stdout).toContain("missed A search with a purpose is possible");
    expect(failed.status).toBe(1);
    expect(status(`${folder}must-refuse.yaml`).status).toBe(0);
    expect(status().status).toBe(2);
  }, 120_000);
});
