import { type NewFact, newFact, type OrderVerb } from "@outrider/contract";
import { isBeforeArm, isEnded, isFlying, isPreparing, type Launch } from "@outrider/ground-station";
import { canonical, LATE_MS, VALID_MS } from "./canonical.js";
import {
  aircraft,
  dockOf,
  type GateMood,
  gates,
  offerOf,
  type Pilot,
  person,
  pilots,
  system,
  type Uid,
} from "./offers.js";
import { type Around, LAUNCH, type Moved, NOW_MS, type Single, type SingleRules } from "./single.js";

/** How much of the world takes part. */
export type Size = {
  readonly aircraft: readonly Uid[];
  readonly pilots: readonly Pilot[];
  /** Whether pilots give flying orders of their own. */
  readonly handFlying: boolean;
};

export const wholeSize: Size = { aircraft, pilots, handFlying: true };

export type Move = Moved & { readonly label: string };
export const moods: readonly GateMood[] = ["pass", "unknown", "block"];

const made = (label: string, moved: Moved): Move => ({ ...moved, label });
const quiet = (label: string, single: Single, breach?: string): Move => ({ label, single, breach, told: [] });
const stateChange = (label: string, single: Single, launch: Partial<Launch>): Move[] =>
  single.launch === undefined ? [] : [quiet(label, { ...single, launch: { ...single.launch, ...launch } })];

/** What may happen to a launch whatever stands around it: people, clocks, answers, telemetry, the end of the flight. */
export function* freeMoves(rules: SingleRules, single: Single, size: Size): Iterable<Move> {
  yield* proposals(rules, single, size);
  const { launch } = single;
  if (launch === undefined) return;
  yield* endings(rules, single, launch);
  yield* answers(rules, single, launch);
  yield* inFlight(rules, single, launch, size);
  yield* time(single, launch);
}

/** What depends on whether another launch has the aircraft: whoever approves is measured against the gates of then. */
export function* gatedMoves(rules: SingleRules, single: Single, around: Pick<Around, "busy">, size: Size) {
  const { launch } = single;
  if (launch === undefined) return;
  for (const mood of around.busy ? (["block"] as const) : moods) {
    yield* approvals(rules, single, launch, { size, mood });
    yield* windowEnds(rules, single, launch, mood);
  }
}

/** One look of the process manager at the launch. */
export function* stepMoves(rules: SingleRules, single: Single, around: Around): Iterable<Move> {
  if (single.launch === undefined) return;
  for (const mood of around.busy ? (["block"] as const) : moods)
    yield made(`next step, gates ${mood}`, rules.advance(single, around, mood));
}

function* proposals(rules: SingleRules, single: Single, size: Size): Iterable<Move> {
  const { launch } = single;
  for (const uid of size.aircraft)
    for (const policy of ["approve", "veto"] as const) {
      const offer = offerOf({ launchId: LAUNCH, uid, policy, nowMs: NOW_MS, nonce: "n" });
      const decision = rules.deciders.decide({ kind: "propose", offer }, launch, NOW_MS);
      if (decision.kind === "decided")
        yield made(`${uid} is proposed (${policy})`, rules.carry(single, decision.facts));
      else if (launch === undefined || isBeforeArm(launch))
        yield quiet("propose", single, "a card before arming cannot be made anew");
    }
}

const mistakes = ["", "version", "nonce", "aircraft", "off watch"] as const;

/** Every approval that could reach the station, the good one among many bad ones. */
function* approvals(
  rules: SingleRules,
  single: Single,
  launch: Launch,
  { size, mood }: { size: Size; mood: GateMood },
): Iterable<Move> {
  const { offer } = launch;
  for (const pilot of size.pilots)
    for (const bad of mistakes) {
      const command = {
        kind: "approve" as const,
        version: bad === "version" ? offer.version - 1 : offer.version,
        nonce: bad === "nonce" ? "old" : offer.nonce,
        uid: bad === "aircraft" ? (aircraft.find((one) => one !== offer.choice.uid) ?? "") : offer.choice.uid,
        by: person(pilot),
        onWatch: bad !== "off watch",
        gates: gates(mood),
        approvalId: "new",
        validUntilMs: NOW_MS + VALID_MS,
      };
      const decision = rules.deciders.decide(command, launch, NOW_MS);
      if (decision.kind === "refused") continue;
      const wrong = bad === "" ? approvalBroken(launch, mood) : `an approval with the wrong ${bad} is taken`;
      const label = `${pilot} approves (gates ${mood}${bad === "" ? "" : `, wrong ${bad}`})`;
      const moved = rules.carry(single, decision.facts);
      yield { ...moved, label, breach: wrong };
      if (bad === "" && wrong === undefined)
        yield made(`${label} while the disk is full`, rules.refusedByDisk(single, decision.facts));
    }
}

function approvalBroken(launch: Launch, mood: GateMood): string | undefined {
  if (mood === "block" || (mood === "unknown" && !launch.settled.has("weather")))
    return `an approval is taken although a gate says ${mood}`;
  if (launch.stage.kind !== "proposed") return "a launch is approved twice";
  return NOW_MS >= launch.offer.expiresAtMs ? "a lapsed card is approved" : undefined;
}

function* windowEnds(rules: SingleRules, single: Single, launch: Launch, mood: GateMood): Iterable<Move> {
  const { offer } = launch;
  for (const hindrance of [undefined, "presence stale"]) {
    const decision = rules.deciders.decide(
      {
        kind: "windowEnds",
        hindrance,
        gates: gates(mood),
        approvalId: "new",
        validUntilMs: NOW_MS + VALID_MS,
      },
      launch,
      NOW_MS,
    );
    if (decision.kind === "refused" || decision.facts.length === 0) continue;
    const launched = decision.facts.some((fact) => fact.type === "VetoWindowElapsed");
    const against =
      hindrance !== undefined || mood !== "pass" || offer.policy.kind !== "veto" || NOW_MS < offer.expiresAtMs;
    yield {
      ...rules.carry(single, decision.facts),
      label: `the window ends (gates ${mood}, ${hindrance ?? "nothing against"})`,
      breach: launched && against ? "it launches itself although something speaks against it" : undefined,
    };
    if (launched) yield made("the window ends while the disk is full", rules.refusedByDisk(single, decision.facts));
  }
}

function* endings(rules: SingleRules, single: Single, launch: Launch): Iterable<Move> {
  const by = person("P");
  const { version } = launch.offer;
  const commands = [
    ["settles the unknown gate", { kind: "settleGate", version, gate: "weather", text: "looked", by }],
    ["declines", { kind: "decline", version, reason: "no", by, onWatch: true }],
    ["the call is cancelled", { kind: "stop", code: "cancelled", why: "cancelled", by: system }],
    ["the station restarts", { kind: "stop", code: "restart", why: "restart", by: system }],
    ["the pilot aborts", { kind: "abort", reason: "abort", by }],
  ] as const;
  for (const [label, command] of commands) {
    const decision = rules.deciders.decide(command, launch, NOW_MS);
    if (decision.kind === "decided")
      yield made(label, rules.send(rules.carry(single, decision.facts), decision.orders));
  }
  const late = rules.deciders.late(launch, NOW_MS);
  if (late.kind === "decided")
    yield made("it takes too long", rules.send(rules.carry(single, late.facts), late.orders));
  for (const mood of launch.stage.kind === "proposed" ? moods : [])
    yield made(
      `gates measured: ${mood}`,
      rules.carry(single, [
        newFact("GatesMeasured", { launchId: LAUNCH, incidentId: "i", version, gates: gates(mood) }, system),
      ]),
    );
}

/** Answers of the bridge to the order that is waited for, and to one from before. */
function* answers(rules: SingleRules, single: Single, launch: Launch): Iterable<Move> {
  const { stage, offer } = launch;
  // Without an order that is waited for, no answer means anything to the launch.
  if (!("orderId" in stage)) return;
  for (const orderId of [stage.orderId, "o0"]) {
    const ids = { orderId, uid: offer.choice.uid, launchId: LAUNCH };
    const which = orderId === "o0" ? " (an old order)" : "";
    const facts = [
      ["refused", newFact("OrderRefused", { ...ids, verb: "x", reason: "no" }, system)],
      ["no answer", newFact("OrderUnconfirmed", { ...ids, verb: "x", text: "no answer" }, system)],
      ...[offer.plan.planId, "other"].map(
        (planId) =>
          [
            `plan ${planId} read back`,
            newFact("PlanReadBack", { ...ids, planId, items: 3, fenceHash: "h" }, system),
          ] as const,
      ),
    ] as const;
    for (const [label, fact] of facts) yield made(`${label}${which}`, rules.hear(single, fact));
  }
}

const point = { latDeg: 0, lonDeg: 0 };
const target = { point, altAmslM: 60, groundAmslM: 0, speedMps: 10 };
const byHand: readonly OrderVerb[] = [
  { verb: "goto", ...target },
  { verb: "orbit", ...target, radiusM: 60 },
  { verb: "pointCamera", point, altAmslM: 0 },
  { verb: "levelCamera" },
  { verb: "land" },
  { verb: "return" },
];

function* inFlight(rules: SingleRules, single: Single, launch: Launch, size: Size): Iterable<Move> {
  if (isBeforeArm(launch)) return;
  const { uid } = launch.offer.choice;
  const ids = { launchId: LAUNCH, incidentId: "i", uid };
  for (const act of size.handFlying && !isEnded(launch) ? byHand : [])
    yield made(
      `its pilot orders ${act.verb}`,
      rules.hear(single, newFact("OrderIssued", { orderId: "hand", uid, act, launchId: LAUNCH }, person("P"))),
    );
  if (isFlying(launch)) {
    const seen = { heightToGoM: 0, fromHomeM: 100, toSceneM: 10, slantM: 60, cameraSees: true };
    for (const [label, view] of [
      ["seen on its way", seen],
      ["seen on its way, camera elsewhere", { ...seen, cameraSees: false }],
      ["seen near the scene", { ...seen, toSceneM: 250, cameraSees: false }],
    ] as const) {
      const decision = rules.deciders.seen(launch, view);
      if (decision.kind === "decided")
        yield made(label, rules.send(rules.carry(single, decision.facts), decision.orders));
    }
    for (const one of aircraft)
      yield made(
        `the dock of ${one} is to be its haven`,
        rules.hear(single, newFact("AlternateChosen", { ...ids, dockId: dockOf(one), why: "" }, system)),
      );
  }
  const dockId = dockOf(uid);
  const closed = { ...ids, flightId: "fl", purpose: "", category: "", airborneS: 1 };
  yield made("docked", rules.hear(single, newFact("Docked", { ...ids, dockId }, system)));
  yield made("flight closed", rules.hear(single, newFact("FlightClosed", closed, system)));
}

/** Any of its times may come at any moment: how long it was before is something that no rule asks. */
function* time(single: Single, launch: Launch): Iterable<Move> {
  const { stage, offer } = launch;
  if (stage.kind === "proposed")
    yield* stateChange("time passes: the card lapses", single, { offer: { ...offer, expiresAtMs: NOW_MS - 1 } });
  yield* stateChange("time passes: too long in this stage", single, { sinceMs: NOW_MS - LATE_MS });
  if (!isPreparing(launch) || !("approval" in stage)) return;
  const lapsed = { ...stage, approval: { ...stage.approval, validUntilMs: NOW_MS - 1 } };
  const { approval } = single.ghost;
  const ghost =
    approval === undefined ? single.ghost : { ...single.ghost, approval: { ...approval, validUntilMs: NOW_MS - 1 } };
  yield* stateChange("time passes: the approval lapses", { ...single, ghost }, { stage: lapsed });
}

/** What every launch hears at once. */
export type Shared = {
  readonly label: string;
  readonly fact: NewFact;
  readonly door?: { readonly uid: Uid; readonly open: boolean };
  readonly newRun?: boolean;
};

export function sharedEvents(size: Size): readonly Shared[] {
  const started = newFact("RunStarted", { runId: "r", scenario: "s", seed: 1 }, system);
  return [
    { label: "a new run starts", fact: started, newRun: true },
    ...size.aircraft.flatMap((uid) => [...doorEvents(uid), ...uidEvents(uid, size)]),
  ];
}

function doorEvents(uid: Uid): Shared[] {
  const dockId = dockOf(uid);
  return (["open", "jammed", "closed"] as const).map((door) => ({
    label: `door of ${uid}: ${door}`,
    fact: newFact("DockDoorChanged", { dockId, door, padClear: true, occupied: false }, system),
    // A jammed door is a shut one to every rule but the one that hears it jam.
    door: { uid, open: door === "open" },
  }));
}

/** What an aircraft may do, also unasked, and who may take it. */
function uidEvents(uid: Uid, size: Size): Shared[] {
  const facts: readonly NewFact[] = [
    newFact("Armed", { uid }, system),
    newFact("Disarmed", { uid }, system),
    newFact("Airborne", { uid, altAmslM: 10 }, system),
    newFact("Landed", { uid, latDeg: 0, lonDeg: 0 }, system),
    newFact("ModeChanged", { uid, mode: "return", by: "failsafe" }, system),
    newFact("CalledHome", { uid, why: "nobody there" }, system),
  ];
  return [
    ...facts.map((fact) => ({ label: `${uid}: ${fact.type}`, fact })),
    ...size.pilots.map((pilot) => ({
      label: `${pilot} takes ${uid}`,
      fact: newFact("ControlTaken", { uid, personId: pilot, name: pilot }, person(pilot)),
    })),
  ];
}

const everyDoors = [false, true].flatMap((a) => [false, true].map((b) => ({ A: a, B: b })));

/** Rules about states rather than orders. */
export function brokenState(rules: SingleRules, single: Single): string | undefined {
  const { launch, ghost } = single;
  if (launch === undefined) return undefined;
  if (isFlying(launch) && launch.picId === "") return "an aircraft in the air has no pilot";
  if (ghost.arms > 1) return "one launch arms twice";
  if (launch.stage.kind !== "returning" || launch.ordered.return) return undefined;
  const here = canonical(single).key;
  const idle = everyDoors.some((doors) => {
    const next = rules.advance(single, { doors, busy: true, twin: false }, "block");
    return next.breach === undefined && canonical(next.single).key === here;
  });
  return idle ? "an aircraft that comes home was not told to" : undefined;
}
