import type { Actor, FactData, GateId, GateResult, LaunchPhase } from "@outrider/contract";

/** What is offered to the pilot, as the record holds it. */
export type Offer = FactData<"LaunchProposed"> & { readonly proposedMs: number };

/** Bound to one aircraft and one version; good for one arm order until it lapses. */
export type Approval = {
  readonly approvalId: string;
  readonly version: number;
  readonly uid: string;
  readonly validUntilMs: number;
  readonly by: Actor;
};

type Approved = { readonly approval: Approval };

export type Stage =
  | { readonly kind: "proposed" }
  | ({ readonly kind: "approved" } & Approved)
  | ({ readonly kind: "openingDock"; readonly orderId: string } & Approved)
  | ({ readonly kind: "dockOpen" } & Approved)
  | ({ readonly kind: "uploading"; readonly orderId: string } & Approved)
  | ({ readonly kind: "planReady" } & Approved)
  | ({ readonly kind: "arming"; readonly orderId: string } & Approved)
  | { readonly kind: "armed" }
  | { readonly kind: "starting"; readonly orderId: string }
  | { readonly kind: "climbing" }
  | { readonly kind: "enRoute" }
  | { readonly kind: "onScene" }
  | { readonly kind: "returning"; readonly why: string }
  | { readonly kind: "landed" }
  | { readonly kind: "docked" }
  | { readonly kind: "closed" }
  | { readonly kind: "declined"; readonly reason: string }
  | { readonly kind: "expired" }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "aborted"; readonly reason: string };
export type StageKind = Stage["kind"];

/** One launch from proposal to closed flight: a fold of its facts. */
export type Launch = {
  readonly launchId: string;
  readonly incidentId: string;
  readonly offer: Offer;
  readonly gates: readonly GateResult[];
  readonly settled: ReadonlyMap<GateId, string>;
  readonly stage: Stage;
  readonly sinceMs: number;
  /** Who answers for the flight now: the one who approved, then whoever took control. */
  readonly picId: string;
  readonly picName: string;
  /** Docks opened for this launch and not yet ordered shut. */
  readonly openDocks: readonly { readonly uid: string; readonly dockId: string }[];
  /** An arm order has left and nothing has said that the motors are off. */
  readonly mayBeArmed: boolean;
  readonly airborneMs: number | undefined;
  readonly landedMs: number | undefined;
  readonly returnDockId: string;
  readonly ordered: {
    readonly level: boolean;
    readonly camera: boolean;
    readonly orbit: boolean;
    /** Return, or land: whatever ends the flight. */
    readonly return: boolean;
    /** On its way to another dock than its own. */
    readonly divert: boolean;
  };
  /** A person has flown it: the station gives no more flying orders of its own but to come home. */
  readonly handFlown: boolean;
  /** Its own failsafe, or another ground station, put it into its return: a second order would only be noise on the air. */
  readonly returnsUnasked: boolean;
  readonly cameraOnTarget: boolean;
  /** The dangerous order that nobody answered, in words for the pilot. */
  readonly unconfirmed: string | undefined;
};

const ended: ReadonlySet<StageKind> = new Set<StageKind>(["closed", "declined", "expired", "refused", "aborted"]);
const beforeArm: ReadonlySet<StageKind> = new Set<StageKind>([
  "proposed",
  "approved",
  "openingDock",
  "dockOpen",
  "uploading",
  "planReady",
]);
const flying: ReadonlySet<StageKind> = new Set<StageKind>(["climbing", "enRoute", "onScene", "returning"]);

export const isEnded = (launch: Launch): boolean => ended.has(launch.stage.kind);
/** Nothing has been ordered that could turn a motor: it can be stopped by not going on. */
export const isBeforeArm = (launch: Launch): boolean => beforeArm.has(launch.stage.kind);
export const isFlying = (launch: Launch): boolean => flying.has(launch.stage.kind);
/** Between an approval and the arm order. */
export const isPreparing = (launch: Launch): boolean => isBeforeArm(launch) && launch.stage.kind !== "proposed";

export function approvalOf(stage: Stage): Approval | undefined {
  return "approval" in stage ? stage.approval : undefined;
}

const phases: Readonly<Record<StageKind, LaunchPhase>> = {
  proposed: "proposed",
  approved: "approved",
  openingDock: "openingDock",
  dockOpen: "uploading",
  uploading: "uploading",
  planReady: "arming",
  arming: "arming",
  armed: "climbing",
  starting: "climbing",
  climbing: "climbing",
  enRoute: "enRoute",
  onScene: "onScene",
  returning: "returning",
  landed: "landed",
  docked: "docked",
  closed: "closed",
  declined: "declined",
  expired: "expired",
  refused: "refused",
  aborted: "aborted",
};
export const phaseOf = (launch: Launch): LaunchPhase => phases[launch.stage.kind];
