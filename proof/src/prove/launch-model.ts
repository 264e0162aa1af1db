import { type NewFact, newFact } from "@outrider/contract";
import {
  decideLaunch,
  isBeforeArm,
  isEnded,
  isFlying,
  isPreparing,
  type Launch,
  reactToTelemetry,
  stageLimitsS,
  timeOut,
} from "@outrider/ground-station";
import {
  advance,
  applyFact,
  applyOrders,
  firstWorld,
  gatesFor,
  ghostOf,
  hear,
  launchesOf,
  type Outcome,
  type World,
} from "./launch-world.js";
import { aircraft, dockOf, type GateMood, offerOf, type Pilot, person, pilots, system, type Uid } from "./offers.js";
import type { Model, Step } from "./walk.js";

const VALID_MS = 400_000;
const moods = ["pass", "unknown", "block"] as const;

/** How much of the world takes part. */
export type Size = {
  readonly launches: readonly string[];
  readonly aircraft: readonly Uid[];
  readonly pilots: readonly Pilot[];
  readonly strangers: boolean;
};

/** The launch decider with everything that people, clocks, aircraft and docks can do to it, in any order. */
export function launchModel(name: string, size: Size): Model<World> {
  return {
    name,
    initial: firstWorld,
    key,
    *next(world) {
      for (const launchId of size.launches) yield* ofLaunch(world, launchId, size);
      for (const uid of size.aircraft) yield* ofAircraft(world, uid, size);
      yield* ofTime(world);
    },
  };
}

const stepOf = (label: string, outcome: Outcome): Step<World> => ({
  label,
  state: outcome.world,
  breach: outcome.breach ?? always(outcome.world),
});

/** Rules about states rather than orders. */
function always(world: World): string | undefined {
  for (const launch of launchesOf(world)) {
    if (isFlying(launch) && launch.picId === "") return "an aircraft in the air has no pilot";
    if (ghostOf(world, launch.launchId).arms > 1) return "one launch arms twice";
    if (launch.stage.kind === "returning" && !launch.ordered.return) {
      const next = advance(world, launch.launchId, "block");
      const after = next.world.state.launches.get(launch.launchId);
      if (
        next.breach === undefined &&
        after !== undefined &&
        !after.ordered.return &&
        !after.ordered.divert &&
        after.openDocks.length === launch.openDocks.length
      )
        return "an aircraft that comes home was not told to";
    }
  }
  return undefined;
}

function* ofLaunch(world: World, launchId: string, size: Size): Iterable<Step<World>> {
  const launch = world.state.launches.get(launchId);
  for (const uid of size.aircraft)
    for (const policy of ["approve", "veto"] as const) {
      const offer = offerOf({ launchId, uid, policy, nowMs: world.nowMs, nonce: `n${world.nextId}` });
      const decision = decideLaunch({ kind: "propose", offer }, launch, world.nowMs);
      if (decision.kind === "decided")
        yield stepOf(
          `${launchId}: propose ${uid} (${policy})`,
          carry({ ...world, nextId: world.nextId + 1 }, decision.facts),
        );
      else if (launch === undefined || isBeforeArm(launch))
        yield { label: `${launchId}: propose`, state: world, breach: "a card before arming cannot be made anew" };
    }
  if (launch === undefined) return;
  yield* approvals(world, launch, size);
  yield* endings(world, launch);
  for (const mood of moods) yield stepOf(`${launchId}: next step, gates ${mood}`, advance(world, launchId, mood));
  yield* answers(world, launch);
  yield* telemetry(world, launch);
}

function carry(world: World, facts: readonly NewFact[]): Outcome {
  return { world: facts.reduce(applyFact, world), breach: undefined };
}

const mistakes = ["", "version", "nonce", "aircraft", "off watch"] as const;

/** Every approval that could reach the station, the good one among many bad ones. */
function* approvals(world: World, launch: Launch, size: Size): Iterable<Step<World>> {
  const { offer, launchId } = launch;
  const open = launch.stage.kind === "proposed";
  for (const pilot of open ? size.pilots : size.pilots.slice(0, 1))
    for (const mood of open ? moods : moods.slice(0, 1))
      for (const bad of open ? mistakes : mistakes.slice(0, 1)) {
        const command = {
          kind: "approve" as const,
          version: bad === "version" ? offer.version - 1 : offer.version,
          nonce: bad === "nonce" ? "old" : offer.nonce,
          uid: bad === "aircraft" ? (aircraft.find((one) => one !== offer.choice.uid) ?? "") : offer.choice.uid,
          by: person(pilot),
          onWatch: bad !== "off watch",
          gates: gatesFor(world, launch, mood),
          approvalId: `a${world.nextId}`,
          validUntilMs: world.nowMs + VALID_MS,
        };
        const decision = decideLaunch(command, launch, world.nowMs);
        if (decision.kind === "refused") continue;
        const settled = launch.settled.has("weather");
        const wrong =
          bad !== ""
            ? `an approval with the wrong ${bad} is taken`
            : mood === "block" || (mood === "unknown" && !settled)
              ? `an approval is taken although a gate says ${mood}`
              : launch.stage.kind !== "proposed"
                ? "a launch is approved twice"
                : world.nowMs >= offer.expiresAtMs
                  ? "a lapsed card is approved"
                  : undefined;
        const outcome = carry({ ...world, nextId: world.nextId + 1 }, decision.facts);
        yield {
          label: `${launchId}: ${pilot} approves (${mood}${bad === "" ? "" : `, wrong ${bad}`})`,
          state: outcome.world,
          breach: wrong,
        };
      }
}

function* endings(world: World, launch: Launch): Iterable<Step<World>> {
  const { launchId, offer } = launch;
  const by = person("P");
  const commands = [
    ["settles the unknown gate", { kind: "settleGate", version: offer.version, gate: "weather", text: "looked", by }],
    ["declines", { kind: "decline", version: offer.version, reason: "no", by, onWatch: true }],
    ["the call is cancelled", { kind: "stop", code: "cancelled", why: "cancelled", by: system }],
    ["aborts", { kind: "abort", reason: "abort", by }],
  ] as const;
  for (const [label, command] of commands) {
    const decision = decideLaunch(command, launch, world.nowMs);
    if (decision.kind === "refused") continue;
    const after = carry(world, decision.facts).world;
    yield stepOf(`${launchId}: ${label}`, applyOrders(after, decision.orders, undefined));
  }
  for (const mood of launch.stage.kind === "proposed" ? moods : [])
    for (const hindrance of [undefined, "presence stale"]) {
      const gates = gatesFor(world, launch, mood);
      const decision = decideLaunch(
        { kind: "windowEnds", hindrance, gates, approvalId: `a${world.nextId}`, validUntilMs: world.nowMs + VALID_MS },
        launch,
        world.nowMs,
      );
      if (decision.kind === "refused") continue;
      const launched = decision.facts.some((fact) => fact.type === "VetoWindowElapsed");
      const wrong =
        launched &&
        (hindrance !== undefined || mood !== "pass" || offer.policy.kind !== "veto" || world.nowMs < offer.expiresAtMs)
          ? "it launches itself although something speaks against it"
          : undefined;
      yield {
        label: `${launchId}: the window ends (${mood}, ${hindrance ?? "nothing against"})`,
        state: carry({ ...world, nextId: world.nextId + 1 }, decision.facts).world,
        breach: wrong,
      };
    }
  const late = timeOut(launch, world.nowMs);
  if (late.kind === "decided" && late.facts.length > 0)
    yield stepOf(`${launchId}: takes too long`, applyOrders(carry(world, late.facts).world, late.orders, undefined));
  if (isPreparing(launch)) {
    const restart = decideLaunch({ kind: "stop", code: "restart", why: "restart", by: system }, launch, world.nowMs);
    if (restart.kind === "decided") yield stepOf(`${launchId}: the station restarts`, carry(world, restart.facts));
  }
}

/** Answers of the bridge to the order that is waited for, and to one from before. */
function* answers(world: World, launch: Launch): Iterable<Step<World>> {
  const { launchId, offer } = launch;
  const { uid } = offer.choice;
  const current = "orderId" in launch.stage ? launch.stage.orderId : undefined;
  // Without an order that is waited for, no answer means anything to the launch.
  for (const orderId of current === undefined ? [] : [current, "o0"]) {
    const ids = { orderId, uid, launchId };
    const which = orderId === current ? "" : " (of an old order)";
    yield stepOf(
      `${launchId}: refused${which}`,
      hear(world, newFact("OrderRefused", { ...ids, verb: "x", reason: "no" }, system)),
    );
    yield stepOf(
      `${launchId}: no answer${which}`,
      hear(world, newFact("OrderUnconfirmed", { ...ids, verb: "x", text: "no answer" }, system)),
    );
    for (const planId of [offer.plan.planId, "other"])
      yield stepOf(
        `${launchId}: plan ${planId} read back${which}`,
        hear(world, newFact("PlanReadBack", { ...ids, planId, items: 3, fenceHash: "h" }, system)),
      );
  }
}

function* telemetry(world: World, launch: Launch): Iterable<Step<World>> {
  if (!isFlying(launch)) return;
  const seen = { heightToGoM: 0, fromHomeM: 100, toSceneM: 10, slantM: 60, cameraSees: true };
  const decision = reactToTelemetry(launch, seen);
  if (decision.kind === "decided" && decision.facts.length + decision.orders.length > 0)
    yield stepOf(
      `${launch.launchId}: seen on its way`,
      applyOrders(carry(world, decision.facts).world, decision.orders, undefined),
    );
}

/** What an aircraft and its dock may do, also unasked. */
function* ofAircraft(world: World, uid: Uid, size: Size): Iterable<Step<World>> {
  const launch = launchesOf(world).find(
    (one) => one.offer.choice.uid === uid && !isEnded(one) && one.stage.kind !== "proposed",
  );
  const dockId = dockOf(uid);
  for (const door of ["open", "jammed", "closed"] as const) {
    // A jammed door is a shut one to every rule but the one that hears it jam.
    const leaf = door === "open" ? "open" : "closed";
    const moved =
      (world.doors.get(dockId) ?? "closed") === leaf
        ? world
        : { ...world, doors: new Map(world.doors).set(dockId, leaf) };
    yield stepOf(
      `door of ${uid} ${door}`,
      hear(moved, newFact("DockDoorChanged", { dockId, door, padClear: true, occupied: false }, system)),
    );
  }
  if (
    launch === undefined &&
    !size.strangers &&
    !launchesOf(world).some((one) => one.offer.choice.uid === uid && one.mayBeArmed)
  )
    return;
  const facts: readonly NewFact[] = [
    newFact("Armed", { uid }, system),
    newFact("Disarmed", { uid }, system),
    newFact("Airborne", { uid, altAmslM: 10 }, system),
    newFact("Landed", { uid, latDeg: 0, lonDeg: 0 }, system),
    newFact("ModeChanged", { uid, mode: "return", by: "failsafe" }, system),
    newFact("CalledHome", { uid, why: "nobody there" }, system),
  ];
  for (const fact of facts) yield stepOf(`${uid} ${fact.type}`, hear(world, fact));
  if (launch === undefined) return;
  const { launchId, incidentId } = launch;
  const ids = { launchId, incidentId, uid };
  const other = dockOf(aircraft.find((one) => one !== uid) ?? uid);
  if (isFlying(launch))
    yield stepOf(
      `${uid} goes to another dock`,
      hear(world, newFact("AlternateChosen", { ...ids, dockId: other, why: "" }, system)),
    );
  if (launch.stage.kind === "landed")
    yield stepOf(`${uid} docked`, hear(world, newFact("Docked", { ...ids, dockId }, system)));
  if (launch.stage.kind === "landed" || launch.stage.kind === "docked")
    yield stepOf(
      `${uid} flight closed`,
      hear(world, newFact("FlightClosed", { ...ids, flightId: "fl", purpose: "", category: "", airborneS: 1 }, system)),
    );
  for (const pilot of size.pilots)
    if (pilot !== launch.picId)
      yield stepOf(
        `${pilot} takes ${uid}`,
        hear(world, newFact("ControlTaken", { uid, personId: pilot, name: pilot }, person(pilot))),
      );
}

/** Time passes to just after the next moment that any rule looks at. */
function* ofTime(world: World): Iterable<Step<World>> {
  const moments = launchesOf(world).flatMap((launch) => {
    const approval = "approval" in launch.stage ? [launch.stage.approval.validUntilMs + 1] : [];
    const card = launch.stage.kind === "proposed" ? [launch.offer.expiresAtMs] : [];
    const stage = timeOutMatters(launch) ? [launch.sinceMs + 200_000] : [];
    return [...approval, ...card, ...stage].filter((atMs) => atMs > world.nowMs);
  });
  if (moments.length > 0) yield { label: "time passes", state: { ...world, nowMs: Math.min(...moments) } };
}

/** What is kept of a flight is read by no rule once it can neither fly nor be about to. */
const mayFly = (launch: Launch): boolean => !isEnded(launch) || launch.mayBeArmed;

const timeOutMatters = (launch: Launch): boolean => stageLimitsS[launch.stage.kind] !== undefined;

/** Ids are renamed to what they are equal to, times to what they are compared with. */
function key(world: World): string {
  const launches = launchesOf(world).map((launch) => {
    const ghost = ghostOf(world, launch.launchId);
    const { stage, offer } = launch;
    const approval = "approval" in stage ? stage.approval : undefined;
    return [
      launch.launchId,
      offer.choice.uid,
      stage.kind === "proposed" ? offer.policy.kind : "",
      stage.kind,
      stage.kind === "proposed" && world.nowMs >= offer.expiresAtMs,
      approval === undefined ? "" : world.nowMs > approval.validUntilMs,
      !isEnded(launch) && timeOutMatters(launch) && world.nowMs - launch.sinceMs >= 200_000,
      stage.kind === "proposed" || isPreparing(launch)
        ? launch.settled.size + launch.gates.map((gate) => gate.state[0]).join("")
        : "",
      launch.openDocks.map((dock) => dock.dockId).join(),
      launch.mayBeArmed,
      mayFly(launch) ? launch.picId : "",
      !mayFly(launch)
        ? ""
        : [
            launch.returnDockId,
            ...Object.values(launch.ordered),
            launch.handFlown,
            launch.cameraOnTarget,
            launch.unconfirmed !== undefined,
          ].join(),
      ghost.approval === undefined
        ? ""
        : [
            ghost.approval.uid,
            ghost.approval.version === offer.version,
            ghost.approval.id === approval?.approvalId,
          ].join(),
      ghost.arms,
      ghost.stopped,
      ghost.seenArmed,
    ].join("|");
  });
  return `${launches.sort().join("#")}@${aircraft.map((uid) => (world.doors.get(dockOf(uid)) === "open" ? 1 : 0)).join("")}`;
}

export const wholeSize: Size = { launches: ["L"], aircraft, pilots, strangers: true };
export const twoSize: Size = { launches: ["L", "M"], aircraft, pilots: ["P"], strangers: false };
export type { GateMood };
