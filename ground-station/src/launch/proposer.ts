import {
  type FactData,
  type GateResult,
  type LaunchLoser,
  type LaunchPolicy,
  needsPlace,
  newFact,
} from "@outrider/contract";
import { lowerBoundOf, type PlanAnswer, type PlanChecks, type PlanRequest, RecentPlans } from "../airspace/index.js";
import { fleetRoom } from "../fleet/index.js";
import { gateSaid, gateWorded, type Said, saidAs, verdictOf, withSettled, worded } from "../gates/index.js";
import { type StationContext, systemActor } from "../kernel/index.js";
import type { Reason } from "./decide.js";
import type { IncidentBrief } from "./incidents.js";
import { isBeforeArm, type Launch } from "./launch.js";
import { launchRoom } from "./launch-room.js";
import { leastLoaded } from "./load.js";
import { type MeasureDeps, measureLaunch } from "./measure.js";
import { policyFor, vetoHindrance } from "./policy.js";
import type { PilotOnWatch } from "./ports.js";
import { type Candidate, type Found, findBest } from "./search.js";

export type Offered = Omit<FactData<"LaunchProposed">, "version">;
export type Proposal =
  | { readonly kind: "offer"; readonly offer: Offered; readonly checks: PlanChecks }
  | { readonly kind: "impossible"; readonly reasons: readonly Reason[] };

type Planned = Extract<PlanAnswer, { kind: "plan" }> & { readonly gates: readonly GateResult[] };

const SUGGEST_S = 900;
export const LAPSED_APPROVE_S = 120;
/** Seen at the screen within this: the limit of the pilot gate. */
const PRESENT_MS = 60_000;
/** Between two of ours over one scene: twice what the height of one may be wrong, and a bump. */
const SEPARATION_M = 15;

export type ProposeWish = {
  readonly incident: IncidentBrief;
  /** A launch that this proposal is a new version of. */
  readonly launch: Launch | undefined;
  /** Only this aircraft: the pilot's choice, or the outcome of an assignment. */
  readonly onlyUid?: string;
  readonly excludeUids?: ReadonlySet<string>;
  /** The launch that it relieves; where `launch` is a relief already, that one's is taken. */
  readonly relieves?: Launch | undefined;
};

/** Finds who should go and puts it into words. Reads everything, changes nothing. */
export class Proposer {
  readonly #context: StationContext;
  readonly #deps: MeasureDeps;
  readonly #plans: RecentPlans;

  constructor(context: StationContext, deps: MeasureDeps) {
    this.#context = context;
    this.#deps = deps;
    this.#plans = new RecentPlans(deps.site);
  }

  propose(wish: ProposeWish): Proposal {
    const { config, kernel } = this.#context;
    const rule = policyFor(config.launch.rules, wish.incident.alerts);
    if (rule.policy.kind === "never")
      return impossible([
        { code: "policy-never", text: rule.text, doThis: "Send somebody; this kind of call gets no aircraft." },
      ]);
    const lost = withoutPlace(wish.incident);
    if (lost !== undefined) return impossible([lost]);
    const pic = this.pilotFor();
    if (pic === undefined)
      return impossible([{ code: "no-pilot", text: "No pilot is on watch.", doThis: "A pilot has to start a watch." }]);
    const found = this.search(wish, pic.personId);
    if (found.best === undefined) return impossible(this.#reasons(found));
    const { uid, value } = found.best;
    const known = this.#deps.fleet.aircraftConfig(uid);
    if (known === undefined) return impossible(this.#reasons(found));
    const blocked = verdictOf(value.gates);
    if (blocked.kind === "blocked")
      return impossible(
        blocked.gates.map((gate) => ({ code: gate.gate, ...saidAs(gateWorded(gate)), doThis: gate.doThis ?? "" })),
      );
    const nowMs = kernel.nowMs();
    const relieved = this.#relieved(wish);
    const policy =
      relieved === undefined
        ? this.#policy(rule.policy, wish.incident, pic.personId, value.gates)
        : reliefPolicy(rule.policy, relieved.offer.choice.callSign, callSignOf(known));
    const launchId = wish.launch !== undefined && isBeforeArm(wish.launch) ? wish.launch.launchId : kernel.newId("l");
    const sample = this.#deps.fleet.samples.latest(uid);
    const { callSign } = known.aircraft;
    const offer: Offered = {
      launchId,
      incidentId: wish.incident.incidentId,
      policy: policy.policy,
      ruleText: policy.note === undefined ? rule.text : `${rule.text} ${policy.note}`,
      choice: {
        uid,
        callSign,
        dockId: known.dock.dockId,
        dockName: known.dock.name,
        etaS: value.plan.etaS,
        etaP90S: value.plan.etaP90S,
        onSceneS: this.#staySeconds(uid, value),
        batteryPct: sample?.batteryPct ?? 0,
        why: why(callSign, found, wish.onlyUid !== undefined),
      },
      losers: this.#losers(found),
      gates: [...value.gates],
      plan: value.plan,
      picId: pic.personId,
      picName: pic.name,
      nonce: kernel.newId("n"),
      expiresAtMs: nowMs + secondsOf(policy.policy) * 1000,
      ifNothing: ifNothing(policy.policy, callSign),
      ...(relieved === undefined ? {} : { reliefFor: relieved.launchId }),
    };
    return { kind: "offer", offer, checks: value.checks };
  }

  /** Who gets the next card; undefined: nobody is on watch. */
  pilotFor(): PilotOnWatch | undefined {
    return leastLoaded(this.#deps.pilots.pilotsOnWatch(), this.#deps.loadView(), (one) => this.isPresent(one));
  }

  isPresent(personId: string): boolean {
    return this.#deps.pilots.presenceAgeMs(personId) < PRESENT_MS;
  }

  /** Candidates in two ranks: those with nothing to settle first, whatever the others' time. */
  search(wish: ProposeWish, picId: string): Found<Planned> {
    const { config } = this.#context;
    const reasons: Found<Planned>["others"][number][] = [];
    const ready: Candidate<Planned>[] = [];
    const doubtful: Candidate<Planned>[] = [];
    for (const { uid } of config.aircraft) {
      if (wish.onlyUid !== undefined && uid !== wish.onlyUid) continue;
      if (wish.excludeUids?.has(uid)) {
        reasons.push({ uid, etaS: undefined, exact: true, reason: "needed for another call" });
        continue;
      }
      const gates = measureLaunch(this.#context, this.#deps, this.#measureWish(wish, uid, picId));
      const ofAircraft = gates.filter((gate) => aircraftGates.has(gate.gate));
      const verdict = verdictOf(ofAircraft);
      if (verdict.kind === "blocked") {
        reasons.push({ uid, etaS: undefined, exact: true, reason: firstWorded(verdict.gates) });
        continue;
      }
      const candidate = this.#candidate(wish, uid, picId);
      if (candidate === undefined)
        reasons.push({ uid, etaS: undefined, exact: true, reason: "its type or dock is not configured" });
      else (verdict.kind === "clear" ? ready : doubtful).push(candidate);
    }
    const first = findBest(ready);
    if (first.best !== undefined || doubtful.length === 0)
      return {
        best: first.best,
        others: [
          ...first.others,
          ...reasons,
          ...doubtful.map((one) => ({ uid: one.uid, etaS: undefined, exact: true, reason: "a gate needs a person" })),
        ],
      };
    const second = findBest(doubtful);
    return { best: second.best, others: [...second.others, ...first.others, ...reasons] };
  }

  #relieved(wish: ProposeWish): Launch | undefined {
    if (wish.relieves !== undefined) return wish.relieves;
    const launchId = wish.launch?.offer.reliefFor;
    return launchId === undefined ? undefined : this.#context.kernel.state(launchRoom).launches.get(launchId);
  }

  /** Clear of the circle and of the way home of the one that it relieves, and of the height that it really has. */
  #above(wish: ProposeWish): number | undefined {
    const relieved = this.#relieved(wish);
    if (relieved === undefined) return undefined;
    const { plan, choice } = relieved.offer;
    const sample = this.#deps.fleet.samples.latest(choice.uid);
    const highestM = Math.max(plan.scene.altAmslM, plan.returnAltAmslM, sample?.inAir === true ? sample.altAmslM : 0);
    return Math.ceil(highestM) + SEPARATION_M;
  }

  request(incident: IncidentBrief, uid: string, planId: string, aboveAmslM?: number): PlanRequest | undefined {
    const known = this.#deps.fleet.aircraftConfig(uid);
    if (known === undefined) return undefined;
    const docks = this.#context.kernel.state(fleetRoom).docks;
    const others = this.#context.config.docks.filter((dock) => {
      const facts = docks.get(dock.dockId);
      return dock.dockId !== known.dock.dockId && facts?.connected === true && facts.door !== "jammed";
    });
    return {
      planId,
      type: known.type,
      dock: known.dock,
      others,
      scene: incident.place.point,
      aloft: this.#deps.fleet.wind(),
      ...(aboveAmslM === undefined ? {} : { aboveAmslM }),
    };
  }

  #measureWish(wish: ProposeWish, uid: string, picId: string, planned?: Omit<Planned, "gates">) {
    const { incident, launch } = wish;
    return {
      uid,
      picId,
      incident,
      checks: planned?.checks,
      plan: planned?.plan,
      relieves: this.#relieved(wish)?.launchId,
      fence: undefined,
      uploaded: false,
      launchId: launch?.launchId,
      picActsNow: false,
    };
  }

  #candidate(wish: ProposeWish, uid: string, picId: string): Candidate<Planned> | undefined {
    const request = this.request(wish.incident, uid, this.#context.kernel.newId("p"), this.#above(wish));
    if (request === undefined) return undefined;
    return {
      uid,
      boundS: lowerBoundOf(this.#deps.site, request),
      plan: () => {
        const answer = this.#plans.plan(request);
        if (answer.kind === "impossible") return { impossible: answer.text };
        const gates = measureLaunch(this.#context, this.#deps, this.#measureWish(wish, uid, picId, answer));
        const settled = withSettled(gates, new Map());
        const verdict = verdictOf(settled.filter((gate) => !pilotGates.has(gate.gate)));
        if (verdict.kind === "blocked") return { impossible: firstWorded(verdict.gates) };
        return { etaS: answer.plan.etaS, value: { ...answer, gates: settled } };
      },
    };
  }

  /** A veto that something speaks against already falls to the pilot when it is proposed. */
  #policy(
    policy: LaunchPolicy,
    incident: IncidentBrief,
    picId: string,
    gates: readonly GateResult[],
  ): { policy: LaunchPolicy; note?: string } {
    if (policy.kind !== "veto") return { policy };
    const hindrance = this.hindrance(incident, picId, false) ?? unclear(gates);
    return hindrance === undefined
      ? { policy }
      : { policy: { kind: "approve", seconds: LAPSED_APPROVE_S }, note: `Needs your word: ${hindrance}` };
  }

  hindrance(incident: IncidentBrief | undefined, picId: string, restarted: boolean): string | undefined {
    const { launch } = this.#context.config;
    return vetoHindrance({
      alerts: incident?.alerts ?? [],
      nowMs: this.#context.kernel.nowMs(),
      maxAlertAgeS: launch.maxAlertAgeS,
      picOnWatch: this.#deps.pilots.pilotsOnWatch().some((one) => one.personId === picId),
      presenceFresh: this.isPresent(picId),
      restarted,
    });
  }

  #staySeconds(uid: string, { plan }: Planned): number {
    const known = this.#deps.fleet.aircraftConfig(uid);
    const nowWh = this.#deps.fleet.samples.latest(uid)?.batteryWh ?? 0;
    if (known === undefined) return 0;
    const reserveWh = (this.#context.config.launch.reservePct / 100) * known.type.batteryWh;
    const spareWh = nowWh - plan.energyOutWh - plan.energyHomeWh - reserveWh;
    return Math.max(0, Math.round((spareWh * 3600) / known.type.hoverW));
  }

  #losers(found: Found<Planned>): LaunchLoser[] {
    const bestS = found.best?.etaS ?? 0;
    return found.others.map(({ uid, etaS, exact, reason }) => ({
      ...loserReason(reason),
      uid,
      callSign: this.#deps.fleet.aircraftConfig(uid)?.aircraft.callSign ?? uid,
      ...(etaS === undefined ? {} : { laterS: Math.max(0, etaS - bestS) }),
      ...(etaS === undefined || exact ? {} : { atLeast: true as const }),
    }));
  }

  #reasons(found: Found<Planned>): Reason[] {
    const reasons = found.others.map(({ uid, reason }) => {
      const callSign = this.#deps.fleet.aircraftConfig(uid)?.aircraft.callSign ?? uid;
      return {
        code: `aircraft:${callSign}`,
        ...saidAs(worded`${callSign}: ${reason}`),
        doThis: "It is proposed again when that ends.",
      };
    });
    return reasons.length > 0
      ? reasons
      : [{ code: "no-aircraft", text: "No aircraft is enrolled.", doThis: "Enrol an aircraft in outrider.yaml." }];
  }
}

const pilotGates: ReadonlySet<string> = new Set(["pic", "pic-workload", "currency"]);
const aircraftGates: ReadonlySet<string> = new Set([
  "aircraft",
  "failsafe-parameters",
  "battery",
  "dock",
  "link",
  "provenance",
  "foreign-station",
  "position",
  "prearm",
  "weather",
]);

/** An address is no place to fly to: never guessed, always set by somebody or by the city's own street names. */
function withoutPlace({ alerts }: IncidentBrief): Reason | undefined {
  const first = alerts[0];
  if (first === undefined || !alerts.every(needsPlace)) return undefined;
  return {
    code: "no-position",
    text: `No position: "${first.place.label}" is an address only.`,
    doThis: "Set its place on the map; an aircraft is proposed then.",
  };
}

const callSignOf = (known: { readonly aircraft: { readonly callSign: string } }): string => known.aircraft.callSign;

/** Two of ours over one scene is never a rule's decision alone: its pilot says so. */
function reliefPolicy(
  policy: LaunchPolicy,
  relieved: string,
  callSign: string,
): { policy: LaunchPolicy; note: string } {
  const seconds = policy.kind === "approve" ? policy.seconds : LAPSED_APPROVE_S;
  const note = `Relief: ${relieved} stays until ${callSign} is on scene above it, then goes home.`;
  return { policy: { kind: "approve", seconds }, note };
}

const impossible = (reasons: readonly Reason[]): Proposal => ({ kind: "impossible", reasons });

function unclear(gates: readonly GateResult[]): string | undefined {
  const verdict = verdictOf(gates);
  return verdict.kind === "clear" ? undefined : firstSaid(verdict.gates);
}

function firstSaid([first]: readonly GateResult[]): string {
  return first === undefined ? "" : gateSaid(first);
}

const firstWorded = ([first]: readonly GateResult[]): Said => (first === undefined ? "" : gateWorded(first));

function loserReason(said: Said): Pick<LaunchLoser, "reason" | "wording"> {
  const { text, ...more } = saidAs(said);
  return { reason: text, ...more };
}

export const secondsOf = (policy: LaunchPolicy): number =>
  policy.kind === "approve" || policy.kind === "veto" ? policy.seconds : SUGGEST_S;

export function ifNothing(policy: LaunchPolicy, callSign: string): string {
  return policy.kind === "veto"
    ? `If you do nothing, ${callSign} launches itself in ${Math.round(policy.seconds)} s.`
    : `If you do nothing, ${callSign} stays in its dock and the record says why.`;
}

function why(callSign: string, found: Found<unknown>, chosen: boolean): string {
  if (chosen) return `${callSign} was chosen by name.`;
  const next = found.others.filter((one) => one.etaS !== undefined).sort((a, b) => (a.etaS ?? 0) - (b.etaS ?? 0))[0];
  if (next?.etaS === undefined || found.best === undefined) return `${callSign} is the only aircraft that can go.`;
  return `${callSign} is there first, ${Math.round(next.etaS - found.best.etaS)} s before the next.`;
}

export const notPossible = (incidentId: string, reasons: readonly Reason[]) =>
  newFact("LaunchNotPossible", { incidentId, reasons: reasons.map((one) => ({ ...one })) }, systemActor);
