import { readFileSync, rmSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { DemoRig } from "../rig/io/demo-rig.js";
import { pymavlinkMissing } from "./io/pymavlink.js";
import { mavsdkMissing, runPython } from "./io/python-peer.js";
import { mavsdkScript } from "./mavsdk-script.js";
import { pymavlinkFlightScript } from "./pymavlink-flight-script.js";

const noMavsdk = mavsdkMissing();
const noPymavlink = pymavlinkMissing();
for (const missing of [noMavsdk, noPymavlink]) if (missing !== undefined) console.info(missing);

/** Where the simulated aircraft send to. */
function mavlinkPort(rig: DemoRig): number {
  const found = /mavlinkUdp: (\d+)/.exec(readFileSync(rig.configFile, "utf8"));
  if (found?.[1] === undefined) throw new Error(`${rig.configFile} has no listen.mavlinkUdp`);
  return Number(found[1]);
}

describe("the simulated PX4, spoken to as a real one by those who know nothing of it", () => {
  const endings: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  /** The simulator alone: no bridge and no station, whoever listens on the port is its ground station. */
  async function simulator(): Promise<{ rig: DemoRig; port: number }> {
    const rig = await DemoRig.make();
    endings.push(async () => {
      await rig.stop();
      rmSync(rig.folder, { recursive: true, force: true });
    });
    return { rig, port: mavlinkPort(rig) };
  }

  it.skipIf(noPymavlink !== undefined)(
    "is flown by pymavlink: parameter, arm, take-off, goto, land, disarmed",
    { timeout: 420_000 },
    async () => {
      const { rig, port } = await simulator();
      rig.start("sim");
      const python = process.env["OUTRIDER_PYMAVLINK"];
      const run = await runPython(pymavlinkFlightScript, [`udpin:127.0.0.1:${port}`], 400_000, python);
      console.info(run.lines.join("; "));
      expect(run.lines.at(-1), `${run.errors.slice(-2_000)}\n${rig.log("sim").slice(-2_000)}`).toBe("done");
    },
  );

  it.skipIf(noMavsdk !== undefined)(
    "is flown by MAVSDK: arm, take-off, mission, land",
    { timeout: 420_000, retry: 1 },
    async () => {
      const { rig, port } = await simulator();
      rig.start("sim");
      const run = await runPython(mavsdkScript, [`udpin://127.0.0.1:${port}`], 400_000);
      console.info(run.lines.join("; "));
      expect(run.lines.at(-1), `${run.errors.slice(-2_000)}\n${rig.log("sim").slice(-2_000)}`).toBe("done");
    },
  );
});
