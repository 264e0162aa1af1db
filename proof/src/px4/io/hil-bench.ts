import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ActBody, type AnyInject, type GeoPoint, type IncidentView, readConfig } from "@outrider/contract";
import { geoDistanceM } from "@outrider/geo";
import { BenchPilot } from "../../bench/io/bench-pilot.js";
import { DemoRig, until } from "../../rig/io/demo-rig.js";
import { px4FleetYaml, px4Uid } from "../px4-fleet.js";
import { type CallAt, postExampleCall } from "./example-call.js";
import { type Flight, incidentOf, tellOf } from "./flight-story.js";
import { TrainerEar } from "./trainer-ear.js";

export type TruthAt = {
  readonly tMs: number;
  readonly atMs: number;
  readonly point: GeoPoint;
  readonly altAmslM: number;
  readonly batteryPct: number;
};
export type HilFlight = Flight & {
  readonly uid: string;
  readonly pad: GeoPoint;
  readonly track: readonly TruthAt[];
};

/** As fast as it is asked to be; the simulator goes slower by itself where PX4 does not keep up. */
export const wantedRate = Number(process.env["PX4_RATE"] ?? 4);

/** The whole product with real PX4s in the simulator's physics, one pilot on watch, and the trainer's ear. */
export class HilBench {
  readonly rig: DemoRig;
  readonly pilot: BenchPilot;
  readonly ear = new TrainerEar();
  readonly #pads: ReadonlyMap<string, GeoPoint>;

  private constructor(rig: DemoRig, pads: ReadonlyMap<string, GeoPoint>) {
    this.rig = rig;
    this.#pads = pads;
    this.pilot = new BenchPilot(rig.base);
  }

  /** Waits until so many PX4s are prepared and ready. */
  static async start(aircraft: number): Promise<HilBench> {
    const etc = process.env["PX4_ETC"];
    const px4 = `{ bin: "${resolve(process.env["PX4_BIN"] ?? "")}"${etc === undefined ? "" : `, etc: "${resolve(etc)}"`}, folder: px4 }`;
    const rig = await DemoRig.make({ edit: (yaml) => px4FleetYaml(yaml, { physics: "ours", aircraft, px4 }) });
    const bench = new HilBench(rig, padsOf(rig));
    try {
      await bench.#prepare(aircraft);
    } catch (error) {
      const why = `${String(error)}; ${bench.pilot.fleetText}\n${bench.logs()}`;
      await bench.close();
      throw new Error(why);
    }
    return bench;
  }

  async #prepare(aircraft: number): Promise<void> {
    const { rig, pilot, ear } = this;
    rig.startAll();
    await rig.ready();
    await pilot.signOn();
    await ear.open(pilot.user);
    // The first start in a new folder: parameters are set, and PX4 starts once more with them.
    const prepared = (): number => rig.log("sim").split("PX4 flies this aircraft").length - 1;
    await until("the PX4s are prepared", 180_000, () => prepared() >= aircraft);
    await until("all are ready", 90_000, () => pilot.ready === aircraft);
  }

  /** A call comes at the pace of the world; PX4's own pre-arm check passes some seconds after all else is ready. */
  async launch(at?: CallAt): Promise<HilFlight> {
    const { rig, pilot, ear } = this;
    const before = new Set(pilot.launches.map((one) => one.launchId));
    const proposal = pilot.proposal((launch) => !before.has(launch.launchId), 60_000);
    const key = readFileSync(join(rig.folder, "keys", "demo-cad.key"), "utf8").trim();
    await postExampleCall(rig.base, key, at);
    const { launch } = await proposal.catch(async (error: unknown) => {
      const { body } = await pilot.user.get("/incidents");
      throw new Error(`${String(error)}\n${JSON.stringify(body)}\n${this.logs()}`);
    });
    const blocked = launch.gates.filter((gate) => gate.state === "block");
    if (blocked.length > 0) throw new Error(`blocked: ${JSON.stringify(blocked)}`);
    await pilot.approve(launch);
    const { uid } = launch.choice;
    const pad = this.#pads.get(uid);
    if (pad === undefined) throw new Error(`${uid} has no dock`);
    const track: TruthAt[] = [];
    ear.onTruth(uid, (truth, tMs) => track.push({ tMs, atMs: performance.now(), ...truth }));
    return { rig, pilot, launch, uid, pad, track };
  }

  async pace(rate: number): Promise<void> {
    await this.#act("rateRun", this.pilot.user.act("rateRun", { rate }));
  }

  async pause(paused: boolean): Promise<void> {
    await this.#act("pauseRun", this.pilot.user.act("pauseRun", { paused }));
  }

  async inject(inject: AnyInject): Promise<void> {
    await this.#act(inject.kind, this.pilot.user.act("injectRun", inject));
  }

  async fly({ uid }: HilFlight, wish: ActBody<"fly">): Promise<void> {
    await this.#act(wish.verb, this.pilot.user.act("fly", wish, { uid }));
  }

  async camera({ uid }: HilFlight, wish: ActBody<"camera">): Promise<void> {
    await this.#act(wish.verb, this.pilot.user.act("camera", wish, { uid }));
  }

  async closeFlight({ launch }: HilFlight): Promise<void> {
    const close = { purpose: "Look at the scene of a call", category: "call" };
    await this.#act("close", this.pilot.user.act("closeFlight", close, { launchId: launch.launchId }));
  }

  /** What the trainer's desk is told in so much simulated time from now. */
  async during({ track }: HilFlight, runMs: number): Promise<readonly TruthAt[]> {
    const from = track.length;
    const startMs = track.at(-1)?.tMs ?? 0;
    await until(`${runMs / 1000} s of the run`, 180_000, () => (track.at(-1)?.tMs ?? 0) - startMs >= runMs);
    return track.slice(from);
  }

  /** Waits, and tells the whole story where it does not come. */
  async waitFor(flight: HilFlight, what: string, withinMs: number, test: () => boolean): Promise<void> {
    await until(what, withinMs, test).catch(async (error: unknown) => {
      const last = JSON.stringify(flight.track.at(-1));
      throw new Error(`${String(error)}\n${last}\n${tellOf(await incidentOf(flight))}\n${this.logs()}`);
    });
  }

  logs(): string {
    return `${this.rig.log("drone-bridge").slice(-2_000)}\n${this.rig.log("sim").slice(-2_000)}\n${this.#px4Log()}`;
  }

  async close(): Promise<void> {
    this.pilot.close();
    this.ear.close();
    await this.rig.stop();
    if (process.env["PX4_KEEP"] === undefined) rmSync(this.rig.folder, { recursive: true, force: true });
    else console.info(`kept: ${this.rig.folder}`);
  }

  #px4Log(): string {
    try {
      return readFileSync(join(this.rig.folder, "px4", "0", "px4.log"), "utf8").slice(-2_000);
    } catch {
      return "no log of PX4";
    }
  }

  async #act(what: string, asked: Promise<{ status: number; body: unknown }>): Promise<void> {
    const { status, body } = await asked;
    if (status >= 300) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
  }
}

function padsOf(rig: DemoRig): ReadonlyMap<string, GeoPoint> {
  const read = readConfig(rig.configFile, readFileSync(rig.configFile, "utf8"));
  if (read.kind === "bad") throw new Error(JSON.stringify(read.problems));
  const { aircraft, docks } = read.config;
  return new Map(
    aircraft.flatMap(({ uid, dockId }, instance) => {
      const dock = docks.find((one) => one.dockId === dockId);
      return dock === undefined || uid !== px4Uid(instance) ? [] : [[uid, dock.point] as const];
    }),
  );
}

export const awayM = ({ track }: HilFlight, point: GeoPoint): number => {
  const last = track.at(-1);
  return last === undefined ? Number.NaN : geoDistanceM(last.point, point);
};

export const typesOf = (view: IncidentView): readonly string[] => view.timeline.map((line) => line.type);

/** How much was flown in how much of the world's time. */
export function paceOf({ track }: HilFlight): { readonly flownS: number; readonly tookS: number } {
  const [first, last] = [track[0], track.at(-1)];
  if (first === undefined || last === undefined) throw new Error("the trainer's desk was told no truth");
  return { flownS: (last.tMs - first.tMs) / 1000, tookS: (last.atMs - first.atMs) / 1000 };
}
