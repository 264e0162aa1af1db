import { type Fact, type NewFact, newFact } from "@outrider/contract";
import {
  busyWith,
  isBeforeArm,
  isEnded,
  type Launch,
  type LaunchState,
  launchRoom,
  type OrderWish,
  reactToFact,
  stepLaunch,
} from "@outrider/ground-station";
import { dockOf, factAt, type GateMood, gates, system } from "./offers.js";

/** What a rule needs to know of the past, beside the deciders' own state. */
export type Ghost = {
  /** The approval that counts now: granted, not used up, not voided by a newer card. */
  readonly approval:
    | { readonly id: string; readonly uid: string; readonly version: number; readonly validUntilMs: number }
    | undefined;
  readonly arms: number;
  readonly stopped: boolean;
  /** The aircraft itself said that it armed after this launch's arm order. */
  readonly seenArmed: boolean;
};
export const noGhost: Ghost = { approval: undefined, arms: 0, stopped: false, seenArmed: false };

export type World = {
  readonly state: LaunchState;
  readonly ghosts: ReadonlyMap<string, Ghost>;
  readonly nowMs: number;
  readonly nextId: number;
  readonly doors: ReadonlyMap<string, "closed" | "open">;
};

export const firstWorld: World = {
  state: launchRoom.initial(),
  ghosts: new Map(),
  nowMs: 0,
  nextId: 1,
  doors: new Map(),
};

export type Outcome = { readonly world: World; readonly breach: string | undefined };

export const launchesOf = (world: World): readonly Launch[] => [...world.state.launches.values()];
export const ghostOf = (world: World, launchId: string): Ghost => world.ghosts.get(launchId) ?? noGhost;

const withGhost = (world: World, launchId: string, change: Partial<Ghost>): World => ({
  ...world,
  ghosts: new Map(world.ghosts).set(launchId, { ...ghostOf(world, launchId), ...change }),
});

/** The aircraft gate as the station measures it: an aircraft that another launch has is blocked. */
export function gatesFor(world: World, launch: Launch, mood: GateMood) {
  const busy = busyWith(world.state, launch.offer.choice.uid, launch.launchId) !== undefined;
  return gates(busy ? "block" : mood);
}

export function applyFact(world: World, one: NewFact): World {
  const fact = factAt(one, world.nowMs);
  const state = launchRoom.evolve(world.state, fact);
  return remember(state === world.state ? world : { ...world, state }, fact);
}

/** Keeps the ghosts: written from the facts alone, so that a decider cannot talk a rule out of itself. */
function remember(world: World, fact: Fact): World {
  switch (fact.type) {
    case "LaunchProposed":
      return withGhost(world, fact.data.launchId, { approval: undefined });
    case "LaunchApproved":
    case "VetoWindowElapsed": {
      const { approvalId: id, uid, version, validUntilMs } = fact.data;
      return withGhost(world, fact.data.launchId, { approval: { id, uid, version, validUntilMs } });
    }
    case "LaunchAborted":
    case "LaunchRefused":
    case "LaunchDeclined":
    case "LaunchExpired":
      return withGhost(world, fact.data.launchId, { stopped: true, approval: undefined });
    case "Armed": {
      const launch = launchesOf(world).find(
        (one) => one.offer.choice.uid === fact.data.uid && ghostOf(world, one.launchId).arms > 0 && !isEnded(one),
      );
      return launch === undefined ? world : withGhost(world, launch.launchId, { seenArmed: true });
    }
    default:
      return world;
  }
}

/** Records and sends orders as the station does, checking each against the rules at the moment it would leave. */
export function applyOrders(world: World, orders: readonly OrderWish[], mood: GateMood | undefined): Outcome {
  let now = world;
  for (const order of orders) {
    const breach = brokenBy(now, order, mood);
    if (breach !== undefined) return { world: now, breach };
    const { uid, act, by, launchId } = order;
    const orderId = `o${now.nextId}`;
    now = {
      ...applyFact(
        now,
        newFact("OrderIssued", { orderId, uid, act, ...(launchId === undefined ? {} : { launchId }) }, by),
      ),
      nextId: now.nextId + 1,
    };
    if (act.verb === "arm" && launchId !== undefined)
      now = withGhost(now, launchId, { arms: ghostOf(now, launchId).arms + 1, approval: undefined });
  }
  return { world: now, breach: undefined };
}

const launching: ReadonlySet<string> = new Set(["openDock", "uploadPlan", "arm", "startMission"]);

/** The rules about orders, in the words of docs/invariants.md. */
export function brokenBy(world: World, order: OrderWish, mood: GateMood | undefined): string | undefined {
  const launch = world.state.launches.get(order.launchId ?? "");
  if (launch === undefined) return "an order of a launch that does not exist";
  const { uid } = launch.offer.choice;
  const { act } = order;
  const ghost = ghostOf(world, launch.launchId);
  if ("dockId" in act) {
    if (act.verb === "closeDock" && launch.mayBeArmed) return "a dock is closed over an aircraft that may be armed";
    if (act.verb === "openDock" && act.dockId !== dockOf(uid) && launch.stage.kind !== "returning")
      return "the dock of another aircraft is opened";
  } else if (order.uid !== uid) return `an order meant for ${uid} goes to ${order.uid}`;
  if (launching.has(act.verb) && launch.stage.kind !== "returning") {
    if (ghost.stopped) return "a launch that was stopped goes on";
    const unclear = mood === "block" || (mood === "unknown" && !launch.settled.has("weather"));
    if (unclear && isBeforeArm(launch)) return `${act.verb} although a gate says ${mood}`;
  }
  if (act.verb === "arm") return armBroken(world, launch, ghost, order);
  if (act.verb === "startMission" && !ghost.seenArmed)
    return "a mission starts although the aircraft never said that it armed";
  return undefined;
}

function armBroken(world: World, launch: Launch, ghost: Ghost, order: OrderWish): string | undefined {
  const { approval } = ghost;
  if (ghost.arms > 0) return "one launch arms twice";
  if (approval === undefined) return "arms without a live approval";
  if (order.approvalId !== approval.id) return "arms with another approval";
  if (approval.uid !== order.uid) return "arms another aircraft than the approved one";
  if (approval.version !== launch.offer.version) return "arms on the approval of an older card";
  if (world.nowMs > approval.validUntilMs) return "arms on an approval that has lapsed";
  const twin = launchesOf(world).find(
    (one) => one.launchId !== launch.launchId && one.mayBeArmed && one.offer.choice.uid === order.uid,
  );
  return twin === undefined ? undefined : "arms an aircraft that another launch may have armed";
}

/** A fact as the station would see it: state first, then every launch reacts and goes on. */
export function hear(world: World, one: NewFact): Outcome {
  let now = applyFact(world, one);
  const fact = factAt(one, world.nowMs);
  for (const { launchId } of launchesOf(now)) {
    const launch = now.state.launches.get(launchId);
    if (launch === undefined || !concerns(launch, fact)) continue;
    const decision = reactToFact(launch, fact);
    if (decision.kind === "refused") continue;
    for (const news of decision.facts) now = applyFact(now, news);
    const sent = applyOrders(now, decision.orders, undefined);
    if (sent.breach !== undefined) return sent;
    now = sent.world;
  }
  return { world: now, breach: undefined };
}

function concerns(launch: Launch, fact: Fact): boolean {
  const { data } = fact;
  if ("launchId" in data && data.launchId !== undefined) return data.launchId === launch.launchId;
  if ("uid" in data && data.uid !== undefined) return data.uid === launch.offer.choice.uid;
  return "dockId" in data && data.dockId === launch.offer.choice.dockId;
}

/** One look of the process manager at one launch. */
export function advance(world: World, launchId: string, mood: GateMood): Outcome {
  const launch = world.state.launches.get(launchId);
  if (launch === undefined) return { world, breach: undefined };
  const decision = stepLaunch(launch, {
    gates: gatesFor(world, launch, mood),
    nowMs: world.nowMs,
    door: (dockId) => world.doors.get(dockId) ?? "closed",
    overReturnDock: true,
  });
  if (decision.kind === "refused") return { world, breach: undefined };
  let now = world;
  for (const news of decision.facts) now = applyFact(now, news);
  const measured = busyWith(world.state, launch.offer.choice.uid, launchId) !== undefined ? "block" : mood;
  return applyOrders(now, decision.orders, measured);
}

export { system };
