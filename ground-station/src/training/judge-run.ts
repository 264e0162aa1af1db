import {
  type Config,
  type DebriefMeasure,
  type DebriefTrainee,
  type DebriefView,
  Expectations,
  type Fact,
  type FactOf,
  type RunGradeView,
  type TrackView,
} from "@outrider/contract";
import { breachesOf } from "./breaches.js";
import { measuresOf, medianOf } from "./measures.js";
import { skyBreachesOf } from "./sky-breaches.js";
import { timelineOf } from "./timeline.js";

export type JudgeWish = {
  /** In the record's order, from RunStarted on. */
  readonly facts: readonly Fact[];
  readonly tracks: readonly TrackView[];
  readonly config: Config;
  readonly rootHash: string;
  /** The trainer's own word on a trainee of this run. */
  readonly gradeOf: (personId: string) => RunGradeView | undefined;
};

export const defaultPassScore = 70;

/** Judges a run from recorded facts alone; undefined where they do not begin with a run. */
export function judgeRun({ facts, tracks, config, rootHash, gradeOf }: JudgeWish): DebriefView | undefined {
  const started = facts.find((fact): fact is FactOf<"RunStarted"> => fact.type === "RunStarted");
  if (started === undefined) return undefined;
  const { runId, scenario, seed } = started.data;
  const ended = facts.find((fact) => fact.type === "RunEnded" && fact.data.runId === runId);
  const within = facts.filter(
    (fact) => fact.seq >= started.seq && fact.seq <= (ended?.seq ?? Number.POSITIVE_INFINITY),
  );
  const expectations = judgedBy(started, within, ended !== undefined);
  const callSignOf = (uid: string): string => config.aircraft.find((one) => one.uid === uid)?.callSign ?? uid;
  const measures = measuresOf(within, callSignOf);
  const last = within.at(-1) ?? started;
  return {
    version: 1,
    sim: true,
    site: config.site.name,
    runId,
    scenario,
    title: started.data.title ?? scenario,
    teaches: started.data.teaches,
    seed,
    branch: started.data.branch,
    fromSeq: started.seq,
    toSeq: last.seq,
    fromMs: started.tMs,
    toMs: last.tMs,
    over: ended !== undefined,
    score: expectations.score(),
    passScore: config.training?.passScore ?? defaultPassScore,
    expectations: expectations.judged(),
    trainees: traineesOf(started, within, measures, gradeOf),
    measures,
    breaches: [...breachesOf(tracks, config.site), ...skyBreachesOf(within, config.sky, callSignOf)].sort(
      (a, b) => a.fromMs - b.fromMs,
    ),
    refusedActs: within.filter((fact) => fact.type === "ActRefused").length,
    timeline: timelineOf(within, callSignOf),
    rootHash,
  };
}

function judgedBy(started: FactOf<"RunStarted">, within: readonly Fact[], over: boolean): Expectations {
  const expectations = new Expectations(started.data.expect ?? [], started.tMs);
  for (const fact of within) {
    expectations.step(fact.tMs);
    expectations.onFact(fact.type, fact.tMs, fact.data, fact.seq);
  }
  if (over) expectations.finish();
  return expectations;
}

const traineeRoles: ReadonlySet<string> = new Set(["pic", "rtcc"]);

/** Who was trained: whoever stood on watch, and whoever did anything at a pilot's or operator's desk. */
function traineesOf(
  started: FactOf<"RunStarted">,
  within: readonly Fact[],
  measures: readonly DebriefMeasure[],
  gradeOf: JudgeWish["gradeOf"],
): readonly DebriefTrainee[] {
  const names = new Map<string, string>();
  for (const { personId, name } of started.data.onWatch ?? []) names.set(personId, name);
  for (const { type, by } of within)
    if (by.kind === "person" && traineeRoles.has(by.role) && type !== "LoggedIn" && type !== "LoggedOut")
      names.set(by.personId, by.name);
  return [...names].map(([personId, name]) => {
    const mine = measures.filter((one) => one.personId === personId);
    const decisions = mine.filter((one) => one.kind === "decision");
    return {
      personId,
      name,
      decisions: decisions.length,
      decisionMedianS: medianOf(decisions.flatMap((one) => (one.tookS === undefined ? [] : [one.tookS]))),
      refusals: within.filter((fact) => isRefusalBy(fact, personId)).length,
      verified: mine.filter((one) => one.kind === "verification").length,
      grade: gradeOf(personId),
    };
  });
}

/** A card declined, an ask refused, a launch called off: to say no is a skill of its own. */
function isRefusalBy(fact: Fact, personId: string): boolean {
  if (fact.by.kind !== "person" || fact.by.personId !== personId) return false;
  return fact.type === "LaunchDeclined" || (fact.type === "AskAnswered" && !fact.data.accepted);
}
