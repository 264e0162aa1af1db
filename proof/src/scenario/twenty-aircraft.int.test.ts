import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseScenario } from "@outrider/sim";
import { describe, expect, it } from "vitest";
import { stormTools } from "../storm/io/tools.js";
import { runScenario } from "./run-scenario.js";
import { scenarioSite } from "./scenario-site.js";

const file = fileURLToPath(new URL("../../scenarios/twenty-aircraft.yaml", import.meta.url));

function run(seed: number) {
  const parsed = parseScenario("twenty-aircraft", readFileSync(file, "utf8"));
  if (parsed.kind === "bad") throw new Error(parsed.problem);
  const hash = createHash("sha256");
  let bytes = 0;
  const site = scenarioSite(parsed.scenario.aircraft ?? 0);
  const onBytes = (some: Uint8Array): void => {
    bytes += some.length;
    hash.update(some);
  };
  const { counts, simulatedS } = runScenario({ scenario: parsed.scenario, seed, site, tools: stormTools, onBytes });
  return { counts, simulatedS, bytes, hash: hash.digest("hex"), aircraft: site.config.aircraft.length };
}

describe("ten minutes with twenty aircraft and the whole product", () => {
  it("are the same to the byte from the same seed, datagrams and facts, and others from another seed", () => {
    const [first, again, other] = [run(1), run(1), run(2)];
    expect(first.aircraft).toBe(20);
    expect(first.simulatedS).toBeGreaterThan(600);
    expect(first.counts["Airborne"]).toBeGreaterThan(2);
    expect(first.bytes).toBeGreaterThan(1_000_000);
    expect(again).toEqual(first);
    expect(other.hash).not.toBe(first.hash);
  }, 240_000);
});
