import { isBeforeArm, isEnded, isFlying, isPreparing, type Launch, stageLimitsS } from "@outrider/ground-station";
import type { Ghost } from "./ghost.js";
import { dockOf, gates, offerOf, person, type Uid } from "./offers.js";
import { NOW_MS, type Single } from "./single.js";

/** Longer than any stage may take. */
export const LATE_MS = 200_000;
export const VALID_MS = 400_000;

export type Canonical = { readonly key: string; readonly single: Single };

/**
 * The one state that stands for all which no rule can tell apart: ids renamed to what they are equal to, times to the
 * side of now on which they lie, and what no rule reads any more at this stage put back to its beginning. That nothing
 * is lost by it is tested: the scattered and the canonical state answer everything alike.
 */
export function canonical({ launch, ghost }: Single): Canonical {
  if (launch === undefined) return { key: "", single: { launch, ghost } };
  const tidy = tidied(launch, ghost);
  return { key: keyOf(tidy), single: tidy };
}

type Stands = { launch: Launch; ghost: Ghost };

/** Whether it may be in the air now or later: only then is what was ordered in flight ever read. */
const mayFly = (launch: Launch): boolean => {
  const { kind } = launch.stage;
  return (
    isBeforeArm(launch) ||
    isFlying(launch) ||
    kind === "arming" ||
    kind === "armed" ||
    kind === "starting" ||
    kind === "landed" ||
    (kind === "aborted" && launch.mayBeArmed)
  );
};
/** Camera and circle are only cared for on the way out. */
const untilStart: ReadonlySet<string> = new Set(["arming", "armed", "starting"]);
const untilLevel: ReadonlySet<string> = new Set([...untilStart, "climbing"]);
const wayOut: ReadonlySet<string> = new Set([...untilLevel, "enRoute", "onScene"]);

function tidied(launch: Launch, ghost: Ghost): Stands {
  const { stage } = launch;
  const dead = isEnded(launch) && !launch.mayBeArmed && launch.openDocks.length === 0;
  const uid: Uid = launch.offer.choice.uid === "B" && !dead ? "B" : "A";
  const card = stage.kind === "proposed";
  const lapsed = card && NOW_MS >= launch.offer.expiresAtMs;
  const policy = card && launch.offer.policy.kind === "veto" ? "veto" : "approve";
  const late = stageLimitsS[stage.kind] !== undefined && NOW_MS - launch.sinceMs >= LATE_MS;
  const waits = isBeforeArm(launch);
  const out = waits || wayOut.has(stage.kind);
  const flies = mayFly(launch);
  const { ordered } = launch;
  return {
    // Every field by its name: copies of states of all shapes are slow, and a new field must be thought of.
    launch: {
      launchId: launch.launchId,
      mayBeArmed: launch.mayBeArmed,
      returnsUnasked: launch.returnsUnasked,
      offer: {
        ...offerOf({ launchId: launch.launchId, uid, policy, nowMs: lapsed ? 0 : NOW_MS, nonce: "n" }),
        version: 1,
        proposedMs: 0,
      },
      incidentId: "i",
      gates: card ? launch.gates : gates("pass"),
      settled: waits && launch.settled.size > 0 ? settled : unsettled,
      stage: tidyStage(launch),
      sinceMs: late ? NOW_MS - LATE_MS : NOW_MS,
      picId: launch.picId === "" ? "" : "P",
      picName: "P",
      openDocks: [...launch.openDocks].sort((a, b) => (a.dockId < b.dockId ? -1 : 1)),
      airborneMs: undefined,
      landedMs: undefined,
      returnDockId: flies ? launch.returnDockId : dockOf(uid),
      ordered: {
        level: (waits || untilLevel.has(stage.kind)) && ordered.level,
        camera: out && ordered.camera,
        orbit: out && ordered.orbit,
        return: flies && ordered.return,
        divert: flies && ordered.divert,
      },
      // Whoever flew it by hand may have undone an earlier return: read until it is down.
      handFlown: (out || flies) && launch.handFlown,
      cameraOnTarget: out && launch.cameraOnTarget,
      unconfirmed: undefined,
    },
    ghost: {
      approval: tidyGrant(launch, ghost),
      arms: ghost.arms,
      stopped: ghost.stopped,
      seenArmed: (waits || untilStart.has(stage.kind)) && ghost.seenArmed,
    },
  };
}

const settled: Launch["settled"] = new Map([["weather", "P"]] as const);
const unsettled: Launch["settled"] = new Map();

function tidyStage(launch: Launch): Launch["stage"] {
  const { stage, offer } = launch;
  if (stage.kind === "returning") return { kind: "returning", why: "" };
  if ("reason" in stage) return { kind: stage.kind, reason: "" };
  if (!("approval" in stage)) return "orderId" in stage ? { kind: stage.kind, orderId: "o" } : stage;
  const { approval } = stage;
  const lapsed = isPreparing(launch) && NOW_MS > approval.validUntilMs;
  const tidy = {
    approvalId: "a",
    version: approval.version === offer.version ? 1 : 0,
    uid: approval.uid,
    validUntilMs: lapsed ? NOW_MS - 1 : NOW_MS + VALID_MS,
    by: person("P"),
  };
  return "orderId" in stage ? { kind: stage.kind, orderId: "o", approval: tidy } : { kind: stage.kind, approval: tidy };
}

function tidyGrant(launch: Launch, { approval }: Ghost): Ghost["approval"] {
  if (approval === undefined) return undefined;
  const own = "approval" in launch.stage ? launch.stage.approval : undefined;
  return {
    id: approval.id === own?.approvalId ? "a" : "b",
    uid: approval.uid,
    version: approval.version === launch.offer.version ? 1 : 0,
    validUntilMs: NOW_MS > approval.validUntilMs ? NOW_MS - 1 : NOW_MS + VALID_MS,
  };
}

const bit = (flag: boolean): string => (flag ? "1" : "0");

function keyOf({ launch, ghost }: Stands): string {
  const { stage, offer, ordered } = launch;
  const own = "approval" in stage ? stage.approval : undefined;
  const flags = [
    offer.policy.kind === "veto",
    NOW_MS >= offer.expiresAtMs,
    NOW_MS - launch.sinceMs >= LATE_MS,
    launch.settled.size > 0,
    launch.picId === "",
    launch.mayBeArmed,
    ...[ordered.level, ordered.camera, ordered.orbit, ordered.return, ordered.divert],
    launch.handFlown,
    launch.cameraOnTarget,
    ghost.stopped,
    ghost.seenArmed,
  ];
  const grant = (one: { uid: string; version: number; validUntilMs: number } | undefined): string =>
    one === undefined ? "" : `${one.uid}${one.version}${bit(NOW_MS > one.validUntilMs)}`;
  return [
    stage.kind,
    offer.choice.uid,
    flags.map(bit).join(""),
    launch.gates.map((gate) => gate.state + bit(gate.settledBy !== undefined)).join(),
    launch.openDocks.map((dock) => dock.dockId).join(),
    launch.returnDockId,
    grant(own),
    ghost.approval?.id ?? "",
    grant(ghost.approval),
    ghost.arms,
  ].join("|");
}

const otherUid = (uid: string): Uid => (uid === "A" ? "B" : "A");
const otherDock = (dockId: string): string => (dockId === dockOf("A") ? dockOf("B") : dockOf("A"));

/** The same with the two aircraft and their docks exchanged. */
export function swapped({ launch, ghost }: Single): Single {
  if (launch === undefined) return { launch, ghost };
  const { stage, offer } = launch;
  const uid = otherUid(offer.choice.uid);
  const card = offerOf({ launchId: launch.launchId, uid, policy: "approve", nowMs: NOW_MS, nonce: offer.nonce });
  const turned =
    "approval" in stage ? { ...stage, approval: { ...stage.approval, uid: otherUid(stage.approval.uid) } } : stage;
  return {
    launch: {
      ...launch,
      offer: { ...offer, choice: card.choice, plan: card.plan },
      stage: turned,
      openDocks: launch.openDocks.map((dock) => ({ uid: otherUid(dock.uid), dockId: otherDock(dock.dockId) })),
      returnDockId: otherDock(launch.returnDockId),
    },
    ghost:
      ghost.approval === undefined
        ? ghost
        : { ...ghost, approval: { ...ghost.approval, uid: otherUid(ghost.approval.uid) } },
  };
}
