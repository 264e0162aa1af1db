import {
  canonicalJson,
  type FlightPlan,
  type NewFact,
  newFact,
  type Restriction,
  type RestrictionView,
  type SkyConfig,
  type SkySource,
} from "@outrider/contract";
import { circleRing, distanceM } from "@outrider/geo";
import { returnSpeedMps, type Site } from "../../airspace/index.js";
import type { AirspaceMeasured, AirspaceSource } from "../../gates/index.js";
import { type StationContext, systemActor } from "../../kernel/index.js";
import { LATER_BY_S } from "../meet-plan.js";
import { restrictionKeyOf, skyRoom } from "../sky-room.js";
import { conflictOf, type InRestriction, isGraver, type OurFlight } from "./against-flight.js";
import { type LocalRestriction, type PlanSite, planFindings } from "./against-plan.js";
import { localArea, localShape } from "./area-geometry.js";
import { ceilingFindings, type LocalCell } from "./ceilings.js";
import type { FacilityMap } from "./facility-map.js";
import { inForce } from "./meets.js";
import { isOver } from "./notice.js";
import type { Snapshot } from "./notice-source.js";
import { heightsText, SiteTime } from "./notice-words.js";

/** Landing and what comes before it. */
const LANDING_S = 60;
/** An aircraft on the edge of a restriction must not make its alarm come and go. */
const CLEAR_FOR_MS = 3_000;
const DAY_MS = 86_400_000;
const CIRCLE_CORNERS = 48;

type Asked = Extract<SkySource, { kind: "tfr" | "uasfm" }>;
type Answered = { readonly snapshotMs: number };
/** How a source answers, and what it said last. */
export type AskedNow = { readonly sourceId: string; readonly text: string };

/** Published restrictions and the facility map, against plans and against flights. What stands is in the record. */
export class RestrictionWatch {
  readonly #context: StationContext;
  readonly #sky: SkyConfig;
  readonly #site: Site;
  readonly #plan: PlanSite;
  readonly #asked: readonly Asked[];
  readonly #answered = new Map<string, Answered>();
  readonly #maps = new Map<string, readonly LocalCell[]>();
  /** A restriction of the record in the site's metres, made once. */
  readonly #local = new WeakMap<Restriction, LocalRestriction>();
  readonly #clearSince = new Map<string, number>();

  constructor(context: StationContext, sky: SkyConfig, site: Site) {
    this.#context = context;
    this.#sky = sky;
    this.#site = site;
    this.#asked = sky.sources.filter((one) => one.kind === "tfr" || one.kind === "uasfm");
    const { terrain } = site.obstacles;
    this.#plan = {
      local: site.local,
      groundOf: (at) => (terrain.covers(at.eastM, at.northM) ? site.groundAmslM(at) : undefined),
      rules: sky.airspace,
      waivers: sky.airspace.waivers.map((one) => ({ ...one, untilMs: Date.parse(one.until) })),
      time: new SiteTime(context.config.display.timeZone),
      bufferM: context.config.launch.horizontalBufferM,
    };
  }

  get configured(): boolean {
    return this.#asked.length > 0;
  }

  clear(): void {
    this.#answered.clear();
    this.#maps.clear();
    this.#clearSince.clear();
  }

  /** What a list says now, against what stood: only what is new goes into the record. */
  hear({ sourceId }: SkySource, { restrictions, snapshotMs }: Snapshot): void {
    const { kernel } = this.#context;
    this.#answered.set(sourceId, { snapshotMs });
    const before = new Map(this.#standing().map((one) => [one.restrictionId, one]));
    const news: NewFact[] = [];
    const listed = new Set<string>();
    for (const one of restrictions) {
      if (isOver(one, snapshotMs)) continue;
      listed.add(one.restrictionId);
      const known = before.get(one.restrictionId);
      if (known === undefined) news.push(newFact("RestrictionAppeared", { restriction: one, snapshotMs }, systemActor));
      else if (canonicalJson(known) !== canonicalJson(one))
        news.push(newFact("RestrictionChanged", { restriction: one, snapshotMs }, systemActor));
    }
    for (const { restrictionId, notam, sourceId: from, ...rest } of before.values()) {
      if (from !== sourceId || listed.has(restrictionId)) continue;
      const over = isOver({ restrictionId, notam, sourceId: from, ...rest }, snapshotMs);
      const why = over ? "its time is over" : "no longer published";
      news.push(newFact("RestrictionEnded", { restrictionId, notam, why, snapshotMs }, systemActor));
    }
    if (news.length > 0) kernel.commit(news);
  }

  hearMap({ sourceId }: SkySource, { cells, snapshotMs }: FacilityMap): void {
    this.#answered.set(sourceId, { snapshotMs });
    this.#maps.set(
      sourceId,
      cells.map(({ shapes, ...cell }) => ({ ...cell, shapes: shapes.map((one) => localShape(one, this.#site.local)) })),
    );
  }

  /** A source that is not in the file any more tells nothing: what it told before a restart does not stand. */
  #standing(): readonly Restriction[] {
    const known = new Set(this.#asked.map((one) => one.sourceId));
    const { restrictions } = this.#context.kernel.state(skyRoom);
    if (restrictions.size === 0) return [];
    return [...restrictions.values()].filter((one) => known.has(one.sourceId));
  }

  #localOf(told: Restriction): LocalRestriction {
    const known = this.#local.get(told);
    if (known !== undefined) return known;
    const made = { told, areas: told.areas.map((area) => localArea(area, this.#site.local)) };
    this.#local.set(told, made);
    return made;
  }

  /** For the gate. `asked`: how each source answers now. */
  measured(plan: FlightPlan, asked: readonly AskedNow[]): AirspaceMeasured {
    const nowMs = this.#context.kernel.nowMs();
    const endMs = nowMs + this.#longestMs(plan);
    const standing = this.#standing().map((one) => this.#localOf(one));
    const findings = planFindings(plan, standing, { nowMs, endMs }, this.#plan);
    const cells = [...this.#maps.values()].flat();
    const hasMap = this.#maps.size > 0;
    return {
      sources: this.#asked.map((one) => this.#sourceNow(one, asked, nowMs)),
      findings: hasMap ? [...findings, ...this.#ceilings(plan, cells, endMs)] : findings,
    };
  }

  #ceilings(plan: FlightPlan, cells: readonly LocalCell[], endMs: number) {
    const { authorisation } = this.#sky.airspace;
    // To the end of its day in UTC, which is never later than that of a site in the Americas.
    const authorisedUntilMs = authorisation === undefined ? undefined : Date.parse(authorisation.until) + DAY_MS;
    const { local, groundOf, rules } = this.#plan;
    return ceilingFindings(plan, cells, endMs, { local, groundOf, rules, authorisedUntilMs });
  }

  #longestMs(plan: FlightPlan): number {
    const { local, config } = this.#site;
    const homeS = distanceM(local(plan.scene.point), local(plan.home.point)) / returnSpeedMps(this.#site);
    return 1000 * (LATER_BY_S + plan.etaP90S + config.launch.stayS + homeS + LANDING_S);
  }

  #sourceNow(source: Asked, asked: readonly AskedNow[], nowMs: number): AirspaceSource {
    const { sourceId, kind, maxAgeS } = source;
    const tells = kind === "tfr" ? "notices" : "ceilings";
    const at = this.#answered.get(sourceId)?.snapshotMs;
    const text = asked.find((one) => one.sourceId === sourceId)?.text ?? "not asked yet";
    return {
      ...{ sourceId, tells, maxAgeS, text },
      ageS: at === undefined ? undefined : Math.max(0, (nowMs - at) / 1000),
      asked: at === undefined ? undefined : this.#plan.time.at(at, nowMs),
    };
  }

  conflicts(): readonly InRestriction[] {
    return [...this.#context.kernel.state(skyRoom).inRestriction.values()];
  }

  /** What has begun, become worse, and ended for those in the air. */
  conflictFacts(flights: readonly OurFlight[]): NewFact[] {
    const open = this.#context.kernel.state(skyRoom).inRestriction;
    if (flights.length === 0 && open.size === 0) return [];
    const nowMs = this.#context.kernel.nowMs();
    const standing = this.#standing().map((one) => this.#localOf(one));
    const news: NewFact[] = [];
    const still = new Set<string>();
    for (const flight of flights)
      for (const one of standing) {
        const now = conflictOf(flight, one, nowMs, this.#plan);
        if (now === undefined) continue;
        const key = restrictionKeyOf(now);
        still.add(key);
        const before = open.get(key);
        if (before === undefined) news.push(newFact("RestrictionConflictBegan", now, systemActor));
        else if (this.#isNews(key, before, now, nowMs))
          news.push(newFact("RestrictionConflictChanged", now, systemActor));
      }
    for (const [key, one] of open) if (!still.has(key)) news.push(...this.#ended(key, one, flights, nowMs));
    return news;
  }

  /** Worse is told at once; better once it has been so for a moment. */
  #isNews(key: string, before: InRestriction, now: InRestriction, nowMs: number): boolean {
    if (before.relation === now.relation) this.#clearSince.delete(key);
    else if (isGraver(now.relation, before.relation) || this.#isSettled(key, nowMs)) {
      this.#clearSince.delete(key);
      return true;
    }
    return false;
  }

  #isSettled(key: string, nowMs: number): boolean {
    const sinceMs = this.#clearSince.get(key) ?? nowMs;
    this.#clearSince.set(key, sinceMs);
    return nowMs - sinceMs >= CLEAR_FOR_MS;
  }

  #ended(key: string, one: InRestriction, flights: readonly OurFlight[], nowMs: number): NewFact[] {
    const flies = flights.some(({ uid }) => uid === one.uid);
    const stands = this.#context.kernel.state(skyRoom).restrictions.has(one.restrictionId);
    if (flies && stands && !this.#isSettled(key, nowMs)) return [];
    this.#clearSince.delete(key);
    const why = !stands ? "the restriction is over" : flies ? "clear of it" : "it is on the ground";
    const { uid, launchId, restrictionId, notam } = one;
    const launch = launchId === undefined ? {} : { launchId };
    return [newFact("RestrictionConflictEnded", { uid, ...launch, restrictionId, notam, why }, systemActor)];
  }

  views(): readonly RestrictionView[] | undefined {
    if (!this.#asked.some((one) => one.kind === "tfr")) return undefined;
    const nowMs = this.#context.kernel.nowMs();
    return this.#standing().map((one) => this.#view(one, nowMs));
  }

  #view(one: Restriction, nowMs: number): RestrictionView {
    const { restrictionId, notam, title, areas, doubt = "" } = one;
    const forces = this.#localOf(one).areas.map((area) => inForce(area, nowMs, Number.POSITIVE_INFINITY));
    const state = forces.includes("now") ? "active" : forces.includes("later") ? "coming" : "over";
    const [first] = areas;
    const waiver = this.#plan.waivers.find((paper) => paper.notam === notam && paper.untilMs > nowMs);
    return {
      ...{ restrictionId, notam, title, doubt, waiver: waiver?.reference ?? "" },
      state: first === undefined || forces.includes("unknown") ? "unclear" : state,
      when: first === undefined ? "times not told" : this.#plan.time.when(first.windows, nowMs),
      heights: first === undefined ? "" : heightsText(first),
      areas: areas.map(({ shape }) => {
        if (shape.kind === "polygon") return { outer: shape.outer, holes: shape.holes };
        const ring = circleRing(this.#site.local(shape.centre), shape.radiusM, CIRCLE_CORNERS);
        return { outer: ring.map((at) => this.#site.frame.toGeo(at)), holes: [] };
      }),
    };
  }
}
