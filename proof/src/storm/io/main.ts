import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { runStorm, type StormResult } from "../storm.js";
import { type StormSite, stormSite } from "../storm-site.js";
import { stormTools } from "./tools.js";

/** `npm run storm -- --seeds K [--from N] --minutes M`, or `--seed N` to see one seed's story and its hash. */
const args = process.argv.slice(2);
const option = (name: string, otherwise: number): number => {
  const at = args.indexOf(`--${name}`);
  return at >= 0 ? Number(args[at + 1]) : otherwise;
};
const minutes = option("minutes", 20);
const aircraft = 4;
/**
 * A worker lives for minutes and runs the whole product: nearly all it makes is soon garbage, so it gets room for that;
 * and optimising everything early, with all it calls, costs more than half of a short storm, so it waits and does less.
 */
const execArgv = [
  ...process.execArgv,
  "--max-semi-space-size=64",
  "--interrupt-budget=150000",
  "--max-inlined-bytecode-size-cumulative=300",
];
const citySeed = 7;
const sha256Hex = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const clock = (tMs: number): string =>
  `${String(Math.floor(tMs / 60_000)).padStart(2, "0")}:${((tMs % 60_000) / 1000).toFixed(3).padStart(6, "0")}`;

function single(seed: number): void {
  const result = runStorm({
    seed,
    minutes,
    site: stormSite(citySeed, aircraft),
    tools: stormTools,
    sha256Hex,
    tell: (tMs, what) => process.stdout.write(`${clock(tMs)} ${what}\n`),
  });
  for (const breach of result.breaches)
    process.stdout.write(`BREACH ${breach.invariant} at ${clock(breach.tMs)}: ${breach.what}\n`);
  process.stdout.write(
    `seed ${seed}: ${result.facts} facts, ${result.events} events, ${result.arms} arms, record ${result.recordHash}\n`,
  );
  process.exitCode = result.breaches.length > 0 ? 1 : 0;
}

/** A part that throws ends its seed, not the storm: the others are still worth knowing. */
function stormOrCrash(seed: number, site: StormSite): StormResult {
  try {
    return runStorm({ seed, minutes, site, tools: stormTools, sha256Hex });
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const breaches = [{ invariant: "CRASH", tMs: 0, what }];
    return { seed, breaches, facts: 0, events: 0, arms: 0, airborneS: 0, recordHash: "", counts: {} };
  }
}

function worker(): void {
  const site = stormSite(citySeed, aircraft);
  process.on("message", (message: { seed: number }) => {
    process.send?.(stormOrCrash(message.seed, site));
  });
  process.send?.({ ready: true });
}

async function many(from: number, count: number): Promise<void> {
  const started = Date.now();
  const seeds = Array.from({ length: count }, (_, index) => from + index);
  const results: StormResult[] = [];
  await Promise.all(
    Array.from(
      { length: Math.min(availableParallelism(), count) },
      () =>
        new Promise<void>((resolve, reject) => {
          const child = fork(fileURLToPath(import.meta.url), ["--worker", "--minutes", String(minutes)], { execArgv });
          const next = (): void => {
            const seed = seeds.shift();
            if (seed === undefined) {
              child.disconnect();
              resolve();
            } else child.send({ seed });
          };
          child.on("message", (message: StormResult | { ready: true }) => {
            if (!("ready" in message)) results.push(message);
            next();
          });
          child.on("exit", (code) => {
            if (code !== 0) reject(new Error(`a storm worker ended with code ${code}`));
          });
        }),
    ),
  );
  report(
    results.sort((a, b) => a.seed - b.seed),
    (Date.now() - started) / 1000,
  );
}

function report(results: readonly StormResult[], seconds: number): void {
  for (const result of results)
    for (const breach of result.breaches)
      process.stdout.write(`seed ${result.seed} BREACH ${breach.invariant} at ${clock(breach.tMs)}: ${breach.what}\n`);
  const sum = (pick: (result: StormResult) => number): number =>
    results.reduce((total, result) => total + pick(result), 0);
  const count = (type: string): number => sum((result) => result.counts[type] ?? 0);
  const broken = results.filter((result) => result.breaches.length > 0);
  const simulatedS = results.length * minutes * 60;
  process.stdout.write(
    `storm: ${results.length} seeds x ${minutes} min, ${broken.length} with a breach${broken.length > 0 ? ` (replay one with --seed ${broken[0]?.seed})` : ""}; ` +
      `${sum((r) => r.facts)} facts, ${count("LaunchProposed")} proposals, ${sum((r) => r.arms)} arms, ${count("Landed")} landings, ${Math.round(sum((r) => r.airborneS) / 60)} min in the air; ${seconds.toFixed(0)} s, ${(simulatedS / seconds).toFixed(0)} x real time\n`,
  );
  // A storm in which nothing flies proves nothing.
  const idle = sum((r) => r.arms) === 0;
  if (idle) process.stdout.write("nothing armed in the whole storm: that is a failure of the storm\n");
  process.exitCode = broken.length > 0 || idle ? 1 : 0;
}

if (args.includes("--worker")) worker();
else if (args.includes("--seed")) single(option("seed", 1));
else await many(option("from", 1), option("seeds", 100));
