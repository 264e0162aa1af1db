import type { Alert, VehicleDescription } from "./alert.js";
import type { DockState } from "./dock.js";
import type { CameraAim, CameraTowards, FactData, LaunchChoice, LaunchLoser, LaunchPolicy } from "./facts/index.js";
import type { GateResult } from "./gate.js";
import type { GeoPoint, Place } from "./place.js";
import type { FlightPlan } from "./plan.js";
import type { ControlOverlay, LinkState } from "./sample.js";

/** What rooms of the live wire show. Each view is computed by the station from facts and is never more than they say. */

/** One line of a timeline, in words for the ear. `kind` picks the mark: measured dot, person's green dot, computed diamond. */
export type TimelineLine = {
  readonly seq: number;
  readonly tMs: number;
  readonly kind: "measured" | "person" | "computed";
  readonly title: string;
  readonly detail: string;
  readonly type: string;
};

export type AlarmView = {
  readonly alarmId: string;
  readonly level: "warning" | "caution";
  /** Call sign, dock or part it is about: alarms are grouped by it in a flood. */
  readonly about: string;
  /** Who, what. The age is counted on screen from `sinceMs`. */
  readonly text: string;
  /** What it will do by itself and when. */
  readonly consequence: string;
  readonly sinceMs: number;
  readonly acknowledgedBy: string | undefined;
  readonly endedMs: number | undefined;
};

export type LaunchPhase =
  | "proposed"
  | "approved"
  | "openingDock"
  | "uploading"
  | "arming"
  | "climbing"
  | "enRoute"
  | "onScene"
  | "returning"
  | "landed"
  | "docked"
  | "closed"
  | "declined"
  | "expired"
  | "refused"
  | "aborted";

export type LaunchView = {
  readonly launchId: string;
  readonly incidentId: string;
  readonly incidentTitle: string;
  readonly placeLabel: string;
  readonly phase: LaunchPhase;
  readonly version: number;
  readonly policy: LaunchPolicy;
  readonly ruleText: string;
  readonly choice: LaunchChoice;
  readonly losers: readonly LaunchLoser[];
  readonly gates: readonly GateResult[];
  readonly plan: FlightPlan;
  readonly picId: string;
  readonly picName: string;
  readonly nonce: string;
  readonly proposedMs: number;
  readonly expiresAtMs: number;
  readonly ifNothing: string;
  /** The last thing that went wrong or is being waited for, in words. */
  readonly note: string;
  readonly unconfirmed: string | undefined;
  /** Facts the alert rests on, one sentence: "3 sensors heard it 11 s ago, within 60 ft." */
  readonly because: string;
  /** The same as figures, for a desk that says them in its own units; left out where no report stands any more. */
  readonly restsOn?: LaunchBasis | undefined;
};

/** What a launch rests on: how many reports, how old the last of them was on the card, and how exactly it is placed. */
export type LaunchBasis = {
  readonly reports: number;
  readonly lastAgeS: number;
  readonly withinM: number;
  /** How many of a hundred of its kind were real, where that is known. */
  readonly realOf100: number | undefined;
};

export type IncidentClock = {
  readonly eventMs: number;
  readonly alertMs: number;
  readonly proposedMs: number | undefined;
  readonly decidedMs: number | undefined;
  readonly liftOffMs: number | undefined;
  readonly cameraOnTargetMs: number | undefined;
};

export type IncidentSummary = {
  readonly incidentId: string;
  readonly number: string;
  readonly title: string;
  readonly place: Place;
  readonly callType: string;
  readonly urgency: number;
  readonly openedMs: number;
  readonly closed: boolean;
  readonly alerts: readonly Pick<
    Alert,
    "alertId" | "kind" | "title" | "place" | "occurredAtMs" | "receivedAtMs" | "narrative" | "signed"
  >[];
  readonly launchId: string | undefined;
  readonly uid: string | undefined;
  readonly notPossible: FactData<"LaunchNotPossible">["reasons"] | undefined;
  /** The address of a call that has no position yet: somebody has to set its place on the map. */
  readonly needsPlace?: string | undefined;
};

export type AskView = {
  readonly askId: string;
  readonly incidentId: string;
  readonly ask: FactData<"AskMade">["ask"];
  readonly by: string;
  readonly tMs: number;
  readonly state: "open" | "accepted" | "refused";
  readonly word: string;
};

export type CameraSeeing = {
  readonly cameraId: string;
  readonly name: string;
  readonly distanceM: number;
  readonly sees: "sees" | "partly" | "couldTurn" | "no";
  readonly shared: boolean;
  readonly text: string;
  /** Its picture can be opened: it has a stream and the owner has shared it. */
  readonly picture?: boolean;
  /** It can be turned from here. */
  readonly turns?: boolean;
};

export type HitView = FactData<"HitFound"> & {
  readonly state: "unread" | "same" | "not-same" | "cannot-tell" | "second-needed";
  readonly by: string | undefined;
};

export type AdviceView = FactData<"OfficerAdvised"> & {
  readonly sentMs: number;
  readonly by: string;
  /** `by`: the name given with badge and PIN, or "link holder". */
  readonly readBy: readonly { unit: string; tMs: number; by?: string }[];
  readonly withdrawn: string | undefined;
};

export type ReadView = {
  readonly readId: string;
  readonly readerId: string;
  readonly readerName: string;
  readonly plate: string;
  readonly confidence: number;
  readonly vehicle: VehicleDescription;
  readonly atMs: number;
  readonly point: GeoPoint;
  readonly distanceM: number;
  readonly cropId: string | undefined;
};

/** A piece of road that a sought vehicle could have used by now. */
export type RoadPiece = {
  readonly points: readonly GeoPoint[];
  readonly fromS: number;
  readonly toS: number;
  readonly name: string;
};
export type CouldBeView = {
  readonly vehicleId: string;
  readonly description: string;
  readonly lastSeen: Place;
  readonly seenAtMs: number;
  readonly computedMs: number;
  readonly roads: readonly RoadPiece[];
  readonly totalKm: number;
  readonly tooWide: boolean;
  readonly next: readonly {
    id: string;
    kind: "reader" | "camera" | "aircraft";
    name: string;
    point: GeoPoint;
    share: number;
    inS: number;
  }[];
};

export type IncidentView = IncidentSummary & {
  readonly clock: IncidentClock;
  readonly timeline: readonly TimelineLine[];
  readonly asks: readonly AskView[];
  readonly cameras: readonly CameraSeeing[];
  readonly nobodySees: string;
  readonly hits: readonly HitView[];
  readonly advice: readonly AdviceView[];
  readonly observations: readonly (FactData<"ObservationMade"> & { tMs: number; by: string })[];
  readonly couldBe: CouldBeView | undefined;
  readonly purposeNeeded: boolean;
  /** Fit for the radio. */
  readonly sentence: string;
  readonly officerLinks: readonly { linkId: string; unit: string; opened: boolean; untilMs: number }[];
};

export type AircraftView = {
  readonly uid: string;
  readonly handle: number;
  readonly callSign: string;
  readonly prov: "live" | "sim";
  readonly dockId: string;
  readonly phase: LaunchPhase | "inDock" | "unknown";
  readonly job: string;
  readonly next: string;
  readonly launchId: string | undefined;
  readonly incidentId: string | undefined;
  readonly picId: string | undefined;
  readonly picName: string | undefined;
  readonly cameraHeldBy: string | undefined;
  readonly link: LinkState;
  readonly control: ControlOverlay;
  readonly signedLink: boolean;
  readonly armed: boolean;
  readonly inAir: boolean;
  readonly offeredTo: string | undefined;
  readonly plan: FlightPlan | undefined;
  readonly ready: boolean;
  readonly notReady: string;
  readonly energy:
    | { readonly nowWh: number; readonly homeWh: number; readonly reserveWh: number; readonly fullWh: number }
    | undefined;
  readonly videoState: "live" | "late" | "frozen" | "none";
};

export type DockView = {
  readonly dockId: string;
  readonly name: string;
  readonly point: GeoPoint;
  readonly groundAmslM: number;
  readonly connected: boolean;
  readonly state: DockState | undefined;
  readonly uid: string | undefined;
};

export type FixedCameraView = {
  readonly cameraId: string;
  readonly name: string;
  readonly point: GeoPoint;
  readonly heightAglM: number;
  readonly azimuthDeg: number;
  readonly pitchDeg: number;
  readonly hfovDeg: number;
  readonly rangeM: number;
  readonly kind: "camera" | "reader";
  readonly shared: boolean;
  readonly sees: readonly GeoPoint[];
  /** It can be turned from here: where it looks now is in the room `cameras`, here is where it looks at home. */
  readonly turns?: boolean;
};

/** A fixed camera that can be turned, as far as the station has heard of it. */
export type TurningCameraView = {
  readonly cameraId: string;
  readonly name: string;
  /** `unknown`: not asked yet; `trouble`: it does not answer, or cannot be turned, and `why` says it. */
  readonly state: "unknown" | "known" | "trouble";
  readonly why: string;
  /** Where it looked at `aimAtMs` (run time), by its own word; undefined where it never said. */
  readonly aim: CameraAim | undefined;
  readonly aimAtMs: number | undefined;
  readonly moving: boolean;
  /** Ground that it sees from there; empty while it looks where the site's own view says. */
  readonly sees: readonly GeoPoint[];
  readonly atHome: boolean;
  readonly lastTurn:
    | {
        readonly by: string;
        readonly personId: string | undefined;
        readonly atMs: number;
        readonly towards: CameraTowards;
        readonly outcome: FactData<"CameraTurned">["outcome"] | "asked";
        readonly reason: string;
      }
    | undefined;
  /** Until then whoever else turns it is asked first, run time. */
  readonly heldUntilMs: number | undefined;
  /** When it goes back home if nobody looks and nobody turns it, run time. */
  readonly homeAtMs: number | undefined;
  readonly zooms: boolean;
  readonly presets: readonly { readonly preset: string; readonly name: string }[];
};

/** Workload of one pilot as the phase budget counts it. */
export type WorkloadView = {
  readonly used: number;
  readonly limit: number;
  readonly aircraft: number;
  readonly maxAircraft: number;
  readonly text: string;
};

/** A bar of the next minutes: when who needs the pilot. */
export type NextBar = {
  readonly uid: string;
  readonly callSign: string;
  readonly mustTurnMs: number | undefined;
  readonly bars: readonly {
    kind: "proposed" | "outbound" | "onScene" | "home" | "landing";
    fromMs: number;
    toMs: number;
    text: string;
  }[];
};
