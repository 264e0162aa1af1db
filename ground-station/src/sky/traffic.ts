import type { FlightPlan, SkyConfig, SkySourceView, StrangerView, TrafficLevel } from "@outrider/contract";
import { bearingDeg, distanceM, wrap360Deg } from "@outrider/geo";
import type { Site } from "../airspace/index.js";
import { type Said, type TrafficMeasured, type Worded, worded } from "../gates/index.js";
import type { ConflictLevel, PairNow } from "./conflicts.js";
import { type Encounter, encounterOf, type OwnNow } from "./encounter.js";
import { heightTold } from "./height-band.js";
import { meetingWithPlan, type PlanMeeting } from "./meet-plan.js";
import { type Mover, type MoverSite, moverOf } from "./motion.js";
import { type Leg, legsOf } from "./plan-legs.js";
import type { OpenConflict } from "./sky-room.js";
import type { Stranger } from "./stranger-book.js";
import {
  closestText,
  farFigure,
  farText,
  heightText,
  nameOf,
  shortHeight,
  shortWindOf,
  suggestionFor,
  whoText,
  windOf,
} from "./words.js";

export type Ours = { readonly uid: string; readonly callSign: string; readonly own: OwnNow };
export type Pair = PairNow & { readonly callSign: string; readonly mover: Mover };

/** A camera has to see something, and roofs are near: nobody is asked to go lower to give way. */
const LEAST_FLOOR_AGL_M = 30;
const rank: Readonly<Record<TrafficLevel, number>> = { none: 0, traffic: 1, caution: 2, warning: 3 };

/** Who is in the sky at this moment, against our aircraft and against plans. */
export class Traffic {
  readonly #site: Site;
  readonly #sky: SkyConfig;
  readonly #floorAglM: number;
  readonly #ground: () => MoverSite;
  /** The legs of a plan are the same as long as it is the same plan. */
  readonly #legs = new WeakMap<FlightPlan, readonly Leg[]>();
  #movers: readonly Mover[] = [];
  #qnhHpa: number | undefined;
  #worst = new Map<string, Pair>();

  constructor(site: Site, sky: SkyConfig, minAglM: number, ground: () => MoverSite) {
    this.#site = site;
    this.#sky = sky;
    this.#floorAglM = Math.max(LEAST_FLOOR_AGL_M, minAglM);
    this.#ground = ground;
  }

  look(strangers: readonly Stranger[], nowMs: number): void {
    const ground = this.#ground();
    this.#qnhHpa = ground.qnhHpa;
    this.#movers = strangers.map((one) => moverOf(one, ground, nowMs));
  }

  /** Nothing of ours flies. */
  forget(): void {
    if (this.#worst.size > 0) this.#worst = new Map();
  }

  /** Each of ours with each stranger that matters to it. */
  pairs(ours: readonly Ours[]): Pair[] {
    const out: Pair[] = [];
    this.#worst = new Map();
    for (const mover of this.#movers)
      for (const { uid, callSign, own } of ours) {
        const { trafficId } = mover.stranger;
        const pair: Pair = { uid, callSign, trafficId, mover, encounter: encounterOf(own, mover, this.#sky) };
        out.push(pair);
        const before = this.#worst.get(trafficId);
        if (before === undefined || isWorse(pair.encounter, before.encounter)) this.#worst.set(trafficId, pair);
      }
    return out;
  }

  #groundUnder({ at }: Mover): number | undefined {
    const { terrain } = this.#site.obstacles;
    return terrain.covers(at.eastM, at.northM) ? this.#site.groundAmslM(at) : undefined;
  }

  /** What the record, the alarm and the desk say of a conflict. */
  conflictOf({ uid, callSign, trafficId, mover, encounter }: Pair, level: ConflictLevel): OpenConflict {
    const { distanceM: apartM, closestM, inS, verticalM } = encounter;
    return {
      ...{ uid, trafficId, level, distanceM: Math.round(apartM), closestM: Math.round(closestM), inS: Math.round(inS) },
      ...(verticalM === undefined ? {} : { verticalM: Math.round(verticalM) }),
      kind: mover.stranger.kind,
      text: `${this.#pairText(callSign, mover, encounter)}.`,
      suggestion: this.#suggestion(mover),
    };
  }

  #suggestion(mover: Mover): string {
    const limits = mover.stranger.kind === "drone" ? this.#sky.wellClearOfDrones : this.#sky.wellClear;
    const { verticalM } = limits;
    return suggestionFor(mover, this.#groundUnder(mover), { floorAglM: this.#floorAglM, verticalM });
  }

  /** Ours first, then who and where: a narrow bar cuts the end. */
  #pairText(callSign: string, mover: Mover, { distanceM: apartM, bearingDeg: to, closestM, inS }: Encounter): string {
    const height = shortHeight(heightText(mover, this.#groundUnder(mover)));
    const where = `${farText(apartM)} ${shortWindOf(to)}`;
    return `${callSign}: ${whoText(mover.stranger)} ${where}, ${height}, ${closestText(closestM, inS)}`;
  }

  views(nowMs: number): readonly StrangerView[] {
    return this.#movers
      .map((mover) => this.#view(mover, nowMs))
      .sort((a, b) => rank[b.level] - rank[a.level] || (a.trafficId < b.trafficId ? -1 : 1));
  }

  #view(mover: Mover, nowMs: number): StrangerView {
    const { stranger, height } = mover;
    const { trafficId, kind, place, velocity, up, sources } = stranger;
    const { latDeg, lonDeg } = place.value;
    const worst = this.#worst.get(trafficId);
    const altAmslM = height === undefined ? undefined : (height.lowM + height.highM) / 2;
    const groundAmslM = this.#groundUnder(mover);
    const { northMps = 0, eastMps = 0 } = velocity?.value ?? {};
    const speedMps = velocity === undefined ? undefined : Math.hypot(northMps, eastMps);
    return {
      ...{ trafficId, name: nameOf(stranger), kind, point: { latDeg, lonDeg }, sources },
      ageMs: Math.max(0, Math.round(nowMs - place.tMs)),
      headingDeg:
        speedMps === undefined || speedMps < 0.5
          ? undefined
          : Math.round(wrap360Deg((Math.atan2(eastMps, northMps) * 180) / Math.PI)),
      speedMps: speedMps === undefined ? undefined : Math.round(speedMps * 10) / 10,
      upMps: up === undefined ? undefined : Math.round(up.value * 10) / 10,
      altAmslM: altAmslM === undefined ? undefined : Math.round(altAmslM),
      altAglM: altAmslM === undefined || groundAmslM === undefined ? undefined : Math.round(altAmslM - groundAmslM),
      heightTold: heightTold(stranger.height?.value, { qnhHpa: this.#qnhHpa }),
      ...operatorAt(stranger, nowMs),
      ...(mover.doubts.length === 0 ? {} : { doubts: mover.doubts }),
      level: worst?.encounter.level ?? "none",
      text: worst === undefined ? "" : this.#pairText(worst.callSign, mover, worst.encounter),
      suggestion: worst !== undefined && rank[worst.encounter.level] >= rank.caution ? this.#suggestion(mover) : "",
    };
  }

  /** Who comes near to a planned way, were it flown from now on. */
  measured(plan: FlightPlan, sources: readonly SkySourceView[]): TrafficMeasured {
    const meetings: PlanMeeting[] = [];
    const near: Said[] = [];
    if (this.#movers.length > 0) {
      const legs = this.#legsOf(plan);
      for (const mover of this.#movers) {
        const meeting = meetingWithPlan(legs, mover, this.#sky);
        if (meeting !== undefined && !standsStill(mover)) meetings.push(meeting);
        else if (this.#isNear(mover, plan)) near.push(this.#placeText(mover, plan));
      }
      meetings.sort((a, b) => a.entryS - b.entryS);
    }
    return {
      ...{ sources, near, heard: this.#movers.length, blockWithinS: this.#sky.trafficS },
      meetings: meetings.map((one) => ({
        ...worded`${this.#placeText(one.mover, plan)}, closest ${farFigure(one.closestM)} to the ${one.where} in ${Math.round(one.inS)} s`,
        closestM: one.closestM,
        limitM: one.limitM,
        inS: one.entryS,
      })),
    };
  }

  #legsOf(plan: FlightPlan): readonly Leg[] {
    const known = this.#legs.get(plan);
    if (known !== undefined) return known;
    const legs = legsOf(this.#site.local, plan);
    this.#legs.set(plan, legs);
    return legs;
  }

  #placeText(mover: Mover, plan: FlightPlan): Worded {
    const scene = this.#site.local(plan.scene.point);
    const height = heightText(mover, this.#groundUnder(mover));
    const apart = worded`${farFigure(distanceM(scene, mover.at))} ${windOf(bearingDeg(scene, mover.at))} of the scene`;
    return worded`${whoText(mover.stranger)} ${apart}, ${height}`;
  }

  #isNear(mover: Mover, plan: FlightPlan): boolean {
    if (mover.stranger.kind === "drone") return false;
    const { horizontalM, verticalM } = this.#sky.near;
    const apartM = Math.min(
      distanceM(this.#site.local(plan.scene.point), mover.at),
      distanceM(this.#site.local(plan.home.point), mover.at),
    );
    if (apartM > horizontalM) return false;
    const { height } = mover;
    return height === undefined || height.lowM - plan.scene.altAmslM <= verticalM;
  }
}

/** It stands, on the ground: to be told of, and no reason to wait for ever beside a heliport. */
const standsStill = (mover: Mover): boolean => mover.onGround && Math.hypot(mover.velEastMps, mover.velNorthMps) < 1;

function isWorse(a: Encounter, b: Encounter): boolean {
  if (a.level !== b.level) return rank[a.level] > rank[b.level];
  return (
    (a.entryS ?? Number.POSITIVE_INFINITY) - (b.entryS ?? Number.POSITIVE_INFINITY) < 0 || a.distanceM < b.distanceM
  );
}

function operatorAt({ operator }: Stranger, nowMs: number): Pick<StrangerView, "operator"> {
  if (operator === undefined) return {};
  const { point, kind, tMs } = operator;
  return { operator: { point, kind, ageMs: Math.max(0, Math.round(nowMs - tMs)) } };
}
