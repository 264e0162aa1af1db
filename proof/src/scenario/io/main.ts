import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { parseScenario } from "@outrider/sim";
import { stormTools } from "../../storm/io/tools.js";
import { runScenario, type ScenarioResult } from "../run-scenario.js";
import { scenarioSite } from "../scenario-site.js";

/**
 * `npm run scenario -- FILE... [--seed N] [--story] [--hash] [--trainee none]`: runs each without people and ends with 1
 * if an expectation fails. `--hash` also tells the SHA-256 over every datagram and every fact: the same seed gives the
 * same one. `--trainee none` flies it with a trainee who does nothing: a scenario that ends with 0 then teaches nothing.
 */
const args = process.argv.slice(2);
const seedAt = args.indexOf("--seed");
const seed = seedAt >= 0 ? Number(args[seedAt + 1]) : 1;
const traineeAt = args.indexOf("--trainee");
const nobody = traineeAt >= 0;
const values = new Set([seedAt, traineeAt].filter((at) => at >= 0).map((at) => at + 1));
const files = args.filter((arg, index) => !arg.startsWith("--") && !values.has(index));
const story = args.includes("--story");
const hashed = args.includes("--hash");
const usualAircraft = 4;

const clock = (tMs: number): string => {
  const s = Math.abs(tMs) / 1000;
  return `${tMs < 0 ? "-" : " "}${String(Math.floor(s / 60)).padStart(2, "0")}:${(s % 60).toFixed(1).padStart(4, "0")}`;
};

/** True when everything that was expected happened in time. */
function report(name: string, result: ScenarioResult, seconds: number): boolean {
  if (!result.started) {
    process.stdout.write(`${name}: the run never began\n`);
    return false;
  }
  for (const one of result.expectations) {
    const took = one.tookS === undefined ? "" : `, ${one.tookS} s`;
    process.stdout.write(`  ${one.state.padEnd(6)} ${one.text}${took}\n`);
  }
  const failed = result.expectations.filter((one) => one.state !== "met");
  process.stdout.write(
    `${name}: score ${result.score ?? "none"}, ${failed.length} of ${result.expectations.length} failed; ${Math.round(result.simulatedS)} s in ${seconds.toFixed(1)} s (${Math.round(result.simulatedS / seconds)} x real time)\n`,
  );
  return failed.length === 0;
}

function run(file: string): boolean {
  if (!existsSync(file)) {
    process.stdout.write(`${file}: there is no such file\n`);
    return false;
  }
  const parsed = parseScenario(file, readFileSync(file, "utf8"));
  if (parsed.kind === "bad") {
    process.stdout.write(`${parsed.problem}\n`);
    return false;
  }
  const started = Date.now();
  const hash = createHash("sha256");
  const result = runScenario({
    scenario: nobody ? { ...parsed.scenario, trainee: [] } : parsed.scenario,
    seed,
    site: scenarioSite(parsed.scenario.aircraft ?? usualAircraft),
    tools: stormTools,
    ...(hashed ? { onBytes: (bytes: Uint8Array) => hash.update(bytes) } : {}),
    ...(story ? { tell: (tMs: number, what: string) => process.stdout.write(`${clock(tMs)} ${what}\n`) } : {}),
  });
  const ok = report(parsed.scenario.id, result, (Date.now() - started) / 1000);
  if (hashed) process.stdout.write(`${parsed.scenario.id}: seed ${seed}, hash ${hash.digest("hex")}\n`);
  return ok;
}

if (!Number.isInteger(seed) || seed < 0) {
  process.stdout.write(`--seed takes a whole number, not ${args[seedAt + 1] ?? "nothing"}\n`);
  process.exitCode = 2;
} else if (nobody && args[traineeAt + 1] !== "none") {
  process.stdout.write(`--trainee takes none, not ${args[traineeAt + 1] ?? "nothing"}\n`);
  process.exitCode = 2;
} else if (files.length === 0) {
  process.stdout.write("which scenario? npm run scenario -- sim/scenarios/first-launch.yaml [--seed 1] [--story]\n");
  process.exitCode = 2;
} else if (files.map(run).includes(false)) process.exitCode = 1;
