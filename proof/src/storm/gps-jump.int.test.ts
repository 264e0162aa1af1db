import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseScenario } from "@outrider/sim";
import { expect, it } from "vitest";
import { runScenario } from "../scenario/run-scenario.js";
import { scenarioSite } from "../scenario/scenario-site.js";
import { stormTools } from "./io/tools.js";

const file = fileURLToPath(new URL("../../../sim/scenarios/gps-loss.yaml", import.meta.url));

it("a GNSS jump of 40 m over the scene becomes a doubt of the position in the record, with signed orders all the way", () => {
  const text = readFileSync(file, "utf8")
    .replace(
      '{ kind: gpsLoss, uid: "@flying", seconds: 12 }',
      '{ kind: positionJump, uid: "@flying", northM: 40, eastM: 0 }',
    )
    .replace(/\nexpect:[\s\S]*\ntrainee:/, "\nexpect: []\ntrainee:");
  const parsed = parseScenario("gps-loss", text);
  if (parsed.kind === "bad") throw new Error(parsed.problem);
  const { counts, started } = runScenario({
    scenario: { ...parsed.scenario, minutes: 4 },
    seed: 1,
    site: scenarioSite(parsed.scenario.aircraft ?? 4),
    tools: stormTools,
  });
  expect(started).toBe(true);
  expect(counts["OnScene"]).toBe(1);
  expect(counts["PositionDoubted"]).toBeGreaterThanOrEqual(1);
  // The receiver never comes back: neither does trust.
  expect(counts["PositionTrusted"] ?? 0).toBe(0);
  expect(counts["OrderNotVerified"] ?? 0).toBe(0);
}, 180_000);
