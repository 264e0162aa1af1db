import type { Role } from "./actor.js";
import type { LimitView } from "./debrief.js";
import type { Fact } from "./facts/index.js";
import type { GeoPoint, Zone } from "./place.js";
import type { Fence } from "./plan.js";
import type { RunTiming } from "./run-clock.js";
import type { RunBranch, TrainerDeed } from "./sim-wire.js";
import type { SkyView } from "./sky-view.js";
import type { CameraPose } from "./video.js";
import type {
  AdviceView,
  AircraftView,
  AlarmView,
  AskView,
  DockView,
  FixedCameraView,
  HitView,
  IncidentSummary,
  IncidentView,
  LaunchView,
  NextBar,
  TurningCameraView,
  WorkloadView,
} from "./views.js";

/** One view for each kind of room of the live wire. */
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
    /** What was decided within the last hour, by whom or by itself, newest first; left out where nobody keeps it. */
    readonly decided?: readonly DecidedView[];
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
  /** Fixed cameras that turn, once something is known of them. */
  cameras: { readonly turning: readonly TurningCameraView[] };
  /** Other aircraft, and the weather: latest wins. */
  sky: SkyView;
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
    /** Injects that wait on the timeline, in the order of their times. */
    readonly plan?: readonly PlannedInjectView[];
    /** When the run began, run time. */
    readonly startedMs?: number | undefined;
    /** Where this run branched off another. */
    readonly branch?: RunBranch | undefined;
    /** Run time until which a branch is still being caught up. */
    readonly catchingUpToMs?: number | undefined;
    /** Places that a run can go back to: its start, the trainer's marks, each proposal. */
    readonly marks?: readonly RunMarkView[];
    /** Whether the simulator can go back to a mark at all. */
    readonly rewinds?: boolean;
    /** What everybody on watch has open now. */
    readonly screens?: readonly ScreenView[];
    /** Limits broken so far, the newest last. */
    readonly limits?: readonly LimitView[];
    /** Trainees are alarmed of them as well. */
    readonly limitsTold?: boolean;
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
    /** One plate sought by one person again and again, newest first; never one's own. */
    readonly patterns?: readonly SearchPatternView[];
    readonly alarmsPer10Min: number;
    readonly record: { readonly seq: number; readonly headHash: string };
  };
  health: {
    readonly parts: readonly { name: string; state: "ok" | "late" | "down"; text: string }[];
    readonly streams: readonly StreamView[];
    /** Who tells of plates and calls, and does not as he should; absent while all do. */
    readonly sources?: readonly SourceTroubleView[];
    /** MAVLink frames since the bridge started; absent where the site signs nothing, or no bridge has told. */
    readonly signing?: SigningView | undefined;
    /** What the bridge was told and did not believe; absent while no bridge has told. */
    readonly orders?: OrdersHeldView | undefined;
  };
};

export type SourceTroubleView = {
  /** `stranger`: who is not in the configuration, all of them together. */
  readonly kind: "reader" | "intake" | "stranger";
  readonly id: string;
  readonly what: "silent" | "late" | "refused";
  readonly text: string;
  /** Run time. */
  readonly sinceMs: number;
};

export type OrdersHeldView = {
  readonly signed: "yes" | "no" | "keyTrouble";
  /** Orders that were not this station's own. */
  readonly notVerified: number;
};

export type SigningView = {
  readonly policy: "required" | "preferred";
  readonly signedOut: number;
  readonly signedIn: number;
  /** Taken although unsigned. */
  readonly unsignedIn: number;
  /** Not heard, by reason: unsigned, forged, unknown, replayed, old, crowd. */
  readonly refused: Readonly<Record<string, number>>;
};

export type PlannedInjectView = {
  readonly planId: string;
  readonly title: string;
  readonly atMs: number;
  readonly deed: TrainerDeed;
  readonly by: string;
};
/** `allHome`: nothing flew then; where something did, going back means to launch it again. */
export type RunMarkView = {
  readonly seq: number;
  readonly tMs: number;
  readonly text: string;
  readonly allHome: boolean;
};
/** One open page of a person: the rooms it follows and the pictures it plays. */
export type ScreenView = {
  readonly personId: string;
  readonly name: string;
  readonly rooms: readonly string[];
  readonly cameras: readonly string[];
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
/** One decision in one line. */
export type DecidedView = Pick<DecisionView, "seq" | "tMs" | "decision" | "by" | "why" | "callSign">;
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
  /** Of the aircraft that it was about; left out where it was about none. */
  readonly callSign?: string | undefined;
  readonly launchId: string | undefined;
  /** What a supervisor has said of it last. */
  readonly review?: ReviewView<"good" | "follow-up"> | undefined;
};
/** `text` may be empty where the verdict is a good one. */
export type ReviewView<V> = {
  readonly verdict: V;
  readonly text: string;
  readonly by: string;
  readonly tMs: number;
};
export type SearchView = {
  readonly seq: number;
  readonly tMs: number;
  readonly by: string;
  readonly caseNumber: string;
  readonly offence: string;
  readonly text: string;
  readonly count: number;
  readonly review?: ReviewView<"legit" | "ask-more"> | undefined;
};
/** `seqs`: the facts of the record that it rests on. */
export type SearchPatternView = {
  readonly seq: number;
  readonly tMs: number;
  readonly name: string;
  readonly days: number;
  readonly cases: number;
  readonly seqs: readonly number[];
  readonly why: string;
};
export type StreamCause = "closed" | "opening" | "unreachable" | "refused" | "unauthorised" | "noPicture";
export type StreamView = {
  readonly cameraId: string;
  readonly name: string;
  readonly uid: string | undefined;
  readonly handle: number;
  readonly state: "live" | "late" | "frozen" | "none";
  readonly why: string;
  /** Of a fixed camera that is opened on demand, while it plays nothing: how far it has come. */
  readonly cause?: StreamCause;
  readonly ageMs: number | undefined;
  readonly fps: number;
  readonly latencyMs: number | undefined;
  readonly timeKnown: boolean;
  readonly pose: CameraPose | undefined;
  /** The picture shows heat, white is hot; left out of one that shows visible light. */
  readonly thermal?: true;
  /** Of an aircraft's visible picture: the camera id of its heat picture, where its camera has one. */
  readonly heatCameraId?: string;
};
/** The camera id of an aircraft's heat picture; its visible one has the uid itself. */
export const heatCameraIdOf = (uid: string): string => `${uid}.heat`;

/** `rtpTime` (90 kHz) and `capturedMs` belong to one picture: with them a phone can tell when the one it shows was taken. */
export type OfficerPicture = {
  readonly state: StreamView["state"];
  readonly why: string;
  readonly ageMs: number | undefined;
  readonly mark: { readonly rtpTime: number; readonly capturedMs: number } | undefined;
};

/** What the officer's phone shows. */
export type OfficerView = {
  /** A simulated site: a link that is passed on must not read as a real shooting. */
  readonly sim: boolean;
  readonly linkId: string;
  readonly unit: string;
  /** The agency wants badge number and PIN (`POST /officer/badge`) before anything can be acknowledged. */
  readonly askBadge?: boolean;
  /** As whom this phone acknowledges: a name with its badge number, or plainly the holder of the link. */
  readonly holder?: string;
  readonly incident: { title: string; placeLabel: string; point: GeoPoint; number: string; openedMs: number };
  readonly advice: readonly AdviceView[];
  readonly confirmed: readonly { text: string; tMs: number; by: string }[];
  readonly notToActOn: readonly string[];
  readonly aircraft: { callSign: string; phase: string; camera: string | undefined } | undefined;
  /** The aircraft's picture at the station; absent where no aircraft is in the air or no picture could be sent. */
  readonly picture?: OfficerPicture;
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
