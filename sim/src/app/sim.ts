import {
  type AnyInject,
  assertNever,
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
} from "@outrider/contract";
import type { World } from "@outrider/geo";
import type { AirEnvironment } from "../air/index.js";
import type { AutopilotWorld } from "../autopilot/index.js";
import { FaultSet } from "../faults/index.js";
import type { Scenario } from "../scenario/index.js";
import type { SignTools, SourceKey } from "../sensors/index.js";
import { Traffic, type Vehicle } from "../traffic/index.js";
import { AircraftHost } from "./aircraft-host.js";
import { DockHost } from "./dock-host.js";
import { Happenings } from "./happenings.js";
import { IncidentMaker } from "./incident-maker.js";
import { InjectDesk } from "./inject-desk.js";
import { Poster } from "./poster.js";
import { ReaderPosts } from "./reader-posts.js";
import { RunState } from "./run-state.js";
import { environmentOf, headingOf, middleOf } from "./sim-world.js";
import { Sky } from "./sky.js";
import { StationWire } from "./station-wire.js";

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
  readonly keys: { readonly cad: SourceKey; readonly shots: SourceKey; readonly readers: SourceKey };
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
  readonly aircraft: readonly AircraftHost[];
  readonly traffic: Traffic;
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
  #run: RunState;
  #steppedMs: number;
  #lastTrafficMs = 0;
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
    const poster = new Poster({
      http: deps.http,
      wall: deps.wall,
      chance: deps.chance,
      tools: deps.tools,
      base: deps.stationUrl,
      log: deps.log,
    });
    this.aircraft = this.#makeAircraft(startMs);
    this.sky = new Sky({ ...deps, faults: this.#faults, aircraft: () => this.aircraft });
    this.#docks = deps.config.docks.map((dock) => new DockHost({ dock, sim: this, faults: this.#faults, startMs }));
    this.traffic = new Traffic({
      graph: deps.world.roads.graph,
      chance: deps.chance,
      count: scenario.vehicles,
      startMs,
    });
    this.#readers = new ReaderPosts({
      readers: deps.config.cameras.filter((c) => c.kind === "reader"),
      world: deps.world,
      chance: deps.chance,
      poster,
      key: deps.keys.readers,
      crop: deps.crop ?? ((_plate, done) => done(undefined)),
    });
    this.#incidents = new IncidentMaker({
      world: deps.world,
      chance: deps.chance,
      poster,
      keys: deps.keys,
      middle: middleOf(deps.config),
      radiusM: 450,
      nowMs: () => this.clock.nowMs(),
      told: (text, point) => this.#happened(text, point),
    });
    this.#injects = new InjectDesk({
      sim: this,
      faults: this.#faults,
      incidents: this.#incidents,
      readers: this.#readers,
      videoOffUntilMs: this.#videoOffUntilMs,
      setWind: (wind) => {
        this.#environment.env = { ...this.#environment.env, wind };
      },
    });
    this.#happenings = new Happenings({
      incidents: this.#incidents,
      traffic: this.traffic,
      world: deps.world,
      chance: deps.chance,
      clock: this.clock,
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

  onPad(at: { readonly eastM: number; readonly northM: number }, radiusM: number): AircraftHost | undefined {
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

  vehicles(): readonly Vehicle[] {
    return this.traffic.vehicles;
  }

  #makeAircraft(startMs: number): readonly AircraftHost[] {
    const { config, world } = this.deps;
    const environment = this.#environment;
    const autopilotWorld: AutopilotWorld = {
      frame: world.frame,
      get env() {
        return environment.env;
      },
      epochUnixMs: 0,
      geoidUndulationM: world.geoidUndulationM,
    };
    const params = Object.fromEntries(
      Object.entries(config.failsafeParameters).map(([name, entry]) => [name, entry.value]),
    );
    return config.aircraft.map((aircraft, index) => {
      const dock = config.docks.find((one) => one.dockId === aircraft.dockId);
      if (dock === undefined)
        throw new Error(
          `aircraft ${aircraft.callSign}: its dock ${aircraft.dockId} is not among the docks of the configuration`,
        );
      return new AircraftHost({
        aircraft,
        sysid: index + 1,
        pad: dock.point,
        world: autopilotWorld,
        seed: this.deps.seed + index * 97,
        params,
        faults: this.#faults,
        chance: this.deps.chance,
        datagrams: this.deps.datagrams,
        bridge: { host: "127.0.0.1", port: config.listen.mavlinkUdp },
        bootMs: startMs,
        lowFidelity: this.deps.lowFidelity,
        log: this.deps.log,
      });
    });
  }

  #loop(): void {
    if (this.#closed) return;
    // After the machine slept the world catches up second by second: one leap would be an hour of flight in one step.
    this.#steppedMs = Math.min(this.clock.nowMs(), this.#steppedMs + mostStepMs);
    this.#step(this.#steppedMs);
    this.clock.after(this.deps.lowFidelity ? coarseStepMs : stepMs, () => this.#loop());
  }

  #step(nowMs: number): void {
    for (const host of this.aircraft) host.step(nowMs);
    if (nowMs - this.#lastTrafficMs >= (this.deps.lowFidelity ? coarseTrafficEveryMs : trafficEveryMs)) {
      this.#lastTrafficMs = nowMs;
      for (const dock of this.#docks) dock.step(nowMs);
      this.traffic.step(nowMs);
      this.sky.step(nowMs);
      this.#readers.step(this.traffic.vehicles, nowMs);
      this.#cameras?.update(this.#cameraStates(nowMs), nowMs);
      for (const event of this.#run.due(nowMs)) this.#happenings.happen(event);
      if (this.#run.demoIsDue(nowMs)) this.#happenings.demo("both");
    }
    if (nowMs - this.#lastTruthMs >= (this.deps.lowFidelity ? coarseTruthEveryMs : truthEveryMs)) {
      this.#lastTruthMs = nowMs;
      this.#tell(nowMs);
    }
  }

  #cameraStates(nowMs: number): readonly { uid: string; videoPort: number; on: boolean }[] {
    return this.aircraft.map((host) => ({
      uid: host.config.uid,
      videoPort: host.config.videoPort,
      on: host.autopilot.status().armed && nowMs >= (this.#videoOffUntilMs.get(host.config.uid) ?? 0),
    }));
  }

  #greet(): void {
    this.#wire.send({
      kind: "hello",
      version: 1,
      scenarios: this.deps.scenarios.map(({ id, title, text, minutes }) => ({ id, title, text, minutes })),
    });
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
    });
  }

  #tell(nowMs: number): void {
    this.#run.expectations.step(nowMs);
    const { frame } = this.deps.world;
    this.#wire.send({
      kind: "truth",
      tMs: nowMs,
      alerts: this.#truthAlerts,
      aircraft: this.aircraft.map((host) => ({
        uid: host.config.uid,
        callSign: host.config.callSign,
        point: frame.toGeo(host.autopilot.truth),
        altAmslM: host.autopilot.truth.altAmslM,
        headingDeg: headingOf(host.autopilot.truth),
        batteryPct: host.autopilot.status().charge * 100,
      })),
      vehicles: this.traffic.vehicles.map((v) => ({
        vehicleId: v.vehicleId,
        point: frame.toGeo(v),
        headingDeg: v.headingDeg,
        speedMps: v.speedMps,
        sought: v.sought,
      })),
    });
    const score = this.#run.expectations.score();
    this.#wire.send({
      kind: "score",
      expectations: [...this.#run.expectations.states()],
      ...(score === undefined ? {} : { score }),
    });
  }

  #obey(message: StationToSim): void {
    switch (message.kind) {
      case "welcome":
        return;
      case "start":
        return this.#startRun(message.scenario, message.seed);
      case "stop":
        return this.#startRun(this.deps.scenarios[0]?.id ?? "", this.deps.seed);
      case "pause":
        return this.#retime({ paused: message.paused });
      case "rate":
        return this.#retime({ rate: message.rate });
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

  /** A new run begins where everything stands: aircraft must be on the ground, or the past would fly on into it. */
  #startRun(scenarioId: string, seed: number): void {
    const scenario = this.deps.scenarios.find((one) => one.id === scenarioId);
    if (scenario === undefined) return this.#said("world", `No scenario ${scenarioId}`);
    if (this.aircraft.some((host) => !host.onGround))
      return this.#said("world", "Not started: bring every aircraft home first");
    this.#faults.clearAll();
    this.sky.clear();
    this.#videoOffUntilMs.clear();
    this.#readers.misread = false;
    this.#truthAlerts.length = 0;
    const runId = this.deps.chance.id("run");
    this.clock.retime({ ...this.clock.timing, runId, rate: 1, paused: false });
    this.#run = new RunState(scenario, seed, runId, this.clock.nowMs());
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
    this.#said("world", text);
  }

  #said(lane: "world" | "inject" | "trainee", text: string): void {
    this.#wire.send(this.#run.event(lane, text, this.clock.nowMs()));
  }
}
