import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { type GeoPoint, type IncidentView, readConfig } from "@outrider/contract";
import { geoDistanceM } from "@outrider/geo";
import { afterEach, describe, expect, it } from "vitest";
import { BenchPilot } from "../bench/io/bench-pilot.js";
import { DemoRig, until } from "../rig/io/demo-rig.js";
import { postExampleCall } from "./io/example-call.js";
import { type Flight, incidentOf, seen, story, tellOf } from "./io/flight-story.js";
import { px4Missing } from "./io/px4-process.js";
import { TrainerEar } from "./io/trainer-ear.js";
import { px4FleetYaml, px4Uid } from "./px4-fleet.js";

const missing = px4Missing();
if (missing !== undefined) console.info(`${missing} (docs/px4.md)`);

const uid = px4Uid(0);
/** As fast as it is asked to be; the simulator goes slower by itself where PX4 does not keep up. */
const wantedRate = Number(process.env["PX4_RATE"] ?? 4);
const gotoPoint: GeoPoint = { latDeg: 37.7708, lonDeg: -122.448 };
const orbitRadiusM = 60;

type Hil = Flight & { readonly ear: TrainerEar; readonly pad: GeoPoint; readonly track: Track };
type Track = { tMs: number; atMs: number; point: GeoPoint; altAmslM: number; batteryPct: number }[];

describe.skipIf(missing !== undefined)("a real PX4 in the simulator's physics", () => {
  const endings: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  async function startProduct(): Promise<{ rig: DemoRig; pilot: BenchPilot; ear: TrainerEar; pad: GeoPoint }> {
    const etc = process.env["PX4_ETC"];
    const px4 = `{ bin: "${resolve(process.env["PX4_BIN"] ?? "")}"${etc === undefined ? "" : `, etc: "${resolve(etc)}"`}, folder: px4 }`;
    const rig = await DemoRig.make({
      // PX4 sends to 14550 whatever the file says.
      edit: (yaml) =>
        px4FleetYaml(yaml, { physics: "ours", aircraft: 1, px4 })
          .replace(/mavlinkUdp: \d+/, "mavlinkUdp: 14550")
          .replace(/kind: udp-server, port: \d+/, "kind: udp-server, port: 14550"),
    });
    endings.push(async () => {
      await rig.stop();
      rmSync(rig.folder, { recursive: true, force: true });
    });
    rig.startAll();
    await rig.ready();
    const read = readConfig(rig.configFile, readFileSync(rig.configFile, "utf8"));
    if (read.kind === "bad") throw new Error(JSON.stringify(read.problems));
    const pad = read.config.docks.find((dock) => dock.dockId === read.config.aircraft[0]?.dockId)?.point;
    if (pad === undefined) throw new Error("the aircraft has no dock");
    const pilot = new BenchPilot(rig.base);
    const ear = new TrainerEar();
    endings.push(() => {
      pilot.close();
      ear.close();
    });
    await pilot.signOn();
    await ear.open(pilot.user, uid);
    // The first start in a new folder: parameters are set, and PX4 starts once more with them.
    await until("PX4 is prepared", 120_000, () => rig.log("sim").includes("PX4 flies this aircraft"));
    await until("the aircraft is ready", 60_000, () => pilot.ready === 1).catch((error: unknown) => {
      throw new Error(`${String(error)}; ${pilot.fleetText}\n${logsOf(rig)}`);
    });
    return { rig, pilot, ear, pad };
  }

  /** A call comes at the pace of the world; from the approval on the run goes as fast as PX4 does. */
  async function launch(): Promise<Hil> {
    const { rig, pilot, ear, pad } = await startProduct();
    const proposal = pilot.proposal(() => true, 60_000);
    // PX4's own pre-arm check passes some seconds after it is ready in all else; the card waits for it.
    const key = readFileSync(join(rig.folder, "keys", "demo-cad.key"), "utf8").trim();
    await postExampleCall(rig.base, key);
    const { launch } = await proposal.catch(async (error: unknown) => {
      const { body } = await pilot.user.get("/incidents");
      throw new Error(`${String(error)}\n${JSON.stringify(body)}\n${logsOf(rig)}`);
    });
    expect(launch.gates.filter((gate) => gate.state === "block")).toEqual([]);
    await pilot.approve(launch);
    expect((await pilot.user.act("rateRun", { rate: wantedRate })).status).toBeLessThan(300);
    const track: Track = [];
    endings.push(ear.onTruth((truth, tMs) => track.push({ tMs, atMs: performance.now(), ...truth })) as () => void);
    return { rig, pilot, launch, ear, pad, track };
  }

  it("flies a call: take-off, goto, orbit, return, landing, and faster than real time", {
    timeout: 600_000,
  }, async () => {
    const flight = await launch();
    const { pilot, pad, track, ear, rig } = flight;
    await seen(flight, "Airborne", 60);
    await seen(flight, "OnScene", 240);

    await fly(flight, { verb: "goto", point: gotoPoint, altAglM: 60 });
    await until("it is where the pilot sent it", 90_000, () => awayM(track, gotoPoint) < 3).catch(tellWhy(flight));
    await fly(flight, { verb: "orbit", point: gotoPoint, radiusM: orbitRadiusM });
    await until("it is on the circle", 60_000, () => awayM(track, gotoPoint) > orbitRadiusM - 3).catch(tellWhy(flight));
    const round = await during(flight, 30_000);
    const radii = round.map((one) => geoDistanceM(one.point, gotoPoint));
    expect((await pilot.user.act("fly", { verb: "return" }, { uid })).status).toBeLessThan(300);
    await seen(flight, "Landed", 300);
    await seen(flight, "Docked", 60);
    const close = { purpose: "Look at the scene of a call", category: "call" };
    const { launchId } = flight.launch;
    expect((await pilot.user.act("closeFlight", close, { launchId })).status).toBeLessThan(300);
    await seen(flight, "FlightClosed", 20);

    const view = await incidentOf(flight);
    const first = track[0];
    const last = track.at(-1);
    if (first === undefined || last === undefined) throw new Error("the trainer's desk was told no truth");
    const times = (last.tMs - first.tMs) / (last.atMs - first.atMs);
    const offM = geoDistanceM(last.point, pad);
    const [leastM, mostM] = [Math.min(...radii), Math.max(...radii)];
    console.info(
      `${tellOf(view)}\n${((last.tMs - first.tMs) / 1000).toFixed(1)} s flown in ${((last.atMs - first.atMs) / 1000).toFixed(1)} s (${times.toFixed(1)} x), rate at the end ${ear.rate.toFixed(1)}; orbit ${leastM.toFixed(1)} to ${mostM.toFixed(1)} m; stands ${offM.toFixed(2)} m off; battery ${first.batteryPct.toFixed(1)} to ${last.batteryPct.toFixed(1)} %`,
    );
    const types = typesOf(view);
    expect(types.filter((type) => story.includes(type))).toEqual(story);
    expect(leastM).toBeGreaterThan(orbitRadiusM - 5);
    expect(mostM).toBeLessThan(orbitRadiusM + 5);
    expect(offM).toBeLessThan(2);
    expect(last.batteryPct).toBeLessThan(first.batteryPct - 2);
    expect(times).toBeGreaterThan(1);
    expect(rig.log("sim")).toContain("PX4 flies this aircraft");
    expect(rig.log("sim")).not.toContain("does not take a parameter");
  });

  it("stands still in a pause, acts by its own failsafe without satellites, and comes home", {
    timeout: 600_000,
  }, async () => {
    const flight = await launch();
    const { pilot, pad, track, ear } = flight;
    await seen(flight, "OnScene", 240);
    await during(flight, 5_000);

    expect((await pilot.user.act("pauseRun", { paused: true })).status).toBeLessThan(300);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const paused = track.length;
    // PX4 sleeps and says nothing: longer than any link may be silent, in wall time.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    expect(track.length - paused).toBeLessThan(2);
    expect((await pilot.user.act("pauseRun", { paused: false })).status).toBeLessThan(300);
    await during(flight, 5_000);
    expect(typesOf(await incidentOf(flight))).not.toContain("LinkLost");

    await pilot.user.act("injectRun", { kind: "linkLoss", uid, seconds: 10 });
    await until("the trainer reads that a real PX4's link is not cut", 10_000, () =>
      ear.events.some((text) => text.includes("does not pass through the simulator")),
    );

    await pilot.user.act("injectRun", { kind: "gpsLoss", uid, seconds: 15 });
    await seen(flight, "FailsafeSeen", 120);
    await seen(flight, "FailsafeOver", 120);
    expect((await pilot.user.act("fly", { verb: "return" }, { uid })).status).toBeLessThan(300);
    await seen(flight, "Landed", 300);
    await seen(flight, "Docked", 60);
    const last = track.at(-1);
    console.info(tellOf(await incidentOf(flight)));
    expect(geoDistanceM(last?.point ?? gotoPoint, pad)).toBeLessThan(2);
  });
});

type Wish =
  | { readonly verb: "goto"; readonly point: GeoPoint; readonly altAglM: number }
  | { readonly verb: "orbit"; readonly point: GeoPoint; readonly radiusM: number };

async function fly({ pilot }: Hil, wish: Wish): Promise<void> {
  const { status, body } = await pilot.user.act("fly", wish, { uid });
  if (status >= 300) throw new Error(`${wish.verb}: ${status} ${JSON.stringify(body)}`);
}

function awayM(track: Track, point: GeoPoint): number {
  const last = track.at(-1);
  return last === undefined ? Number.NaN : geoDistanceM(last.point, point);
}

/** What the trainer's desk is told in so much simulated time from now. */
async function during({ track }: Hil, runMs: number): Promise<Track> {
  const from = track.length;
  const startMs = track.at(-1)?.tMs ?? 0;
  await until(`${runMs / 1000} s of the run`, 120_000, () => (track.at(-1)?.tMs ?? 0) - startMs >= runMs);
  return track.slice(from);
}

const typesOf = (view: IncidentView): readonly string[] => view.timeline.map((line) => line.type);

const logsOf = (rig: DemoRig): string =>
  `${rig.log("drone-bridge").slice(-2_000)}\n${rig.log("sim").slice(-2_000)}\n${px4Log(rig)}`;

function px4Log(rig: DemoRig): string {
  try {
    return readFileSync(join(rig.folder, "px4", "0", "px4.log"), "utf8").slice(-2_000);
  } catch {
    return "no log of PX4";
  }
}

const tellWhy =
  (flight: Hil) =>
  async (error: unknown): Promise<never> => {
    const last = JSON.stringify(flight.track.at(-1));
    throw new Error(`${String(error)}\n${last}\n${tellOf(await incidentOf(flight))}\n${logsOf(flight.rig)}`);
  };
