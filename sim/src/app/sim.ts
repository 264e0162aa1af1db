import {
  type AnyInject,
  assertNever,
  type Cancel,
  type Chance,
  type CityFile,
  type Clock,
  type Config,
  type Datagrams,
  type Dialer,
  type GeoPoint,
  type HttpClient,
  type Log,
  RunClock,
  type StationToSim,
  type TrainerDeed,
} from "@outrider/contract";
import type { World } from "@outrider/geo";
import type { AirEnvironment } from "../air/index.js";
import { FaultSet } from "../faults/index.js";
import { RunPace } from "../hil/index.js";
import type { Scenario } from "../scenario/index.js";
import type { SignTools, SourceKey } from "../sensors/index.js";
import type { Vehicle } from "../traffic/index.js";
import { CatchUp, type Rewind } from "./catch-up.js";
import { CityGrid } from "./city-grid.js";
import { DockHost } from "./dock-host.js";
import { Happenings } from "./happenings.js";
import { IncidentMaker } from "./incident-maker.js";
import { InjectDesk } from "./inject-desk.js";
import { makeAircraft } from "./make-aircraft.js";
import { Poster } from "./poster.js";
import { Px4Host, type Px4Seats } from "./px4-host.js";
import { ReaderPosts, type ReaderPostsDeps } from "./reader-posts.js";
import { RunChance } from "./run-chance.js";
import { RunState } from "./run-state.js";
import type { SimAircraft } from "./sim-aircraft.js";
import { cameraStatesOf, helloOf, scoreOf, truthOf } from "./sim-words.js";
import { environmentOf, middleOf } from "./sim-world.js";
import { Sky } from "./sky.js";
import { StationWire } from "./station-wire.js";
import { StreetLife } from "./street-life.js";

/** The aircraft's cameras, drawn and encoded outside the simulation: pictures never hold up flight. */
export type CameraPort = {
  /** Called often; starts and stops streams by itself. `on` while the aircraft is armed or its picture was asked for. */
  update(states: readonly { uid: string; videoPort: number; on: boolean }[], nowMs: number): void;
  close(): void;
};

export type SimDeps = {
  readonly config: Config;
  readonly city: CityFile;
  readonly world: World;
  readonly wall: Clock;
  readonly chance: Chance;
  readonly datagrams: Datagrams;
  readonly dialer: Dialer;
  readonly http: HttpClient;
  readonly tools: SignTools;
  readonly keys: { readonly cad: SourceKey; readonly shots: SourceKey } & ReaderPostsDeps["keys"];
  readonly stationUrl: string;
  readonly docksUrl: string;
  readonly token: string;
  readonly dockToken: string;
  readonly scenarios: readonly Scenario[];
  readonly log: Log;
  readonly seed: number;
  readonly lowFidelity: boolean;
  readonly demoAfterMs: number;
  /** Makes a small picture of a plate, base64 JPEG; absent where nothing looks at pictures. */
  readonly crop?: (plate: string, done: (jpegBase64: string | undefined) => void) => void;
  readonly cameras?: (sim: Sim) => CameraPort;
  /** Real PX4s in the place of the simulator's own autopilot. */
  readonly px4?: Px4Seats;
  /** What the aircraft sign with, as if given it by cable. */
  readonly signingKey?: Uint8Array;
};

const stepMs = 20;
/** Cheap kinematics need no fine steps: a storm of many hours does not wake the world fifty times a second. */
const coarseStepMs = 100;
const mostStepMs = 1_000;
const trafficEveryMs = 100;
const coarseTrafficEveryMs = 500;
const truthEveryMs = 500;
const coarseTruthEveryMs = 2_000;

/** The simulated sky and city. It speaks the outside wires towards the product, and the sim wire to the trainer's desk. */
export class Sim {
  readonly clock: RunClock;
  readonly aircraft: readonly SimAircraft[];
  readonly streets: StreetLife;
  readonly deps: SimDeps;
  readonly sky: Sky;
  readonly #faults = new FaultSet();
  readonly #docks: readonly DockHost[];
  readonly #wire: StationWire;
  readonly #incidents: IncidentMaker;
  readonly #happenings: Happenings;
  readonly #readers: ReaderPosts;
  readonly #injects: InjectDesk;
  readonly #environment: { env: AirEnvironment };
  readonly #cameras: CameraPort | undefined;
  readonly #truthAlerts: { point: GeoPoint; text: string }[] = [];
  readonly #videoOffUntilMs = new Map<string, number>();
  readonly #pace = new RunPace();
  #run: RunState;
  #steppedMs: number;
  readonly #grid: CityGrid;
  readonly #callers: RunChance;
  readonly #misreads: RunChance;
  #catchUp: CatchUp | undefined;
  #lastTruthMs = 0;
  #closed = false;

  constructor(deps: SimDeps) {
    this.deps = deps;
    const startMs = deps.wall.nowMs();
    this.#steppedMs = startMs;
    const scenario = deps.scenarios[0];
    if (scenario === undefined) throw new Error("no scenario found: sim/scenarios needs at least one YAML file");
    this.clock = new RunClock(deps.wall, { runId: deps.chance.id("run"), epochMs: startMs, rate: 1, paused: false });
    this.#run = new RunState(scenario, deps.seed, this.clock.timing.runId, startMs);
    this.#environment = { env: environmentOf(deps.world, deps.config, scenario) };
    this.#callers = new RunChance(deps.chance, deps.seed, 41);
    this.#misreads = new RunChance(deps.chance, deps.seed, 42);
    this.#grid = new CityGrid(deps.lowFidelity ? coarseTrafficEveryMs : trafficEveryMs, startMs);
    const poster = new Poster({
      http: deps.http,
      wall: deps.wall,
      chance: deps.chance,
      tools: deps.tools,
      base: deps.stationUrl,
      log: deps.log,
    });
    this.aircraft = makeAircraft({
      deps,
      environment: this.#environment,
      faults: this.#faults,
      startMs,
      runMs: () => this.clock.nowMs(),
    });
    this.sky = new Sky({ ...deps, faults: this.#faults, aircraft: () => this.aircraft });
    this.#docks = deps.config.docks.map((dock) => new DockHost({ dock, sim: this, faults: this.#faults, startMs }));
    this.streets = new StreetLife({ ...deps, scenario, startMs: 0, told: (text) => this.#said("world", text) });
    this.#readers = new ReaderPosts({
      readers: deps.config.cameras.filter((c) => c.kind === "reader"),
      world: deps.world,
      chance: this.#misreads,
      poster,
      keys: deps.keys,
      errors: deps.config.sim?.sensors,
      crop: deps.crop ?? ((_plate, done) => done(undefined)),
    });
    this.#incidents = new IncidentMaker({
      world: deps.world,
      chance: this.#callers,
      poster,
      keys: deps.keys,
      middle: middleOf(deps.config),
      radiusM: 450,
      sensors: deps.config.sim?.sensors,
      nowMs: () => this.clock.nowMs(),
      after: (delayMs, run) => this.afterInRun(delayMs, run),
      told: (text, point) => this.#happened(text, point),
    });
    this.#injects = new InjectDesk({
      sim: this,
      faults: this.#faults,
      incidents: this.#incidents,
      readers: this.#readers,
      videoOffUntilMs: this.#videoOffUntilMs,
      changeAir: (change) => {
        this.#environment.env = { ...this.#environment.env, ...change };
      },
    });
    this.#happenings = new Happenings({
      incidents: this.#incidents,
      streets: this.streets,
      world: deps.world,
      chance: this.#callers,
      clock: { nowMs: () => this.cityMs, after: (delayMs, run) => this.afterInRun(delayMs, run) },
      inject: (inject) => this.inject(inject),
    });
    this.#wire = new StationWire({
      dialer: deps.dialer,
      wall: deps.wall,
      url: `${deps.stationUrl.replace(/^http/, "ws")}/sim`,
      token: deps.token,
      log: deps.log,
      onOpen: () => this.#greet(),
      onMessage: (message) => this.#obey(message),
    });
    this.#cameras = deps.cameras?.(this);
  }

  start(): void {
    this.#wire.start();
    for (const dock of this.#docks) dock.start();
    this.#loop();
  }

  close(): void {
    this.#closed = true;
    this.#wire.close();
    this.#cameras?.close();
    for (const host of this.aircraft) host.close();
    for (const dock of this.#docks) dock.close();
  }

  onPad(at: { readonly eastM: number; readonly northM: number }, radiusM: number): SimAircraft | undefined {
    return this.aircraft.find((host) => {
      const { truth } = host.autopilot;
      const offE = truth.eastM - at.eastM;
      const offN = truth.northM - at.northM;
      return offE * offE + offN * offN < radiusM * radiusM && host.onGround;
    });
  }

  get wind(): { windMps: number; windFromDeg: number; gustMps: number } {
    const { wind } = this.#environment.env;
    return {
      windMps: wind.speedAt10Mps,
      windFromDeg: wind.fromDeg,
      gustMps: wind.speedAt10Mps + 2.5 * (wind.gustSigmaMps ?? 0),
    };
  }

  get air(): AirEnvironment {
    return this.#environment.env;
  }

  /** Time of the streets, from the run's start: lights of the same night change at the same moments. */
  get cityMs(): number {
    return this.clock.nowMs() - this.#run.startMs;
  }

  vehicles(): readonly Vehicle[] {
    return this.streets.traffic.vehicles;
  }

  #loop(): void {
    if (this.#closed) return;
    // After the machine slept the world catches up second by second: one leap would be an hour of flight in one step.
    this.#steppedMs = Math.min(this.clock.nowMs(), this.#steppedMs + mostStepMs);
    this.#step(this.#steppedMs);
    this.#keepPace();
    this.clock.after(this.deps.lowFidelity ? coarseStepMs : stepMs, () => this.#loop());
  }

  /** With real PX4s the run goes as fast as the slowest of them, and says so to all who follow its clock. */
  #keepPace(): void {
    const lags = this.aircraft.flatMap((host) => (host instanceof Px4Host ? [host.lag()] : []));
    const rate = this.#pace.look(lags, this.clock.timing.rate, this.deps.wall.nowMs());
    if (rate !== undefined) this.#retime({ rate });
  }

  #step(nowMs: number): void {
    for (const host of this.aircraft) host.step(nowMs);
    for (const atMs of this.#grid.due(nowMs)) this.#stepCity(atMs);
    if (nowMs - this.#lastTruthMs >= (this.deps.lowFidelity ? coarseTruthEveryMs : truthEveryMs)) {
      this.#lastTruthMs = nowMs;
      this.#tell(nowMs);
    }
  }

  #stepCity(nowMs: number): void {
    for (const dock of this.#docks) dock.step(nowMs);
    this.streets.step(nowMs - this.#run.startMs);
    this.sky.step(nowMs);
    this.#readers.step(this.vehicles(), nowMs);
    this.#cameras?.update(cameraStatesOf(this.aircraft, this.#videoOffUntilMs, nowMs), nowMs);
    for (const event of this.#run.due(nowMs)) this.#happenings.happen(event);
    if (this.#run.demoIsDue(nowMs)) this.#happenings.demo("both");
    for (const deed of this.#catchUp?.due(nowMs) ?? []) this.#make(deed);
    if (this.#catchUp?.isOver(nowMs)) {
      this.#catchUp = undefined;
      this.#pace.want(1);
      this.#retime({ rate: 1, paused: true });
    }
  }

  /** A trainer's deed, now or lived again. */
  #make(deed: TrainerDeed): void {
    if (deed.kind === "incident") this.#happenings.demo(deed.which);
    else this.inject(deed);
  }

  /** Calls once after so much run time, unless another run has begun by then. */
  afterInRun(delayMs: number, run: () => void): Cancel {
    const { runId } = this.#run;
    return this.clock.after(delayMs, () => {
      if (this.#run.runId === runId) run();
    });
  }

  #greet(): void {
    this.#wire.send(helloOf(this.deps.scenarios, this.deps.px4 === undefined));
    this.#sayRun();
  }

  /** Under way as long as it is told with one id: a new pace or greeting neither starts nor ends it. */
  #sayRun(): void {
    this.#wire.send({
      kind: "run",
      timing: this.clock.timing,
      scenario: this.#run.scenario.id,
      seed: this.#run.seed,
      started: true,
      ...(this.#run.branch === undefined ? {} : { branch: this.#run.branch }),
      ...(this.#catchUp === undefined ? {} : { catchingUpToMs: this.#catchUp.untilMs }),
    });
  }

  #tell(nowMs: number): void {
    this.#run.expectations.step(nowMs);
    this.#wire.send(truthOf(this, this.#truthAlerts, nowMs));
    this.#wire.send(scoreOf(this.#run.expectations));
  }

  #obey(message: StationToSim): void {
    switch (message.kind) {
      case "welcome":
        return;
      case "start":
        return this.#startRun(message.scenario, message.seed);
      case "stop":
        return this.#startRun(this.deps.scenarios[0]?.id ?? "", this.deps.seed);
      case "rewind":
        return this.#startRun(message.scenario, message.seed, message);
      case "pause":
        return this.#retime({ paused: message.paused });
      case "rate":
        return this.#retime({ rate: this.#pace.want(message.rate, this.deps.px4 && this.clock.timing.rate) });
      case "inject":
        return this.inject(message.inject);
      case "fact":
        this.sky.onFact(message.type, message.data);
        return this.#run.onFact(message.type, message.tMs, message.data, this.deps.demoAfterMs);
      case "demoIncident":
        return this.#happenings.demo(message.which);
      default:
        return assertNever(message);
    }
  }

  #retime(change: { paused?: boolean; rate?: number }): void {
    this.clock.retime({ ...this.clock.timing, ...change });
    this.#sayRun();
  }

  /**
   * A new run begins where everything stands: aircraft must be on the ground, or the past would fly on into it. Taken
   * back to a mark they are carried home first: whoever asked for that saw them fly.
   */
  #startRun(scenarioId: string, seed: number, back?: Rewind): void {
    const scenario = this.deps.scenarios.find((one) => one.id === scenarioId);
    if (scenario === undefined) return this.#said("world", `No scenario ${scenarioId}`);
    if (back !== undefined) for (const host of this.aircraft) host.putBack?.();
    if (this.aircraft.some((host) => !host.onGround))
      return this.#said("world", "Not started: bring every aircraft home first");
    this.sky.clear();
    this.#injects.forget();
    this.#truthAlerts.length = 0;
    const runId = this.deps.chance.id("run");
    const startMs = this.clock.nowMs();
    this.#catchUp = back && new CatchUp(back, startMs);
    const rate = this.#catchUp?.rate ?? 1;
    this.#pace.want(rate);
    this.clock.retime({ ...this.clock.timing, runId, rate, paused: false });
    this.#run = new RunState(scenario, seed, runId, startMs, back?.branch);
    if (back?.watchAtS !== undefined)
      this.#run.onFact("WatchStarted", startMs + back.watchAtS * 1000, {}, this.deps.demoAfterMs);
    for (const chance of [this.#callers, this.#misreads]) chance.reseed(seed);
    this.streets.begin(scenario, seed, 0);
    this.#incidents.forget();
    this.#grid.restart(startMs);
    this.#environment.env = environmentOf(this.deps.world, this.deps.config, scenario);
    this.#sayRun();
  }

  /** What a trainer or a scenario causes. */
  inject(wanted: AnyInject): void {
    this.#said("inject", this.#injects.make(wanted));
  }

  #happened(text: string, point: GeoPoint): void {
    this.#truthAlerts.push({ point, text });
    if (this.#truthAlerts.length > 20) this.#truthAlerts.shift();
    this.streets.incidentAt(this.deps.world.frame.toLocal(point), this.cityMs);
    this.#said("world", text);
  }

  #said(lane: "world" | "inject" | "trainee", text: string): void {
    this.#wire.send(this.#run.event(lane, text, this.clock.nowMs()));
  }
}
