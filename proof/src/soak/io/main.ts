import { rmSync } from "node:fs";
import { loadavg } from "node:os";
import type { LinkState } from "@outrider/contract";
import { round } from "../../bench/bench.js";
import { DemoRig } from "../../rig/io/demo-rig.js";
import { growth, type MemoryReading } from "../memory.js";
import { readSoakOptions, type SoakOptions } from "../options.js";
import { soakFaults } from "../verdict.js";
import { BridgeProcess } from "./bridge-process.js";
import { SoakFleet } from "./soak-fleet.js";
import { StationStandIn } from "./station-stand-in.js";

const readEveryMs = 2_500;
/** Calm before the end: addresses given up are forgotten, everybody is heard again. */
const calmS = 14;
/** Silence of those who leave: longer than what counts as lost. */
const gone = { count: 2, lastS: 7 } as const;
/** The wire to the station is cut this often. */
const cutEveryMs = 17_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type World = { readonly bridge: BridgeProcess; readonly fleet: SoakFleet; readonly station: StationStandIn };
type Course = { readonly readings: readonly MemoryReading[]; readonly left: readonly number[]; readonly cpuMs: number };

/** Faults until shortly before the end, then calm; memory is read all the while. */
async function course({ bridge, fleet, station }: World, seconds: number): Promise<Course> {
  const readings: MemoryReading[] = [];
  const startMs = performance.now();
  let [left, calm, cutMs, cpuMs]: [readonly number[], boolean, number, number] = [[], false, cutEveryMs, 0];
  for (;;) {
    const tMs = performance.now() - startMs;
    const leftS = seconds - tMs / 1_000;
    if (leftS <= 0) return { readings, left, cpuMs };
    if (!calm && leftS <= calmS) {
      fleet.calm();
      calm = true;
    }
    if (left.length === 0 && leftS <= gone.lastS) left = fleet.leave(gone.count);
    if (!calm && tMs >= cutMs) {
      station.cut();
      cutMs += cutEveryMs;
    }
    const told = await bridge.memory();
    cpuMs = told.cpuMs;
    readings.push({ tMs, bytes: told.heapBytes });
    await sleep(Math.min(readEveryMs, Math.max(0, seconds * 1_000 - (performance.now() - startMs))));
  }
}

function linksBySystem(station: StationStandIn): ReadonlyMap<number, LinkState> {
  const systems = new Map<string, number>();
  for (const { type, data } of station.facts) {
    if (type !== "AircraftIdentified") continue;
    // Of a fact of this name; the bridge's own types hold what it says.
    const { uid, sysid } = data as { uid: string; sysid: number };
    systems.set(uid, sysid);
  }
  const links = new Map<number, LinkState>();
  for (const [handle, { link }] of station.samples) {
    const sysid = systems.get(station.uids.get(handle) ?? "");
    if (sysid !== undefined) links.set(sysid, link);
  }
  return links;
}

async function soak(options: SoakOptions, seed: number): Promise<{ faults: readonly string[]; told: object }> {
  const { seconds, aircraft, hz } = options;
  const ports = { mavlink: 0, http: 0 };
  const rig = await DemoRig.make({
    edit: (yaml) => {
      ports.mavlink = Number(/kind: udp-server, port: (\d+)/.exec(yaml)?.[1]);
      ports.http = Number(/http: (\d+)/.exec(yaml)?.[1]);
      return yaml;
    },
  });
  const station = new StationStandIn(ports.http);
  const bridge = new BridgeProcess(rig.configFile);
  const fleet = new SoakFleet({ port: ports.mavlink, count: aircraft, hz, seed });
  try {
    await bridge.ready();
    fleet.start();
    const { readings, left, cpuMs } = await course({ bridge, fleet, station }, seconds);
    const grown = growth(readings, Math.max(20_000, seconds * 200));
    const factsOutOfOrder = station.outOfOrder.length;
    const facts = station.facts.length;
    const links = linksBySystem(station);
    const faults = soakFaults({ growth: grown, links, count: aircraft, left, factsOutOfOrder, facts });
    const sealed = station.facts.filter(({ type }) => type === "RecordingSealed").length;
    const told = {
      soak: "bridge",
      seed,
      seconds,
      aircraft,
      hz,
      datagrams: fleet.sent,
      facts,
      recordings: sealed,
      memoryMiB: round((readings.at(-1)?.bytes ?? 0) / 2 ** 20),
      growth: round(grown, 3),
      bridgeCore: round(cpuMs / (seconds * 1_000)),
      load: round(loadavg()[0] ?? 0),
      faults: faults.length,
    };
    if (faults.length > 0) process.stdout.write(`${bridge.output.slice(-2_000)}\n`);
    return { faults, told };
  } finally {
    fleet.close();
    await bridge.stop();
    station.close();
    await rig.stop();
    rmSync(rig.folder, { recursive: true, force: true });
  }
}

const options = readSoakOptions(process.argv.slice(2));
if ("problem" in options) {
  process.stderr.write(`${options.problem}\n`);
  process.exit(2);
}
const seed = options.seed ?? Date.now() % 1_000_000;
process.stdout.write(`soak: ${options.aircraft} aircraft at ${options.hz} Hz for ${options.seconds} s, seed ${seed}\n`);
const { faults, told } = await soak(options, seed);
for (const fault of faults) process.stdout.write(`SOAK ${fault}\n`);
process.stdout.write(`${JSON.stringify(told)}\n`);
process.exit(faults.length > 0 ? 1 : 0);
