import { createSocket } from "node:dgram";
import { rmSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { bridgeFacts } from "../rig/io/bridge-facts.js";
import { DemoRig, until } from "../rig/io/demo-rig.js";
import { mavsdkMissing, runPython } from "./io/python-peer.js";
import { mavsdkScript } from "./mavsdk-script.js";

const missing = mavsdkMissing();
if (missing !== undefined) console.info(missing);

const freeUdpPort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createSocket("udp4").bind(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

describe.skipIf(missing !== undefined)("MAVSDK through the bridge", () => {
  const endings: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  it("connects, arms, takes off, flies a mission and lands, and is shown as another station", {
    timeout: 420_000,
    // MAVSDK's own steps end after half a second, which a busy machine does not always keep.
    retry: 1,
  }, async () => {
    const port = await freeUdpPort();
    const rig = await DemoRig.make({
      edit: (yaml) =>
        yaml.replace(
          "allowForeignStation: false",
          `allowForeignStation: true\n  forward:\n    - { kind: udp-server, port: ${port}, allow: [everything], aircraft: [OSPREY] }`,
        ),
    });
    endings.push(async () => {
      await rig.stop();
      rmSync(rig.folder, { recursive: true, force: true });
    });
    rig.startAll();
    await rig.ready(120_000);
    await until(
      "all aircraft are known",
      60_000,
      () => bridgeFacts(rig).filter((fact) => fact.type === "AircraftIdentified").length >= 3,
    );
    const run = await runPython(mavsdkScript, [`udpout://127.0.0.1:${port}`], 300_000);
    console.info(run.lines.join("; "));
    expect(run.lines.at(-1), `${run.errors.slice(-3_000)}\n${rig.log("drone-bridge").slice(-2_000)}`).toBe("done");
    const facts = bridgeFacts(rig);
    const types = new Set(facts.map((fact) => fact.type));
    for (const type of ["ForeignStationHeard", "OtherStationTookControl", "Armed", "Airborne", "Landed", "Disarmed"])
      expect(types, type).toContain(type);
    expect(facts.find((fact) => fact.type === "OtherStationTookControl")?.data).toMatchObject({ sysid: 245 });
    const flown = new Set(facts.filter((fact) => fact.type === "Armed").map((fact) => fact.data["uid"]));
    expect(flown.size).toBe(1);
    // The station reads parameters of whoever it meets; nothing of what moved came from it.
    const ours = facts.filter((fact) => fact.type === "OrderSent").map((fact) => fact.data["act"]);
    expect(ours.filter((act) => JSON.stringify(act) !== '{"verb":"refreshParameters"}')).toEqual([]);
  });
});
