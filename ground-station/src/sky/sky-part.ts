import {
  type AircraftSample,
  type Config,
  type FlightPlan,
  type HttpClient,
  type NewFact,
  newFact,
  type SkyConfig,
  type SkySourceView,
  type SkyView,
  skyConfig,
  type TrafficSeen,
} from "@outrider/contract";
import type { Site } from "../airspace/index.js";
import type { ByteDialer } from "../feeds/index.js";
import { Ticker } from "../fleet/index.js";
import type { AirMeasured, AirspaceMeasured, TrafficMeasured } from "../gates/index.js";
import { type SamplePort, type StationContext, type StationPart, systemActor } from "../kernel/index.js";
import { AirWatch } from "./air-watch.js";
import { Conflicts } from "./conflicts.js";
import { calledBefore, readSeen } from "./heard-aboard.js";
import { ourIds, ownNow, whoseIs } from "./ours.js";
import type { InRestriction, OurFlight } from "./restrictions/against-flight.js";
import { RestrictionWatch } from "./restrictions/restriction-watch.js";
import { type OpenConflict, skyRoom } from "./sky-room.js";
import { openSource, type RunningSource } from "./sources.js";
import { type Stranger, StrangerBook } from "./stranger-book.js";
import { Traffic } from "./traffic.js";

/** A conflict as the alarms hear of it. */
export type TrafficConflict = Pick<OpenConflict, "uid" | "trafficId" | "level" | "text" | "suggestion">;

/** What a launch asks of the sky. */
export type SkyPort = {
  /** Who comes near to the planned way; undefined without a plan. */
  traffic(plan: FlightPlan | undefined): TrafficMeasured | undefined;
  /** The last weather report; undefined: this site has no such source. */
  air(): AirMeasured | undefined;
  /** Published restrictions and ceilings on the planned way; undefined without a plan. */
  airspace(plan: FlightPlan | undefined): AirspaceMeasured | undefined;
  readonly limits: SkyConfig["weather"];
};

export type SkyPart = StationPart &
  SkyPort & {
    /** What the receivers aboard ours hear, all of them each time. */
    hear(seen: readonly TrafficSeen[]): void;
    conflicts(): readonly TrafficConflict[];
    /** Restrictions that ours are in, or fly towards. */
    inRestriction(): readonly InRestriction[];
    sources(): readonly SkySourceView[];
    close(): void;
  };

export type SkyDeps = {
  readonly site: Site;
  readonly geoidUndulationM: number;
  readonly samples: SamplePort;
  /** The launch that an aircraft flies for. */
  readonly launchOf: (uid: string) => string | undefined;
  /** By which plan an aircraft in the air flies, and what it does; undefined: by none. */
  readonly flightOf?: (uid: string) => Pick<OurFlight, "plan" | "doing"> | undefined;
  /** Ways out of the process; without them every source is silent. */
  readonly ports?: { readonly http: HttpClient; readonly dialer: ByteDialer } | undefined;
};

const TICK_MS = 1_000;
const hearsTraffic: ReadonlySet<SkySourceView["kind"]> = new Set(["aircraft-json", "sbs"]);

/** A site without `sky` in its configuration still reckons with what its own aircraft hear. */
const configured = (config: Config): SkyConfig => config.sky ?? skyConfig.parse({});

class Sky {
  readonly #context: StationContext;
  readonly #deps: SkyDeps;
  readonly config: SkyConfig;
  readonly book: StrangerBook;
  readonly traffic: Traffic;
  readonly air: AirWatch;
  readonly restrictions: RestrictionWatch;
  readonly #conflicts = new Conflicts();
  readonly #ids: ReadonlyMap<string, string>;
  readonly #ticker: Ticker;
  #sources: readonly RunningSource[] = [];
  /** Run time since when a source is silent. */
  readonly #silentSince = new Map<string, number>();
  #ticking = false;

  constructor(context: StationContext, deps: SkyDeps) {
    this.#context = context;
    this.#deps = deps;
    this.config = configured(context.config);
    this.#ids = ourIds(context.config);
    const { site } = deps;
    const withinM = this.config.listWithinM;
    this.book = new StrangerBook({
      expireMs: this.config.expireS * 1000,
      near: (place) => {
        const at = site.local(place);
        return Math.hypot(at.eastM, at.northM) <= withinM;
      },
    });

    this.air = new AirWatch(context, this.config, site);
    this.restrictions = new RestrictionWatch(context, this.config, site);
    this.traffic = new Traffic(site, this.config, context.config.bridge.minAglM, () => ({
      local: site.local,
      groundAmslM: (at) => (site.obstacles.terrain.covers(at.eastM, at.northM) ? site.groundAmslM(at) : undefined),
      geoidUndulationM: deps.geoidUndulationM,
      qnhHpa: this.air.qnhHpa(),
    }));
    this.#ticker = new Ticker(context.kernel, TICK_MS, () => this.tick());
  }

  start(): void {
    const { clocks, count } = this.#context;
    const { ports } = this.#deps;
    if (ports !== undefined)
      this.#sources = this.config.sources.map((source) =>
        openSource(source, {
          ports,
          run: clocks.run,
          wall: clocks.wall,
          onReports: (reports) => {
            for (const report of reports) this.book.hear(report);
          },
          onMetar: (from, metar) => this.air.hear(from, metar),
          middle: this.#deps.site.frame.origin,
          onNotices: (from, snapshot) => this.restrictions.hear(from, snapshot),
          jurisdiction: this.#context.config.site.jurisdiction,
          onMap: (map) => this.restrictions.hearMap(source, map),
          onRefused: (refused) => {
            for (let n = 0; n < refused; n++) count("sky_refused");
          },
        }),
      );
    // Where nothing is configured and nothing is heard, nothing runs.
    if (this.config.sources.length > 0 || this.standing().length > 0) this.#run();
    if (this.#ticking) this.tick();
  }

  close(): void {
    for (const source of this.#sources) source.close();
  }

  #run(): void {
    this.#ticking = true;
    this.#ticker.start();
  }

  newRun(): void {
    this.book.clear();
    this.#conflicts.clear();
    this.air.clear();
    this.restrictions.clear();
    for (const source of this.#sources) source.newRun?.();
    if (this.#ticking) this.#run();
  }

  hear(seen: readonly TrafficSeen[]): void {
    const { config, count, kernel } = this.#context;
    for (const one of seen) {
      const report = readSeen(one, config.site.provenance, kernel.nowMs());
      if (report === undefined) {
        count("sky_refused");
        continue;
      }
      const before = calledBefore(one);
      if (before !== undefined) this.book.forget(before);
      this.book.hear(report);
    }
    if (!this.#ticking && this.book.size > 0) this.#run();
  }

  standing(): readonly OpenConflict[] {
    return [...this.#context.kernel.state(skyRoom).conflicts.values()];
  }

  sources(): readonly SkySourceView[] {
    const wallMs = this.#context.clocks.wall.nowMs();
    return this.config.sources.map(({ sourceId, kind }) => {
      const running = this.#sources.find((one) => one.source.sourceId === sourceId);
      const now = running?.health.now(wallMs) ?? { state: "never" as const, text: "this station cannot ask it" };
      return { sourceId, kind, ...now, sinceMs: this.#silentSince.get(sourceId) };
    });
  }

  /** Everybody but ours, put together for this moment. */
  look(): void {
    const { config, kernel } = this.#context;
    const { samples, site, geoidUndulationM } = this.#deps;
    const nowMs = kernel.nowMs();
    const ours = { ids: this.#ids, samples: samples.all(), local: site.local, geoidUndulationM, nowMs };
    const strangers: Stranger[] = [];
    for (const one of this.book.all(nowMs)) {
      const whose = whoseIs(one, ours);
      if (whose.kind === "ours") continue;
      const name = config.aircraft.find(({ uid }) => whose.kind === "borrowed" && uid === whose.uid)?.callSign;
      const doubts = name === undefined ? [] : [`it goes by the id of ${name} and is not where ${name} is`];
      strangers.push(name === undefined ? one : { ...one, doubts: [...doubts, ...(one.doubts ?? [])] });
    }
    this.traffic.look(strangers, nowMs);
  }

  flying(): ReadonlyMap<string, AircraftSample> {
    return new Map([...this.#deps.samples.all()].filter(([, sample]) => sample.inAir));
  }

  tick(): void {
    for (const source of this.#sources) source.tick();
    this.look();
    const news = [...this.#sourceFacts(), ...this.#conflictFacts(), ...this.#restrictionFacts()];
    if (news.length > 0) this.#context.kernel.commit(news);
  }

  #sourceFacts(): NewFact[] {
    const news: NewFact[] = [];
    const nowMs = this.#context.kernel.nowMs();
    for (const { sourceId, state, text } of this.sources()) {
      const sinceMs = this.#silentSince.get(sourceId);
      if (state === "silent" && sinceMs === undefined) {
        this.#silentSince.set(sourceId, nowMs);
        news.push(newFact("SkySourceSilent", { sourceId, text }, systemActor));
      } else if (state === "live" && sinceMs !== undefined) {
        this.#silentSince.delete(sourceId);
        const silentS = Math.max(0, Math.round((nowMs - sinceMs) / 1000));
        news.push(newFact("SkySourceBack", { sourceId, silentS }, systemActor));
      }
    }
    return news;
  }

  #conflictFacts(): NewFact[] {
    const standing = this.standing();
    const flying = this.flying();
    const { config, kernel } = this.#context;
    if (flying.size === 0 && standing.length === 0) {
      this.traffic.forget();
      return [];
    }
    const ours = [...flying].map(([uid, sample]) => {
      const callSign = config.aircraft.find((one) => one.uid === uid)?.callSign ?? uid;
      return { uid, callSign, own: ownNow(sample, this.#deps.site.local) };
    });
    const pairs = this.traffic.pairs(ours);
    return this.#conflicts.look(standing, pairs, new Set(flying.keys()), kernel.nowMs()).map((change): NewFact => {
      if (change.kind === "ended") {
        const { uid, trafficId, leastM, leastVerticalM, why } = change;
        const least = Number.isFinite(leastM) ? Math.round(leastM) : 0;
        return newFact(
          "TrafficConflictEnded",
          {
            ...{ uid, ...this.#launchOf(uid), trafficId, leastM: least, why },
            ...(leastVerticalM === undefined ? {} : { leastVerticalM: Math.round(leastVerticalM) }),
          },
          systemActor,
        );
      }
      const type = change.kind === "began" ? "TrafficConflictBegan" : "TrafficConflictChanged";
      const data = { ...this.traffic.conflictOf(change.pair, change.level), ...this.#launchOf(change.pair.uid) };
      return newFact(type, data, systemActor) as NewFact;
    });
  }

  #restrictionFacts(): NewFact[] {
    const { local } = this.#deps.site;
    const flights = [...this.flying()].map(([uid, sample]): OurFlight => {
      const { plan, doing = "out" } = this.#deps.flightOf?.(uid) ?? {};
      const callSign = this.#context.config.aircraft.find((one) => one.uid === uid)?.callSign ?? uid;
      const launchId = this.#deps.launchOf(uid);
      return { uid, callSign, launchId, at: local(sample), altAmslM: sample.altAmslM, plan, doing };
    });
    return this.restrictions.conflictFacts(flights);
  }

  #launchOf(uid: string): { launchId?: string } {
    const launchId = this.#deps.launchOf(uid);
    return launchId === undefined ? {} : { launchId };
  }

  view(): SkyView {
    const restrictions = this.restrictions.views();
    return {
      ...(restrictions === undefined ? {} : { restrictions }),
      strangers: this.traffic.views(this.#context.kernel.nowMs()),
      sources: this.sources(),
      metar: this.air.view(),
    };
  }
}

/** Other aircraft in the sky, and the weather: who comes near to ours, and what keeps them on the ground. */
export function createSkyPart(context: StationContext, deps: SkyDeps): SkyPart {
  const sky = new Sky(context, deps);
  return {
    name: "sky",
    rooms: [skyRoom],
    limits: sky.config.weather,
    hear: (seen) => sky.hear(seen),
    conflicts: () => sky.standing(),
    inRestriction: () => sky.restrictions.conflicts(),
    airspace: (plan) => (plan === undefined ? undefined : sky.restrictions.measured(plan, sky.sources())),
    sources: () => sky.sources(),
    close: () => sky.close(),
    traffic: (plan) => {
      if (plan === undefined) return undefined;
      const sources = sky.sources().filter((one) => hearsTraffic.has(one.kind));
      return sky.traffic.measured(plan, sources);
    },
    air: () => sky.air.measured(),
    onStart: () => sky.start(),
    onFact: (fact) => {
      if (fact.type === "RunStarted") sky.newRun();
    },
    touches: (fact) => (/^(TrafficConflict|SkySource|Restriction)/.test(fact.type) ? ["sky"] : []),
    routes: [
      {
        kind: "get",
        path: "/sky",
        roles: ["pic", "rtcc", "trainer", "supervisor"],
        summary: "Other aircraft with height, age and how near they come; their sources; the weather report in use",
        handle: (_, reply) => reply.ok(sky.view()),
      },
    ],
    views: { sky: () => ({ kind: "view", view: sky.view() }) },
  };
}
