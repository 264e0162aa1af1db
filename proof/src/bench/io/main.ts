import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release, type } from "node:os";
import { fileURLToPath } from "node:url";
import { missed } from "../bars.js";
import type { Bench, BenchResult } from "../bench.js";
import { type Machine, withReport } from "../report.js";
import { bridge } from "./bridge.js";
import { fanout } from "./fanout.js";
import { frame } from "./frame.js";
import { launch } from "./launch.js";
import { scene } from "./scene.js";
import { sim } from "./sim.js";

const benches: readonly Bench[] = [frame, bridge, fanout, launch, scene, sim];
const reportFile = fileURLToPath(new URL("../../../../docs/benchmarks.md", import.meta.url));

const machine = (): Machine => ({
  cores: cpus().length,
  cpu: cpus()[0]?.model.trim() ?? "unknown",
  node: process.versions.node,
  system: `${type()} ${release()}`,
});

async function runOne(bench: Bench): Promise<BenchResult> {
  process.stderr.write(`bench ${bench.name} ...\n`);
  try {
    return await bench.run();
  } catch (error) {
    // A bench that broke must be seen as one, and must not keep the others from running.
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`bench ${bench.name} broke: ${text}\n`);
    return { bench: bench.name, metrics: {}, notes: [`broke: ${text.split("\n")[0]}`] };
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `Unknown bench ${unknown.join(", ")}. Known: ${benches.map((bench) => bench.name).join(", ")}.\n`,
  );
  process.exit(2);
}

const results: BenchResult[] = [];
for (const bench of benches.filter((one) => wanted.length === 0 || wanted.includes(one.name))) {
  const result = await runOne(bench);
  results.push(result);
  for (const line of missed(result)) process.stderr.write(`MISSED ${line}\n`);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
if (wanted.length === 0) {
  const text = existsSync(reportFile) ? readFileSync(reportFile, "utf8") : "# Benchmarks\n";
  writeFileSync(reportFile, withReport(text, results, machine(), new Date().toISOString().slice(0, 10)));
}
process.exit(results.some((result) => missed(result).length > 0) ? 1 : 0);
