import type { JudgedExpectation } from "./expectations.js";
import type { RunBranch } from "./sim-wire.js";

/** Who did what a line of the timeline tells: the simulated world, the trainer, a trainee, or the product. */
export type DebriefSide = "simulator" | "trainer" | "trainee" | "system";

export type DebriefLine = {
  readonly seq: number;
  readonly tMs: number;
  readonly side: DebriefSide;
  readonly title: string;
  readonly text: string;
  readonly by: string;
  /** Of a mark or the start: a run can go back to it. */
  readonly mark?: boolean;
};

/** One thing whose time was measured: from one fact to another. */
export type DebriefMeasure = {
  readonly kind: "decision" | "launch" | "camera" | "verification" | "alarm" | "told";
  readonly what: string;
  readonly outcome: string;
  readonly by: string;
  readonly personId: string | undefined;
  readonly fromSeq: number;
  /** Undefined where it never came. */
  readonly toSeq: number | undefined;
  readonly tookS: number | undefined;
};

/**
 * A time during which an aircraft was where it must not be, or its camera looked where it must not look. Of two of ours
 * too near to each other `callSign` is the one and `where` the other.
 */
export type DebriefBreach = {
  /** `stranger`: well clear of an aircraft of others was lost. `restriction`: inside a published flight restriction. */
  readonly kind: "ceiling" | "fence" | "exclusion" | "privacy-seen" | "separation" | "stranger" | "restriction";
  readonly callSign: string;
  readonly where: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly worst: string;
};

/** A limit broken in the run that goes on, by the measure that scores it afterwards. */
export type LimitView = DebriefBreach & {
  /** It is broken still, by the newest row of the track. */
  readonly goesOn: boolean;
};

export type RunGradeView = {
  readonly passed: boolean;
  readonly points: number | undefined;
  readonly text: string;
  readonly by: string;
};

export type DebriefTrainee = {
  readonly personId: string;
  readonly name: string;
  readonly decisions: number;
  readonly decisionMedianS: number | undefined;
  readonly refusals: number;
  readonly verified: number;
  /** The trainer's own word, the newest. */
  readonly grade: RunGradeView | undefined;
};

/** `GET /runs/{runId}/debrief`: a run judged from recorded facts alone. Everything in it is simulated. */
export type DebriefView = {
  readonly version: 1;
  readonly sim: true;
  readonly site: string;
  readonly runId: string;
  readonly scenario: string;
  readonly title: string;
  /** Which of the agency's trainings it counts for. */
  readonly teaches: string | undefined;
  readonly seed: number;
  readonly branch: RunBranch | undefined;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** False while the run goes on. */
  readonly over: boolean;
  readonly score: number | undefined;
  readonly passScore: number;
  readonly expectations: readonly JudgedExpectation[];
  readonly trainees: readonly DebriefTrainee[];
  readonly measures: readonly DebriefMeasure[];
  readonly breaches: readonly DebriefBreach[];
  readonly refusedActs: number;
  readonly timeline: readonly DebriefLine[];
  readonly rootHash: string;
};

export type TrainingRunView = {
  readonly runId: string;
  readonly scenario: string;
  readonly title: string;
  readonly teaches: string | undefined;
  readonly tMs: number;
  readonly score: number | undefined;
  readonly met: number;
  readonly of: number;
  readonly breaches: number;
  readonly passed: boolean;
  /** The trainer's own word; it stands above the computed one. */
  readonly graded: RunGradeView | undefined;
  readonly fromSeq: number;
  readonly toSeq: number;
};

/** One kind of training that the agency wants kept fresh, and how one person stands. */
export type CurrencyView = {
  readonly teaches: string;
  readonly title: string;
  readonly withinDays: number;
  /** Undefined: never passed. */
  readonly days: number | undefined;
  readonly state: "current" | "soon" | "lapsed" | "never";
};

/** `GET /training/records`: one line a trainee. */
export type TraineeRecordView = {
  readonly personId: string;
  readonly name: string;
  readonly lastFlightDays: number | undefined;
  readonly currencyLimitDays: number;
  readonly mayTakeWatch: boolean;
  readonly why: string;
  readonly currency: readonly CurrencyView[];
  readonly runs: readonly TrainingRunView[];
};
