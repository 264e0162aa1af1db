import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseCityFile, readConfig } from "@outrider/contract";
import { worldFromCity } from "@outrider/geo";
import { afterEach, describe, expect, it } from "vitest";
import { BenchPilot } from "../bench/io/bench-pilot.js";
import { DemoRig, root, until } from "../rig/io/demo-rig.js";
import { BarePad } from "./io/bare-pad.js";
import { postExampleCall } from "./io/example-call.js";
import { incidentOf, type Flight as StoryFlight, seen, story, tellOf } from "./io/flight-story.js";
import { Px4Api } from "./io/px4-api.js";
import { Px4Process, px4Missing } from "./io/px4-process.js";
import { px4Airframe, px4Pad, px4Yaml } from "./px4-site.js";

const missing = px4Missing();
if (missing !== undefined) console.info(`${missing} (docs/px4.md)`);

/** On the scene, in orbit, before the pilot sends it home. */
const stayMs = 25_000;
function groundAtPad(): number {
  const city = parseCityFile(JSON.parse(readFileSync(join(root, "data/city/san-francisco.json"), "utf8")));
  if (city.kind === "refused") throw new Error(city.reason);
  const { frame, terrain } = worldFromCity(city.city);
  const { eastM, northM } = frame.toLocal(px4Pad.point);
  return terrain.groundAmslM(eastM, northM);
}

/** The site's failsafe set; a value that PX4 has otherwise blocks the launch. */
function siteParameters(): [string, number][] {
  const path = join(root, "outrider.yaml");
  const read = readConfig(path, readFileSync(path, "utf8"));
  if (read.kind === "bad") throw new Error(JSON.stringify(read.problems));
  return Object.entries(read.config.failsafeParameters).map(([name, { value }]) => [name, value]);
}

type Flight = StoryFlight & { readonly pad: BarePad; readonly uid: string };

describe.skipIf(missing !== undefined)("a real PX4", () => {
  const endings: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  async function startPx4(altAmslM: number): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), "outrider-px4-"));
    endings.push(() => rmSync(folder, { recursive: true, force: true }));
    const px4 = Px4Process.start({ folder, ...px4Pad.point, altAmslM, environment: px4Airframe });
    endings.push(() => px4.stop());
    const api = new Px4Api();
    endings.push(() => api.close());
    const uid = await api.uid(60_000).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${px4.log.slice(-3_000)}`);
    });
    // Not by PX4_PARAM_*: a value that equals the firmware's default is not kept there, and the airframe's own wins.
    for (const [name, value] of siteParameters()) await api.setParameter(name, value);
    return uid;
  }

  async function startProduct(uid: string, pad: BarePad): Promise<{ rig: DemoRig; pilot: BenchPilot }> {
    const rig = await DemoRig.make({ edit: (yaml) => px4Yaml(yaml, { uid, root }) });
    endings.push(async () => {
      await rig.stop();
      rmSync(rig.folder, { recursive: true, force: true });
    });
    rig.start("ground-station", "drone-bridge");
    await rig.ready();
    const docks = /docks: (\d+)/.exec(readFileSync(rig.configFile, "utf8"))?.[1] ?? "";
    await until("the bridge takes docks", 20_000, () => rig.log("drone-bridge").includes("ready"));
    pad.dial(`ws://127.0.0.1:${docks}/dock`, secretOf(rig, "bridge.token"));
    const pilot = new BenchPilot(rig.base);
    endings.push(() => pilot.close());
    await pilot.signOn();
    await until("the aircraft is ready", 120_000, () => pilot.ready === 1).catch((error: unknown) => {
      throw new Error(`${String(error)}; ${pilot.fleetText}\n${rig.log("drone-bridge").slice(-2_000)}`);
    });
    return { rig, pilot };
  }

  /** A call comes, the pilot approves, and it flies until it is on the scene. */
  async function flyToScene(): Promise<Flight> {
    const altAmslM = groundAtPad();
    const pad = new BarePad({ ...px4Pad, altAmslM });
    endings.push(() => pad.close());
    const uid = await startPx4(altAmslM);
    const { rig, pilot } = await startProduct(uid, pad);
    expect(pad.occupied).toBe(true);
    const proposal = pilot.proposal(() => true, 30_000);
    await postExampleCall(rig.base, secretOf(rig, "demo-cad.key"));
    const { launch } = await proposal;
    console.info(`gates: ${launch.gates.map(({ gate, state, text }) => `${gate} ${state} (${text})`).join("; ")}`);
    expect(launch.gates.filter((gate) => gate.state === "block")).toEqual([]);
    await pilot.approve(launch);
    const flight = { pad, rig, pilot, uid, launch };
    await seen(flight, "PlanVerified", 40);
    await seen(flight, "Airborne", 40);
    await seen(flight, "OnScene", 240);
    return flight;
  }

  it("flies the main job: call, approval, take-off, orbit over the scene, home, closed", {
    timeout: 600_000,
  }, async () => {
    const flight = await flyToScene();
    const { pad, pilot, uid, launch } = flight;
    await new Promise((resolve) => setTimeout(resolve, stayMs));
    expect((await pilot.user.act("fly", { verb: "return" }, { uid })).status).toBeLessThan(300);
    await seen(flight, "Landed", 300);
    await seen(flight, "Docked", 30);
    const close = { purpose: "Look at the scene of a call", category: "call" };
    expect((await pilot.user.act("closeFlight", close, { launchId: launch.launchId })).status).toBeLessThan(300);
    await seen(flight, "FlightClosed", 10);

    const view = await incidentOf(flight);
    console.info(`${tellOf(view)}\ntruth: ${JSON.stringify(pad.far)}, stands ${pad.awayM.toFixed(2)} m off`);
    const types = view.timeline.map((line) => line.type);
    expect(types.filter((type) => story.includes(type))).toEqual(story);
    // It has no camera: nobody may read that one saw the scene.
    expect(types).not.toContain("CameraOnTarget");
    expect(pad.far.awayM).toBeGreaterThan(300);
    expect(pad.far.upM).toBeGreaterThan(45);
    expect(pad.awayM).toBeLessThan(2);
    // A pad has no door to move.
    expect(pad.orders).toEqual([]);
  });

  it("comes home by its own failsafe when the bridge dies, and the next bridge finds it on the way", {
    timeout: 600_000,
  }, async () => {
    const flight = await flyToScene();
    const { pad, rig } = flight;
    rig.kill("drone-bridge");
    const killedMs = performance.now();
    // An orbit of 45 m never comes this near: only a return does.
    const nearM = pad.awayM - 150;
    await until("it turns home by itself", 90_000, () => pad.awayM < nearM);
    const turnedS = (performance.now() - killedMs) / 1_000;
    rig.start("drone-bridge");
    await seen(flight, "Returning", 60);
    await seen(flight, "Landed", 300);
    await seen(flight, "Docked", 60);
    console.info(`150 m nearer ${turnedS.toFixed(1)} s after the kill\n${tellOf(await incidentOf(flight))}`);
    expect(pad.awayM).toBeLessThan(2);
  });
});

const secretOf = (rig: DemoRig, name: string): string => readFileSync(join(rig.folder, "keys", name), "utf8").trim();
