import type { Actor, Alert, Chance, Config, Fact, NewFact } from "@outrider/contract";
import { newFact } from "@outrider/contract";
import { HandClock } from "@outrider/contract/testing";
import type { World } from "@outrider/geo";
import { type Site, siteOf } from "../../airspace/index.js";
import { flatWorld } from "../../app/testing/flat-world.js";
import { createFleetPart, type FleetPart } from "../../fleet/index.js";
import {
  Kernel,
  type Reply,
  type Room,
  type Route,
  type Session,
  type StationContext,
  type StationPart,
} from "../../kernel/index.js";
import { createLaunchPart, type LaunchPart } from "../launch-part.js";
import type { PilotOnWatch } from "../ports.js";
import { at, configForTests } from "./config-for-tests.js";
import { FakeBridge } from "./fake-bridge.js";

export const START_MS = 1_800_000_000_000;

function testChance(): Chance {
  let n = 0;
  return { unit: () => 0.5, bytes: (length) => new Uint8Array(length), id: (prefix) => `${prefix}_${++n}` };
}

export const pilotSession = (personId = "p1", name = "Pilot One"): Session => ({
  personId,
  name,
  roles: ["pic"],
  demo: true,
  sessionId: `s-${personId}`,
});

export type Answer = { status: number; body: unknown; detail: string };
export type MoreParts = (
  context: StationContext,
  fleet: FleetPart,
  launch: LaunchPart,
  site: Site,
) => readonly StationPart[];

export type BenchOptions = {
  readonly config?: (base: Config) => Config;
  readonly world?: World;
  readonly rooms?: readonly Room<unknown>[];
  readonly more?: MoreParts;
  readonly replay?: readonly Fact[];
  readonly clock?: HandClock;
  readonly cameraDelegated?: (uid: string) => boolean;
};

/** A world without buildings, made once: nothing changes it, and its raster is most of the time that a test takes. */
/** Kernel, fleet, launch and a bridge that answers, in one process and one hand. */
export class Bench {
  readonly clock: HandClock;
  readonly facts: Fact[] = [];
  readonly pilots: PilotOnWatch[] = [];
  readonly presenceAgeMs = new Map<string, number>();
  readonly context: StationContext;
  readonly kernel: Kernel;
  readonly fleet: FleetPart;
  readonly launch: LaunchPart;
  readonly bridge: FakeBridge;
  readonly parts: readonly StationPart[];
  readonly site: Site;
  /** From now on the disk refuses facts, as a full one does. */
  failStore = false;
  #unwritten: { facts: readonly Fact[]; late: () => void }[] = [];

  constructor(options: BenchOptions, rooms: readonly Room<unknown>[]) {
    this.clock = options.clock ?? new HandClock(START_MS);
    const config = configForTests(options.config);
    const chance = testChance();
    const world = options.world ?? flatWorld();
    const bench = this;
    const store = {
      get writable(): boolean {
        return bench.#unwritten.length === 0;
      },
      append: (facts: readonly Fact[], done: (error?: Error) => void, late: () => void) => {
        if (this.failStore || this.#unwritten.length > 0) {
          this.#unwritten.push({ facts, late });
          return done(new Error("disk full"));
        }
        this.facts.push(...facts);
        done();
      },
    };
    this.kernel = new Kernel({ run: this.clock, chance, store, prov: "sim", runId: () => undefined }, [
      ...rooms,
      ...(options.rooms ?? []),
    ]);
    const clocks = { run: this.clock, wall: this.clock };
    this.context = {
      kernel: this.kernel,
      config,
      world,
      clocks,
      chance,
      disk: noDisk,
      log: () => undefined,
      count: () => undefined,
    };
    this.site = siteOf(config, world);
    this.fleet = createFleetPart(this.context, {
      site: this.site,
      bridgeToken: "token",
      sameSecret: (a, b) => a === b,
      timing: () => undefined,
    });
    const pilots = {
      pilotsOnWatch: () => this.pilots,
      presenceAgeMs: (personId: string) => this.presenceAgeMs.get(personId) ?? 1_000,
      touchPresence: (personId: string) => this.presenceAgeMs.set(personId, 0),
    };
    this.launch = createLaunchPart(this.context, {
      fleet: this.fleet,
      site: this.site,
      pilots,
      cameraDelegated: options.cameraDelegated ?? (() => false),
    });
    this.parts = [this.fleet, this.launch, ...(options.more?.(this.context, this.fleet, this.launch, this.site) ?? [])];
    for (const fact of options.replay ?? []) this.kernel.replay(fact);
    this.kernel.onDurable((fact, late) => {
      for (const part of this.parts) part.onFact?.(fact, late);
    });
    this.bridge = new FakeBridge(this);
    for (const part of this.parts) part.onStart?.();
  }

  /** There is room again: what was refused is written, in order, and told as late. */
  diskBack(): void {
    this.failStore = false;
    const kept = this.#unwritten;
    this.#unwritten = [];
    for (const one of kept) this.facts.push(...one.facts);
    for (const one of kept) one.late();
  }

  signOn(personId = "p1", name = "Pilot One"): void {
    const watch = { watchId: `w-${personId}`, personId, name, certificateUntilMs: START_MS + 1e11, currencyDays: 3 };
    this.pilots.push({ ...watch, sinceMs: this.clock.nowMs() });
    this.commit(
      newFact(
        "WatchStarted",
        { ...watch, certificate: "X", soundTested: true, notConfiguredRead: [] },
        person(personId, name),
      ),
    );
  }

  commit(...news: NewFact[]): void {
    this.kernel.commit(news);
  }

  /** A new incident with one alert, as intake and incident rooms would record it. */
  alert(incidentId: string, over: Partial<Alert> = {}): Alert {
    const alert = alertForTests({
      alertId: `al-${incidentId}`,
      occurredAtMs: this.clock.nowMs() - 5_000,
      receivedAtMs: this.clock.nowMs(),
      ...over,
    });
    const source: Actor = { kind: "source", sourceId: alert.sourceId };
    const { alertId, kind, title, callType, place, urgency } = alert;
    this.commit(
      newFact("AlertReceived", { alert }, source),
      newFact("IncidentOpened", { incidentId, number: "26-1", alertId, kind, title, callType, place, urgency }, source),
    );
    return alert;
  }

  merge(incidentId: string, over: Partial<Alert> = {}): void {
    const alert = alertForTests({
      alertId: `al2-${incidentId}`,
      occurredAtMs: this.clock.nowMs() - 3_000,
      receivedAtMs: this.clock.nowMs(),
      ...over,
    });
    const source: Actor = { kind: "source", sourceId: alert.sourceId };
    const { alertId, kind, title, place } = alert;
    this.commit(
      newFact("AlertReceived", { alert }, source),
      newFact("AlertMerged", { incidentId, alertId, kind, distanceM: 10, gapS: 5, title, place }, source),
    );
  }

  cancel(incidentId: string, alertId = `al-${incidentId}`): void {
    this.commit(
      newFact(
        "AlertCancelled",
        { incidentId, alertId, reason: "caller rang off" },
        { kind: "source", sourceId: "calls" },
      ),
    );
  }

  act(act: string, params: Record<string, string>, body: unknown, session: Session = pilotSession()): Answer {
    const route = this.parts
      .flatMap((part) => part.routes ?? [])
      .find((one): one is Extract<Route, { kind: "act" }> => one.kind === "act" && one.act === act);
    if (route === undefined) throw new Error(`no route for ${act}`);
    let answer: Answer = { status: 0, body: undefined, detail: "no answer" };
    const reply: Reply = {
      ok: (given, status = 200) => {
        answer = { status, body: given, detail: "" };
      },
      problem: (status, _title, detail) => {
        answer = { status, body: undefined, detail };
      },
      raw: () => undefined,
    };
    const request = { method: "POST", path: "", query: {}, headers: {}, body: new Uint8Array(), remote: "" };
    route.handle({ body, params, session, request }, reply);
    return answer;
  }

  card(n = -1) {
    const views = this.launch.cardViews();
    const view = views.at(n);
    if (view === undefined) throw new Error("no launch");
    return view;
  }

  approve(n = -1, session: Session = pilotSession()): Answer {
    const { launchId, version, nonce, choice } = this.card(n);
    return this.act("approveLaunch", { launchId }, { version, nonce, uid: choice.uid }, session);
  }

  /** Approved, armed, and waited until the autopilot has judged its plan: the mission is ordered to start. */
  approveAndStart(): Answer {
    const answer = this.approve();
    this.bridge.run(1);
    return answer;
  }

  types(): string[] {
    return this.facts.map((fact) => fact.type);
  }

  ordersOf(verb: string) {
    return this.bridge.orders.filter((order) => order.act.verb === verb);
  }
}

const noDisk: StationContext["disk"] = {
  open: () => undefined,
  replace: () => undefined,
  read: () => undefined,
  truncate: () => undefined,
};

export const person = (personId = "p1", name = "Pilot One"): Extract<Actor, { kind: "person" }> => ({
  kind: "person",
  personId,
  name,
  role: "pic",
});

export function alertForTests(over: Partial<Alert> = {}): Alert {
  return {
    alertId: "al",
    kind: "call",
    sourceId: "calls",
    sourceIncidentId: "1",
    revision: 0,
    signed: false,
    callType: "ASLT",
    title: "Fight, one person down",
    narrative: "",
    urgency: 8,
    place: { point: at(-900, 300), error: { semiMajorM: 20, semiMinorM: 20, bearingDeg: 0 }, label: "1st and Main" },
    occurredAtMs: START_MS,
    receivedAtMs: START_MS,
    vehicles: [],
    ...over,
  };
}
