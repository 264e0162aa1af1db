import {
  type Cancel,
  type Chance,
  type Clock,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
  type Log,
  RunClock,
} from "@outrider/contract";
import { type Bridge, bridgeConfigFrom, createBridge } from "@outrider/drone-bridge";
import { createStation, type Station } from "@outrider/ground-station";
import { type Scenario, type SignTools, Sim, type SimDeps, scenarioSchema } from "@outrider/sim";
import { type EventQueue, ProcessClock } from "./event-queue.js";
import { orderTwin } from "./order-twin.js";
import { SeededChance } from "./seeded-chance.js";
import { Platters, SimDisk } from "./sim-disk.js";
import type { SimNetwork } from "./sim-network.js";
import { type StormSite, stormStationId } from "./storm-site.js";
import type { WireTap } from "./wire-tap.js";

export const stormKeys = { cad: "11".repeat(32), shots: "22".repeat(32), readers: "33".repeat(32) } as const;
const tokens = { bridge: "bridge-token-of-the-storm", sim: "sim-token-of-the-storm" } as const;
const orderKeys = orderTwin("order-key-of-the-storm");
const httpPort = 8080;
const restartMs = 5_000;
export const stormOrigin = `http://127.0.0.1:${httpPort}`;

export type Surroundings = {
  readonly queue: EventQueue;
  readonly net: SimNetwork;
  readonly site: StormSite;
  readonly seed: number;
  readonly tools: SignTools;
  readonly log: Log;
  /** 32 bytes: bridge and aircraft sign MAVLink and hear nothing unsigned; left out: neither signs. */
  readonly signingKey?: Uint8Array;
  /** Where the station hears of other aircraft; left out: nowhere. */
  readonly sky?: (clock: Clock) => NonNullable<Parameters<typeof createStation>[0]["sky"]>;
};

export type StormAnswer =
  | { kind: "ok"; status: number; headers: Readonly<Record<string, string>>; body: string }
  | { kind: "error"; error: Error };

/** An HTTP client that also sees the answer's headers, as a browser does. */
export type StormHttp = {
  request(request: Parameters<HttpClient["request"]>[0], done: (answer: StormAnswer) => void): void;
};

const scenario: Scenario = scenarioSchema.parse({
  id: "storm",
  title: "Storm",
  text: "",
  minutes: 240,
  vehicles: 0,
  wind: { windMps: 3, fromDeg: 240, gustMps: 5 },
  comesByItself: false,
  events: [],
  expect: [],
});
const silent: Log = () => undefined;

/** One process that can be killed and started again; what it wrote to its platters stays. */
export abstract class Machine {
  readonly platters = new Platters();
  protected readonly around: Surroundings;
  protected boots = 0;
  protected clock: ProcessClock;
  protected disk: SimDisk | undefined;
  #alive = false;

  constructor(around: Surroundings) {
    this.around = around;
    this.clock = new ProcessClock(around.queue);
  }

  get alive(): boolean {
    return this.#alive;
  }

  boot(): void {
    this.boots += 1;
    this.#alive = true;
    this.clock = new ProcessClock(this.around.queue);
    const chance = new SeededChance(this.around.seed, this.stream() * 1000 + this.boots);
    this.disk = new SimDisk(this.platters, this.clock, chance);
    this.run(chance);
  }

  /** Power off: no goodbye, half-written bytes stay half written. */
  kill(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.disk?.crash();
    this.clock.stop();
    this.around.net.drop(this.clock);
    this.gone();
  }

  protected runClock(): RunClock {
    return new RunClock(this.clock, { runId: "run-storm", epochMs: this.clock.nowMs(), rate: 1, paused: false });
  }

  protected abstract stream(): number;
  protected abstract run(chance: Chance): void;
  protected abstract gone(): void;
}

export class StationMachine extends Machine {
  station: Station | undefined;
  onStation: ((station: Station) => void) | undefined;
  #unlisten: Cancel | undefined;

  /** HTTP as a browser or a sensor would reach it; undefined while the process is dead. */
  handle(request: HttpRequest, respond: (response: HttpResponse) => void): boolean {
    if (this.station === undefined) return false;
    this.station.handle(request, respond);
    return true;
  }

  protected stream(): number {
    return 1;
  }

  protected run(chance: Chance): void {
    const { site, net, log, sky } = this.around;
    if (this.disk === undefined) return;
    const station = createStation({
      config: site.config,
      city: site.city,
      cityBytes: new Uint8Array(0),
      world: site.world,
      clocks: { run: this.runClock(), wall: this.clock },
      chance,
      disk: this.disk,
      log,
      passwordCheck: (_hash, _password, done) => done(false),
      secrets: {
        bridgeToken: tokens.bridge,
        simToken: tokens.sim,
        sources: new Map([
          ["demo-cad", [{ keyId: "1", secret: stormKeys.cad }]],
          ["demo-shots", [{ keyId: "1", secret: stormKeys.shots }]],
          ["demo-readers", [{ keyId: "1", secret: stormKeys.readers }]],
        ]),
      },
      orderSigner: orderKeys.signer,
      ...(sky === undefined ? {} : { sky: sky(this.clock) }),
      files: new Map(),
      origins: () => [stormOrigin],
      tls: false,
      version: "storm",
      configHash: "storm",
    });
    this.station = station;
    this.#unlisten = net.server(this.clock).listen(
      httpPort,
      "127.0.0.1",
      (info, connection) => station.accept(info, connection),
      () => undefined,
    );
    station.start((result) => {
      if (result.kind === "ready") this.onStation?.(station);
      else if (this.platters.full) this.#startAgain();
      else throw new Error(`the station does not start: ${result.why}`);
    });
  }

  /** It ends rather than act on what it cannot record; a supervisor starts it again until the disk takes facts. */
  #startAgain(): void {
    const { queue } = this.around;
    this.kill();
    queue.at(queue.nowMs + restartMs, () => this.boot());
  }

  protected gone(): void {
    this.#unlisten?.();
    this.station = undefined;
  }
}

export class BridgeMachine extends Machine {
  bridge: Bridge | undefined;

  protected stream(): number {
    return 2;
  }

  protected run(chance: Chance): void {
    const { site, net, signingKey } = this.around;
    if (this.disk === undefined) return;
    const run = this.runClock();
    const config = bridgeConfigFrom(site.config);
    this.bridge = createBridge({
      config: signingKey === undefined ? config : { ...config, signing: "required" },
      ...(signingKey === undefined ? {} : { signingKey }),
      clocks: { run, wall: this.clock },
      chance,
      disk: this.disk,
      datagrams: net.datagrams(this.clock),
      dialer: net.dialer(this.clock),
      messageServer: net.server(this.clock),
      log: silent,
      token: tokens.bridge,
      orderKeys: { kind: "keys", stationId: stormStationId, verifier: orderKeys.verifier },
      stationUrl: `ws://127.0.0.1:${httpPort}/bridge`,
      onTiming: (timing) => run.retime(timing),
    });
    this.bridge.start((error) => {
      if (error) throw error;
    });
  }

  protected gone(): void {
    this.bridge = undefined;
  }
}

/** The world itself: aircraft, docks, callers. It is not killed; it is what the others are proven against. */
export class WorldMachine extends Machine {
  sim: Sim | undefined;
  readonly #station: StationMachine;
  readonly #tap: WireTap;

  constructor(around: Surroundings, station: StationMachine, tap: WireTap) {
    super(around);
    this.#station = station;
    this.#tap = tap;
  }

  protected stream(): number {
    return 3;
  }

  protected run(chance: Chance): void {
    const { site, net } = this.around;
    const uids = site.config.aircraft.map((one) => one.uid);
    const datagrams = this.#tap.datagrams(net.datagrams(this.clock), uids);
    this.sim = new Sim({ ...this.simDeps(chance), datagrams, scenarios: [scenario] });
    this.sim.start();
  }

  /** The simulator's place in this world: its network, its keys and its city. */
  protected simDeps(chance: Chance): Omit<SimDeps, "scenarios" | "datagrams"> {
    const { site, net, tools, seed, signingKey } = this.around;
    const key = (sourceId: string, keyHex: string) => ({ sourceId, keyId: "1", keyHex });
    return {
      config: site.config,
      city: site.city,
      world: site.world,
      wall: this.clock,
      chance,
      dialer: net.dialer(this.clock),
      http: this.http(this.clock),
      tools,
      keys: {
        cad: key("demo-cad", stormKeys.cad),
        shots: key("demo-shots", stormKeys.shots),
        readers: key("demo-readers", stormKeys.readers),
      },
      stationUrl: stormOrigin,
      docksUrl: "ws://127.0.0.1:8090/dock",
      token: tokens.sim,
      dockToken: tokens.bridge,
      log: silent,
      seed,
      lowFidelity: true,
      demoAfterMs: 60_000,
      ...(signingKey === undefined ? {} : { signingKey }),
    };
  }

  protected gone(): void {
    this.sim = undefined;
  }

  /** HTTP over the simulated network: a dead station refuses, a slow one answers late. */
  http(clock: Clock): StormHttp {
    return {
      request: (wanted, done) => {
        const url = new URL(wanted.url);
        const body = typeof wanted.body === "string" ? new TextEncoder().encode(wanted.body) : wanted.body;
        const headers = Object.fromEntries(
          Object.entries({ host: url.host, ...wanted.headers }).map(([name, value]) => [name.toLowerCase(), value]),
        );
        clock.after(1, () => {
          const request: HttpRequest = {
            method: wanted.method,
            path: url.pathname,
            query: Object.fromEntries(url.searchParams),
            headers,
            body,
            remote: "127.0.0.1",
          };
          const heard = this.#station.handle(request, (response) => {
            const text = typeof response.body === "string" ? response.body : new TextDecoder().decode(response.body);
            clock.after(1, () => done({ kind: "ok", status: response.status, headers: response.headers, body: text }));
          });
          if (!heard) clock.after(1, () => done({ kind: "error", error: new Error("connection refused") }));
        });
      },
    };
  }
}
