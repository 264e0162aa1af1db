import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Config, parseCityFile, readConfig } from "@outrider/contract";
import { worldFromCity } from "@outrider/geo";
import { parseScenario, type Scenario } from "../../scenario/index.js";
import { Sim } from "../sim.js";
import { httpClient, signTools, stderrLog, systemChance, udp, wallClock, webSockets } from "./platform.js";

const demoIncidentAfterMs = 60_000;

function fail(problem: string): never {
  process.stderr.write(`${JSON.stringify({ level: "error", part: "sim", what: problem })}\n`);
  process.stdout.write(`sim does not start: ${problem}\n`);
  process.exit(2);
}

function configFrom(file: string): Config {
  if (!existsSync(file)) fail(`no configuration at ${file}`);
  const read = readConfig(file, readFileSync(file, "utf8"));
  if (read.kind === "bad") fail(read.problems.map((p) => `${p.file}:${p.line} ${p.field}: ${p.problem}`).join("\n"));
  if (read.config.site.provenance !== "sim" || !read.config.sim?.enabled)
    fail(
      `${file}: the simulator runs only where site.provenance is sim and sim.enabled is true; a live site never meets it`,
    );
  return read.config;
}

/** A key file that others can read is no key: refused. */
function secret(wanted: { file: string } | { env: string }): string {
  if ("env" in wanted) return process.env[wanted.env] ?? fail(`environment variable ${wanted.env} is not set`);
  if (!existsSync(wanted.file)) fail(`no key at ${wanted.file}: npm start makes the demonstration's keys`);
  if (process.platform !== "win32" && (statSync(wanted.file).mode & 0o077) !== 0)
    fail(`${wanted.file} can be read by others: chmod 600 it`);
  return readFileSync(wanted.file, "utf8").trim();
}

function scenarios(): readonly Scenario[] {
  const folder = join(dirname(fileURLToPath(import.meta.url)), "../../../scenarios");
  const all = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => {
      const parsed = parseScenario(name, readFileSync(join(folder, name), "utf8"));
      return parsed.kind === "ok" ? parsed.scenario : fail(parsed.problem);
    });
  return [...all.filter((one) => one.id === "demo"), ...all.filter((one) => one.id !== "demo")];
}

function sourceKey(config: Config, sourceId: string): { sourceId: string; keyId: string; keyHex: string } {
  const source =
    config.sources.find((one) => one.sourceId === sourceId) ?? fail(`no source ${sourceId} in the configuration`);
  return { sourceId, keyId: "1", keyHex: secret(source.key) };
}

const config = configFrom(process.argv[2] ?? "outrider.yaml");
const parsed = parseCityFile(JSON.parse(readFileSync(config.site.city, "utf8")));
if (parsed.kind === "refused") fail(`${config.site.city}: ${parsed.reason}`);
const world = worldFromCity(parsed.city);
const sim = new Sim({
  config,
  city: parsed.city,
  world,
  wall: wallClock,
  chance: systemChance,
  datagrams: udp,
  dialer: webSockets,
  http: httpClient,
  tools: signTools,
  keys: {
    cad: sourceKey(config, "demo-cad"),
    shots: sourceKey(config, "demo-shots"),
    readers: sourceKey(config, "demo-readers"),
  },
  stationUrl: `http://${config.listen.host}:${config.listen.http}`,
  docksUrl: `ws://${config.listen.host}:${config.listen.docks}/dock`,
  token: secret(config.sim?.token ?? fail("sim.token is missing")),
  dockToken: secret(config.bridge.token),
  scenarios: scenarios(),
  log: stderrLog,
  seed: config.sim?.seed ?? 1,
  lowFidelity: config.sim?.lowFidelity ?? false,
  demoAfterMs: demoIncidentAfterMs,
});
sim.start();
process.stdout.write("sim ready\n");
const stop = (): void => {
  sim.close();
  process.exit(0);
};
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
