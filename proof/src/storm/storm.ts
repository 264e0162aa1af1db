import type { Fact } from "@outrider/contract";
import type { SignTools } from "@outrider/sim";
import { ArmingWatch } from "./arming-watch.js";
import { type Breach, Breaches } from "./breach.js";
import { startCallers } from "./callers.js";
import { startChaos } from "./chaos.js";
import { EventQueue, ProcessClock } from "./event-queue.js";
import { FlightWatch } from "./flight-watch.js";
import { BridgeMachine, StationMachine, WorldMachine } from "./machines.js";
import { PilotBot } from "./pilot-bot.js";
import { factsOf, RecordWatch } from "./record-watch.js";
import { SeededChance } from "./seeded-chance.js";
import type { Platters } from "./sim-disk.js";
import { SimNetwork } from "./sim-network.js";
import { Snoop, type SnoopRole } from "./snoop.js";
import type { StormSite } from "./storm-site.js";
import { StormUser, type UserDeps } from "./storm-user.js";
import { WireTap } from "./wire-tap.js";

export type StormOptions = {
  readonly seed: number;
  readonly minutes: number;
  readonly site: StormSite;
  readonly tools: SignTools;
  readonly sha256Hex: (bytes: Uint8Array) => string;
  readonly tell?: (tMs: number, what: string) => void;
  /** Breaks the world on purpose, once it runs: proves that the watchers see it. */
  readonly sabotage?: (world: StormWorld) => void;
};

export type StormWorld = { readonly queue: EventQueue; readonly net: SimNetwork; readonly recordDisk: Platters };

export type StormResult = {
  readonly seed: number;
  readonly breaches: readonly Breach[];
  readonly facts: number;
  readonly events: number;
  readonly arms: number;
  readonly airborneS: number;
  readonly recordHash: string;
  readonly counts: Readonly<Record<string, number>>;
};

const startMs = 1_767_225_600_000;
/** Every so many seeds one flies with MAVLink signing, all the way through kills, cuts and full disks. */
const signedEvery = 4;
const signingKey = new Uint8Array(32).fill(0x5a);
export const recordFile = "record.ndjson";

/** One seed: a whole fleet, station and bridge in one process, under load and trouble, watched all the time. */
export function runStorm(options: StormOptions): StormResult {
  const queue = new EventQueue(startMs);
  const world = new Storm(options, queue);
  world.begin();
  const endMs = startMs + options.minutes * 60_000;
  while (queue.step(endMs));
  return world.end();
}

class Storm {
  readonly #options: StormOptions;
  readonly #queue: EventQueue;
  readonly #breaches: Breaches;
  readonly #arming: ArmingWatch;
  readonly #record: RecordWatch;
  readonly #flight: FlightWatch;
  readonly #station: StationMachine;
  readonly #bridge: BridgeMachine;
  readonly #world: WorldMachine;
  readonly #net: SimNetwork;
  readonly #outside: ProcessClock;
  readonly #counts = new Map<string, number>();
  readonly #pilots: { user: StormUser; present: () => boolean }[] = [];
  readonly #moments: SeededChance;
  #toldSeq = 0;
  #lastLaunchId: string | undefined;

  constructor(options: StormOptions, queue: EventQueue) {
    this.#options = options;
    this.#queue = queue;
    this.#net = new SimNetwork(new SeededChance(options.seed, 98));
    this.#outside = new ProcessClock(queue);
    this.#moments = new SeededChance(options.seed, 95);
    this.#breaches = new Breaches(() => queue.nowMs - startMs);
    const sysids = new Map(options.site.config.aircraft.map((one, index) => [one.uid, index + 1]));
    this.#arming = new ArmingWatch(this.#breaches, sysids, () => factsOf(this.#recordBytes()));
    this.#record = new RecordWatch(this.#breaches);
    this.#flight = new FlightWatch(this.#breaches);
    const tap = new WireTap();
    tap.onCommand((command) => this.#arming.onCommand(command, queue.nowMs));
    const around = {
      queue,
      net: this.#net,
      site: options.site,
      seed: options.seed,
      tools: options.tools,
      log: this.#log,
      ...(options.seed % signedEvery === 0 ? { signingKey } : {}),
    };
    this.#station = new StationMachine(around);
    this.#bridge = new BridgeMachine(around);
    this.#world = new WorldMachine(around, this.#station, tap);
    this.#station.onStation = (station) => {
      // What became durable in the moment of a crash was told to nobody: the watchers read it from the disk, as the station did.
      for (const fact of this.#record.check(this.#recordBytes(), false))
        if (fact.seq > this.#toldSeq) this.#know(fact, false);
      station.kernel.onDurable((fact, late) => {
        this.#record.onTold(fact);
        this.#know(fact, late);
      });
    };
  }

  readonly #log = (level: string, what: string, fields?: Readonly<Record<string, unknown>>): void => {
    // A part that throws on a fact is a bug even when every invariant still holds.
    if (level === "error" && fields?.["part"] !== undefined)
      this.#breaches.say("PART", `${what}: ${String(fields["part"])} ${String(fields["error"]).slice(0, 600)}`);
    if (level === "error" || level === "warn")
      this.#options.tell?.(
        this.#queue.nowMs - startMs,
        `${level} ${what} ${JSON.stringify(fields ?? {}).slice(0, 300)}`,
      );
  };

  begin(): void {
    this.#station.boot();
    this.#bridge.boot();
    this.#world.boot();
    this.#pilot("pic", 1);
    this.#pilot("all", 2);
    // One stranger to the others' desks a seed, in turn: four would make every storm slower and find no more.
    this.#snoop((["rtcc", "trainer", "supervisor", "pic"] as const)[this.#options.seed % 4] ?? "rtcc");
    startCallers({
      clock: this.#outside,
      chance: new SeededChance(this.#options.seed, 97),
      site: this.#options.site,
      http: this.#world.http(this.#outside),
      tools: this.#options.tools,
      acknowledged: (alertId) => this.#record.acknowledged(alertId),
    });
    startChaos({
      queue: this.#queue,
      chance: new SeededChance(this.#options.seed, 96),
      net: this.#net,
      station: this.#station,
      bridge: this.#bridge,
      told: (what) => this.#options.tell?.(this.#queue.nowMs - startMs, what),
    });
    this.#everySecond();
    this.#options.sabotage?.({ queue: this.#queue, net: this.#net, recordDisk: this.#station.platters });
  }

  end(): StormResult {
    const bytes = this.#recordBytes();
    const facts = this.#record.check(bytes, true);
    return {
      seed: this.#options.seed,
      breaches: this.#breaches.list,
      facts: facts.length,
      events: this.#queue.ran,
      arms: this.#arming.arms,
      airborneS: this.#flight.airborneS,
      recordHash: this.#options.sha256Hex(bytes),
      counts: Object.fromEntries(this.#counts),
    };
  }

  #recordBytes(): Uint8Array {
    return this.#station.platters.get(recordFile) ?? new Uint8Array(0);
  }

  #know(fact: Fact, late: boolean): void {
    this.#toldSeq = Math.max(this.#toldSeq, fact.seq);
    this.#counts.set(fact.type, (this.#counts.get(fact.type) ?? 0) + 1);
    this.#options.tell?.(fact.tMs - startMs, `${fact.seq} ${fact.type} ${JSON.stringify(fact.data).slice(0, 160)}`);
    if (fact.type === "LaunchProposed") this.#lastLaunchId = fact.data.launchId;
    this.#arming.onFact(fact, late);
  }

  /** Somebody at a screen: what his rooms show is held against the record. */
  #user(role: UserDeps["role"], { onRoom, ...rest }: Pick<UserDeps, "onReady" | "onAnswer" | "onRoom">): StormUser {
    const clock = this.#outside;
    const lastShown = new Map<string, number>();
    return new StormUser({
      ...rest,
      clock,
      net: this.#net,
      http: this.#world.http(clock),
      role,
      onRoom: (message, view) => {
        lastShown.set(message.room, this.#record.shown(message.room, message.facts, lastShown.get(message.room) ?? 0));
        onRoom(message, view);
      },
    });
  }

  #pilot(role: "pic" | "all", stream: number): void {
    const clock = this.#outside;
    const user: StormUser = this.#user(role, {
      onReady: () => bot.onReady(),
      onAnswer: (act, status, body) => {
        if (status >= 400 || status === 0)
          this.#options.tell?.(this.#queue.nowMs - startMs, `${role} ${act} -> ${status} ${body.slice(0, 200)}`);
      },
      onRoom: ({ room }, view) => bot.onRoom(room, view),
    });
    const bot: PilotBot = new PilotBot(user, clock, new SeededChance(this.#options.seed, 10 + stream), () =>
      this.#fullForAMoment(),
    );
    this.#pilots.push({ user, present: () => user.connected && user.present });
    user.start();
    bot.start();
  }

  /** The disk is full just while a pilot approves, and has room again within the approval's time: rare by itself. */
  #fullForAMoment(): void {
    const { platters } = this.#station;
    if (this.#moments.unit() > 0.15 || platters.full) return;
    this.#options.tell?.(this.#queue.nowMs - startMs, "station's disk full for a moment");
    platters.full = true;
    this.#queue.at(this.#queue.nowMs + 5 + this.#moments.unit() * 900, () => {
      platters.full = false;
    });
  }

  #snoop(role: SnoopRole): void {
    const clock = this.#outside;
    const user: StormUser = this.#user(role, {
      onReady: () => snoop.onReady(),
      onRoom: ({ room }) => snoop.onRoom(room),
    });
    const snoop: Snoop = new Snoop({
      user,
      role,
      clock,
      chance: new SeededChance(this.#options.seed, 20),
      say: (what) => this.#breaches.say("INV-10", what),
      seen: () => ({ launchId: this.#lastLaunchId, uid: this.#options.site.config.aircraft[0]?.uid ?? "" }),
    });
    user.start();
    snoop.start();
  }

  #everySecond(): void {
    this.#queue.at(this.#queue.nowMs + 1_000, () => {
      const sim = this.#world.sim;
      const attended = this.#station.alive && this.#pilots.some((pilot) => pilot.present());
      if (sim !== undefined) this.#flight.look(sim, attended, this.#queue.nowMs);
      this.#everySecond();
    });
  }
}
