import { type Fact, type NewFact, newFact } from "@outrider/contract";
import {
  decideLaunch,
  type Launch,
  launchRoom,
  notRecorded,
  type OrderWish,
  reactToFact,
  reactToTelemetry,
  stepLaunch,
  timeOut,
} from "@outrider/ground-station";
import { brokenBy, type Ghost, noGhost, remember } from "./ghost.js";
import { dockOf, factAt, type GateMood, gates, type Uid } from "./offers.js";

/** The rules under proof; a test hands in others, to see that the walk finds what is wrong with them. */
export type Deciders = {
  readonly decide: typeof decideLaunch;
  readonly step: typeof stepLaunch;
  readonly react: typeof reactToFact;
  readonly seen: typeof reactToTelemetry;
  readonly late: typeof timeOut;
  readonly unrecorded: typeof notRecorded;
  readonly evolve: typeof launchRoom.evolve;
};
export const shipped: Deciders = {
  decide: decideLaunch,
  step: stepLaunch,
  react: reactToFact,
  seen: reactToTelemetry,
  late: timeOut,
  unrecorded: notRecorded,
  evolve: launchRoom.evolve,
};

/** The one moment at which everything is looked at: only before or after it matters, never how long. */
export const NOW_MS = 10_000_000;
export const LAUNCH = "L";

/** One launch and what the rules remember of it; how several meet is in the walk. */
export type Single = { readonly launch: Launch | undefined; readonly ghost: Ghost };
export const noSingle: Single = { launch: undefined, ghost: noGhost };

/** What a launch sees of everything else. */
export type Around = {
  readonly doors: Readonly<Record<Uid, boolean>>;
  /** Another launch has its aircraft: the aircraft gate blocks. */
  readonly busy: boolean;
  readonly twin: boolean;
};

export type Moved = {
  readonly single: Single;
  readonly breach: string | undefined;
  /** Facts that name no launch: others with the same aircraft hear them too. */
  readonly told: readonly NewFact[];
};

const still = (single: Single): Moved => ({ single, breach: undefined, told: [] });

const moodOf = (around: Around, mood: GateMood): GateMood => (around.busy ? "block" : mood);

export class SingleRules {
  readonly deciders: Deciders;

  constructor(deciders: Deciders) {
    this.deciders = deciders;
  }

  apply(single: Single, one: NewFact): Single {
    const fact = factAt(one, NOW_MS);
    const launches = new Map(single.launch === undefined ? [] : [[LAUNCH, single.launch] as const]);
    const before = { launches, incidents: launchRoom.initial().incidents };
    const launch = this.deciders.evolve(before, fact).launches.get(LAUNCH);
    const ghost = remember(single.ghost, launch, fact);
    return launch === single.launch && ghost === single.ghost ? single : { launch, ghost };
  }

  carry(single: Single, facts: readonly NewFact[]): Moved {
    let now = single;
    for (const fact of facts) now = this.apply(now, fact);
    return { single: now, breach: undefined, told: facts.filter((fact) => !("launchId" in fact.data)) };
  }

  /**
   * The disk refused what was decided, and whoever decided was told that nothing was done; a moment later it has all of
   * it. The rules take such an approval for never given.
   */
  refusedByDisk(single: Single, facts: readonly NewFact[]): Moved {
    let now = this.carry(single, facts).single;
    now = { ...now, ghost: { ...now.ghost, approval: single.ghost.approval } };
    const told: NewFact[] = [];
    for (const fact of facts) {
      if (now.launch === undefined) break;
      const decision = this.deciders.unrecorded(now.launch, fact);
      if (decision.kind === "refused") continue;
      const moved = this.carry(now, decision.facts);
      told.push(...moved.told);
      now = moved.single;
    }
    return { single: now, breach: undefined, told: [...facts.filter((one) => !("launchId" in one.data)), ...told] };
  }

  /** Records and sends orders as the station does, checking each at the moment it would leave. */
  send(moved: Moved, orders: readonly OrderWish[], mood?: GateMood, twin = false): Moved {
    let now = moved.single;
    for (const order of orders) {
      if (now.launch === undefined) return { ...moved, breach: "an order of a launch that does not exist" };
      const breach = brokenBy(now.launch, now.ghost, order, { mood, nowMs: NOW_MS, twin });
      if (breach !== undefined) return { ...moved, single: now, breach };
      const { uid, act, by } = order;
      now = this.apply(now, newFact("OrderIssued", { orderId: "new", uid, act, launchId: LAUNCH }, by));
      if (act.verb === "arm") now = { ...now, ghost: { ...now.ghost, arms: now.ghost.arms + 1, approval: undefined } };
    }
    return { ...moved, single: now };
  }

  /** A fact as the station would see it: state first, then the launch reacts. */
  hear(single: Single, one: NewFact): Moved {
    const now = this.apply(single, one);
    if (now.launch === undefined) return still(now);
    const fact = factAt(one, NOW_MS);
    if (!concerns(now.launch, fact)) return still(now);
    const decision = this.deciders.react(now.launch, fact);
    return decision.kind === "refused" ? still(now) : this.send(this.carry(now, decision.facts), decision.orders);
  }

  /** One look of the process manager. */
  advance(single: Single, around: Around, wanted: GateMood): Moved {
    if (single.launch === undefined) return still(single);
    const mood = moodOf(around, wanted);
    const decision = this.deciders.step(single.launch, {
      gates: gates(mood),
      nowMs: NOW_MS,
      door: (dockId) => ((dockId === dockOf("A") ? around.doors.A : around.doors.B) ? "open" : "closed"),
      overReturnDock: true,
    });
    if (decision.kind === "refused") return still(single);
    return this.send(this.carry(single, decision.facts), decision.orders, mood, around.twin);
  }
}

function concerns(launch: Launch, fact: Fact): boolean {
  const { data } = fact;
  if ("launchId" in data && data.launchId !== undefined) return data.launchId === launch.launchId;
  if ("uid" in data && data.uid !== undefined) return data.uid === launch.offer.choice.uid;
  return "dockId" in data && data.dockId === launch.offer.choice.dockId;
}
