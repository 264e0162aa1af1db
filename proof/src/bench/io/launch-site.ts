import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, until } from "../../rig/io/demo-rig.js";
import { launchYaml } from "../launch/far-apart.js";
import { BenchPilot } from "./bench-pilot.js";
import { benchSite, bridgeMain, stationMain } from "./bench-site.js";
import { PartProcess } from "./part-process.js";
import { PlanTap } from "./plan-tap.js";

const simMain = join(root, "sim/dist/app/io/main.js");

export type LaunchSite = {
  readonly base: string;
  readonly configFile: string;
  readonly keyHex: string;
  readonly pilot: BenchPilot;
  readonly tap: PlanTap;
};

/** A station of the caller's own, in this process: how to start it and end it. */
export type OwnStation = (configFile: string) => Promise<() => Promise<void>>;

/**
 * The demonstration's bridge and simulator as real processes, the station too unless the caller brings one, a tap at
 * the aircraft's sockets and a pilot on watch; hands them over when an aircraft can go.
 */
export async function withLaunchSite<T>(work: (site: LaunchSite) => Promise<T>, own?: OwnStation): Promise<T> {
  const { rig } = await benchSite(launchYaml);
  const yaml = readFileSync(rig.configFile, "utf8");
  const mavlink = /mavlinkUdp: (\d+)/.exec(yaml)?.[1] ?? "";
  const tap = await PlanTap.open(Number(mavlink));
  // Only the simulator's copy of the configuration knows the tap: the bridge listens where it always does.
  const simConfig = join(rig.folder, "sim.yaml");
  writeFileSync(simConfig, yaml.replace(`mavlinkUdp: ${mavlink}`, `mavlinkUdp: ${tap.port}`));
  const parts: PartProcess[] = [];
  const pilot = new BenchPilot(rig.base);
  let endOwn: (() => Promise<void>) | undefined;
  try {
    if (own !== undefined) endOwn = await own(rig.configFile);
    else {
      const station = new PartProcess(stationMain, [rig.configFile]);
      parts.push(station);
      await station.says(/ground-station ready/);
    }
    const bridge = new PartProcess(bridgeMain, [rig.configFile]);
    parts.push(bridge);
    await bridge.says(/drone-bridge ready/);
    parts.push(new PartProcess(simMain, [simConfig]));
    await pilot.signOn();
    await until("an aircraft is ready", 120_000, () => pilot.ready >= 3).catch((error: unknown) => {
      const logs = parts.map((part) => part.output.slice(-1_000)).join("\n--\n");
      throw new Error(`${String(error)}; ${pilot.fleetText}\n${logs}`);
    });
    const keyHex = readFileSync(join(rig.folder, "keys", "demo-cad.key"), "utf8").trim();
    return await work({ base: rig.base, configFile: rig.configFile, keyHex, pilot, tap });
  } finally {
    pilot.close();
    await Promise.all(parts.map((part) => part.stop()));
    await endOwn?.();
    tap.close();
    rmSync(rig.folder, { recursive: true, force: true });
  }
}
