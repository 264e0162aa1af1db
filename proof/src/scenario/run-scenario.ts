import type { Fact, GeoPoint } from "@outrider/contract";
import { type ExpectationState, Expectations, type Scenario, type SignTools } from "@outrider/sim";
import { EventQueue, ProcessClock } from "../storm/event-queue.js";
import { BridgeMachine, StationMachine, type Surroundings } from "../storm/machines.js";
import { SeededChance } from "../storm/seeded-chance.js";
import { SimNetwork } from "../storm/sim-network.js";
import type { StormSite } from "../storm/storm-site.js";
import { StormUser } from "../storm/storm-user.js";
import { defaultTrainee } from "./default-trainee.js";
import { ScenarioWorld } from "./scenario-world.js";
import { Trainee } from "./trainee.js";

export type ScenarioOptions = {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly site: StormSite;
  readonly tools: SignTools;
  /** Called with run time (negative before the start) and a line of the story. */
  readonly tell?: (tMs: number, what: string) => void;
  /** Every datagram between simulator and bridge and every fact of the record, in order: what two runs are compared by. */
  readonly onBytes?: (bytes: Uint8Array) => void;
};

export type ScenarioResult = {
  readonly score: number | undefined;
  readonly expectations: readonly ExpectationState[];
  /** What the product did, by the names of its facts. */
  readonly counts: Readonly<Record<string, number>>;
  readonly simulatedS: number;
  /** False where the run never began: then nothing was judged. */
  readonly started: boolean;
};

const startMs = 1_767_225_600_000;
const watchAfterMs = 12_000;
const runAfterMs = 45_000;
const lookEveryMs = 1_000;

/** One scenario with the whole product in one process over simulated time: as fast as the machine goes, no people. */
export function runScenario(options: ScenarioOptions): ScenarioResult {
  const run = new ScenarioRun(options);
  run.begin();
  return run.toEnd();
}

class ScenarioRun {
  readonly #options: ScenarioOptions;
  readonly #queue = new EventQueue(startMs);
  readonly #clock: ProcessClock;
  readonly #net: SimNetwork;
  readonly #station: StationMachine;
  readonly #bridge: BridgeMachine;
  readonly #world: ScenarioWorld;
  readonly #counts = new Map<string, number>();
  readonly #trainee: Trainee;
  readonly #users: readonly StormUser[];
  #expectations: Expectations | undefined;
  #startedMs: number | undefined;
  #lastPlace: GeoPoint | undefined;

  constructor(options: ScenarioOptions) {
    this.#options = options;
    const queue = this.#queue;
    this.#clock = new ProcessClock(queue);
    this.#net = new SimNetwork(new SeededChance(options.seed, 98), options.onBytes);
    const { site, seed, tools } = options;
    const sky: Surroundings["sky"] = (clock) => this.#world.sky(clock);
    const around: Surroundings = { queue, net: this.#net, site, seed, tools, log: this.#log, sky };
    this.#station = new StationMachine(around);
    this.#bridge = new BridgeMachine(around);
    this.#world = new ScenarioWorld(around, this.#station, options.scenario);
    this.#station.onStation = (station) => station.kernel.onDurable((fact) => this.#know(fact));
    const user = this.#user("all");
    const second = this.#user("pic");
    this.#users = [user, second];
    this.#trainee = new Trainee({
      lines: options.scenario.trainee ?? defaultTrainee,
      clock: this.#clock,
      user,
      second,
      lastPlace: () => this.#lastPlace,
      told: (what) => this.#tell(what),
    });
  }

  readonly #log = (level: string, what: string, fields?: Readonly<Record<string, unknown>>): void => {
    if (level === "error") this.#tell(`error ${what} ${JSON.stringify(fields ?? {}).slice(0, 300)}`);
  };

  begin(): void {
    this.#station.boot();
    this.#bridge.boot();
    this.#world.boot();
    for (const user of this.#users) user.start();
    this.#clock.after(watchAfterMs, () => this.#watch());
    this.#clock.after(runAfterMs, () => this.#startRun());
    this.#look();
  }

  toEnd(): ScenarioResult {
    const longestMs = runAfterMs + 30_000 + this.#options.scenario.minutes * 60_000;
    while (this.#queue.nowMs < startMs + longestMs && !this.#settled && this.#queue.step(startMs + longestMs));
    this.#expectations?.step(this.#queue.nowMs);
    this.#expectations?.finish();
    return {
      score: this.#expectations?.score(),
      expectations: this.#expectations?.states() ?? [],
      counts: Object.fromEntries(this.#counts),
      simulatedS: (this.#queue.nowMs - startMs) / 1000,
      started: this.#startedMs !== undefined,
    };
  }

  /** Nothing is left to judge; a scenario without expectations runs its whole time. */
  get #settled(): boolean {
    const states = this.#expectations?.states() ?? [];
    return states.length > 0 && states.every((one) => one.state !== "open");
  }

  /** Both pilots go on watch only where an aircraft is to change hands: else every card would have two readers. */
  #watch(): void {
    const hands = this.#options.scenario.trainee?.some((line) => line.act.do === "handOver") === true;
    for (const user of hands ? this.#users : this.#users.slice(0, 1))
      user.act("startWatch", { soundTested: true, notConfiguredRead: true });
  }

  #startRun(): void {
    const { scenario, seed } = this.#options;
    this.#users[0]?.act("startRun", { scenario: scenario.id, seed });
  }

  #look(): void {
    this.#clock.after(lookEveryMs, () => {
      this.#expectations?.step(this.#queue.nowMs);
      this.#look();
    });
  }

  #know(fact: Fact): void {
    const { scenario } = this.#options;
    if (fact.type === "RunStarted" && fact.data.scenario === scenario.id) {
      this.#startedMs = fact.tMs;
      this.#expectations = new Expectations(scenario.expect, fact.tMs);
      this.#trainee.onStart();
    }
    this.#options.onBytes?.(new TextEncoder().encode(JSON.stringify(fact)));
    this.#tell(`${fact.type} ${JSON.stringify(fact.data).slice(0, 200)}`);
    if (this.#startedMs === undefined) return;
    if (fact.type === "AlertReceived") this.#lastPlace = fact.data.alert.place.point;
    this.#counts.set(fact.type, (this.#counts.get(fact.type) ?? 0) + 1);
    this.#expectations?.onFact(fact.type, fact.tMs, fact.data);
    this.#trainee.onFact(fact);
  }

  #user(role: "all" | "pic"): StormUser {
    const user: StormUser = new StormUser({
      clock: this.#clock,
      net: this.#net,
      http: this.#world.http(this.#clock),
      role,
      onReady: () => (role === "all" ? this.#trainee.onReady() : undefined),
      onRoom: ({ room }, view) => (role === "all" ? this.#trainee.onRoom(room, view) : undefined),
      onAnswer: (act, status, body) => {
        if (status >= 400 || status === 0) this.#tell(`${role} ${act} refused: ${status} ${body.slice(0, 200)}`);
      },
    });
    return user;
  }

  #tell(what: string): void {
    this.#options.tell?.(this.#queue.nowMs - (this.#startedMs ?? startMs + runAfterMs), what);
  }
}
