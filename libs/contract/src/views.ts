import type { Role } from "./actor.js";
import type { Alert, VehicleDescription } from "./alert.js";
import type { DockState } from "./dock.js";
import type { Fact, FactData, LaunchChoice, LaunchLoser, LaunchPolicy } from "./facts/index.js";
import type { GateResult } from "./gate.js";
import type { GeoPoint, Place, Zone } from "./place.js";
import type { Fence, FlightPlan } from "./plan.js";
import type { RunTiming } from "./run-clock.js";
import type { ControlOverlay, LinkState } from "./sample.js";
import type { CameraPose } from "./video.js";

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
};

export type HitView = FactData<"HitFound"> & {
  readonly state: "unread" | "same" | "not-same" | "cannot-tell" | "second-needed";
  readonly by: string | undefined;
};

export type AdviceView = FactData<"OfficerAdvised"> & {
  readonly sentMs: number;
  readonly by: string;
  readonly readBy: readonly { unit: string; tMs: number }[];
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

export type RoomViews = {
  incidents: { readonly incidents: readonly IncidentSummary[] };
  incident: IncidentView;
  fleet: {
    readonly aircraft: readonly AircraftView[];
    readonly docks: readonly DockView[];
    readonly alarms: readonly AlarmView[];
    readonly wind:
      | {
          readonly speedMps: number;
          readonly fromDeg: number;
          readonly gustMps: number;
          readonly source: string;
          readonly tMs: number;
        }
      | undefined;
  };
  pilot: {
    readonly watch: { readonly watchId: string; readonly sinceMs: number; readonly name: string } | undefined;
    readonly launches: readonly LaunchView[];
    readonly asks: readonly AskView[];
    readonly workload: WorkloadView;
    readonly next: readonly NextBar[];
    readonly collision: string;
    readonly pilotsOnWatch: readonly { personId: string; name: string; aircraft: number }[];
  };
  site: {
    readonly name: string;
    readonly prov: "live" | "sim";
    readonly attribution: string;
    readonly fence: Fence;
    readonly privacyZones: readonly Zone[];
    readonly cameras: readonly FixedCameraView[];
    readonly notConfigured: readonly { gate: string; text: string; who: string; when: string }[];
    readonly times: { readonly linkLateS: number; readonly linkLostS: number; readonly returnsAfterS: number };
    readonly ceilingAglM: number;
  };
  sightings: { readonly hits: readonly HitView[]; readonly listAgeS: number; readonly readsLastHour: number };
  trainer: {
    readonly run: RunTiming | undefined;
    readonly scenario: string;
    readonly seed: number;
    readonly scenarios: readonly { id: string; title: string; text: string; minutes: number }[];
    readonly score: number | undefined;
    readonly expectations: readonly {
      id: string;
      text: string;
      state: "open" | "met" | "late" | "missed";
      tookS: number | undefined;
    }[];
    readonly events: readonly { tMs: number; lane: "world" | "inject" | "trainee"; text: string }[];
    readonly truth: TruthView | undefined;
  };
  supervisor: {
    readonly decisions: readonly DecisionView[];
    readonly responseTimes: readonly {
      incidentId: string;
      number: string;
      tMs: number;
      seconds: number | undefined;
      outcome: string;
    }[];
    readonly medianS: number | undefined;
    readonly p90S: number | undefined;
    readonly searches: readonly SearchView[];
    readonly alarmsPer10Min: number;
    readonly record: { readonly seq: number; readonly headHash: string };
  };
  health: {
    readonly parts: readonly { name: string; state: "ok" | "late" | "down"; text: string }[];
    readonly streams: readonly StreamView[];
  };
};

export type TruthView = {
  readonly tMs: number;
  readonly aircraft: readonly {
    uid: string;
    callSign: string;
    point: GeoPoint;
    altAmslM: number;
    headingDeg: number;
    batteryPct: number;
  }[];
  readonly vehicles: readonly {
    vehicleId: string;
    point: GeoPoint;
    headingDeg: number;
    speedMps: number;
    sought: boolean;
  }[];
  readonly alerts: readonly { point: GeoPoint; text: string }[];
};
export type DecisionView = {
  readonly seq: number;
  readonly tMs: number;
  readonly incidentId: string;
  readonly number: string;
  readonly title: string;
  readonly decision:
    | "launched"
    | "vetoElapsed"
    | "declined"
    | "expired"
    | "refused"
    | "aborted"
    | "notPossible"
    | "proposed";
  readonly by: string;
  readonly why: string;
  readonly secondsToDecide: number | undefined;
  readonly launchId: string | undefined;
};
export type SearchView = {
  readonly seq: number;
  readonly tMs: number;
  readonly by: string;
  readonly caseNumber: string;
  readonly offence: string;
  readonly text: string;
  readonly count: number;
};
export type StreamView = {
  readonly cameraId: string;
  readonly name: string;
  readonly uid: string | undefined;
  readonly handle: number;
  readonly state: "live" | "late" | "frozen" | "none";
  readonly why: string;
  readonly ageMs: number | undefined;
  readonly fps: number;
  readonly latencyMs: number | undefined;
  readonly timeKnown: boolean;
  readonly pose: CameraPose | undefined;
};

/** What the officer's phone shows. */
export type OfficerView = {
  readonly linkId: string;
  readonly unit: string;
  readonly incident: { title: string; placeLabel: string; point: GeoPoint; number: string; openedMs: number };
  readonly advice: readonly AdviceView[];
  readonly confirmed: readonly { text: string; tMs: number; by: string }[];
  readonly notToActOn: readonly string[];
  readonly aircraft: { callSign: string; phase: string; camera: string | undefined } | undefined;
  readonly plan: {
    point: GeoPoint;
    streets: readonly { name: string; points: readonly GeoPoint[] }[];
    buildings: readonly (readonly GeoPoint[])[];
  };
};

/** What the public page shows of one flight: coarse on purpose. */
export type PublicFlightView = {
  readonly flightId: string;
  readonly date: string;
  readonly startedMs: number;
  readonly minutes: number;
  readonly purpose: string;
  readonly category: string;
  readonly area: string;
  readonly why: string;
  readonly decidedBy: string;
  readonly kept: string;
  readonly cameraSaw: readonly GeoPoint[];
  readonly track: readonly GeoPoint[];
};

export type SessionView = {
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly demo: boolean;
  readonly watchId: string | undefined;
};

export type FactLine = { readonly fact: Fact };
