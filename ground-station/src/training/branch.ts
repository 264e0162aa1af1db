import { type Fact, type FactOf, type RunBranch, type TrainerDeed, trainerDeed } from "@outrider/contract";

export type TimedDeed = { readonly atS: number; readonly title: string; readonly deed: TrainerDeed };

export type BranchPlan = {
  readonly scenario: string;
  readonly seed: number;
  readonly branch: RunBranch;
  /** When the first watch of the run began: what comes by itself counts from there. */
  readonly watchAtS: number | undefined;
  /** What the trainer did before the branch: the simulator does it again while it catches up. */
  readonly deeds: readonly TimedDeed[];
  /** What he did between there and the mark: laid on the new run's timeline, where it can be taken off. */
  readonly later: readonly TimedDeed[];
};

/** What a person decided, or let happen. A card that lapses or a call that is taken back comes about again by itself. */
const decisions: ReadonlySet<Fact["type"]> = new Set<Fact["type"]>([
  "LaunchApproved",
  "VetoWindowElapsed",
  "LaunchDeclined",
]);
/** The card is on the screen by then, and no veto has run out. */
const afterProposalMs = 500;

/**
 * From a run's facts up to a mark: where its new branch begins and what was made to happen until then. Nobody's decision
 * is ever made again for him: where somebody had decided on a launch before the mark, the branch begins at the proposal
 * of the first such launch, with its card open.
 */
export function branchAt(facts: readonly Fact[], markSeq: number): BranchPlan | undefined {
  const started = facts.find((fact): fact is FactOf<"RunStarted"> => fact.type === "RunStarted");
  const mark = facts.find((fact) => fact.seq === markSeq);
  if (started === undefined || mark === undefined || mark.seq < started.seq) return undefined;
  const { runId, scenario, seed } = started.data;
  const before = facts.filter((fact) => fact.seq > started.seq && fact.seq <= mark.seq);
  const proposed = firstDecided(before);
  const fromMs = proposed === undefined ? mark.tMs : Math.min(mark.tMs, proposed.tMs + afterProposalMs);
  const toS = Math.max(0, Math.round((fromMs - started.tMs) / 100) / 10);
  const watch = before.find((fact) => fact.type === "WatchStarted");
  const deeds = before.flatMap((fact) => deedOf(fact, started.tMs));
  return {
    scenario,
    seed,
    branch: { parent: runId, markSeq, toS },
    watchAtS: watch === undefined ? undefined : (watch.tMs - started.tMs) / 1000,
    deeds: deeds.filter((one) => one.atS <= toS),
    later: [...deeds.filter((one) => one.atS > toS), ...waiting(before, started.tMs)].sort((a, b) => a.atS - b.atS),
  };
}

/** The proposal of the first launch on which anything was decided. */
function firstDecided(facts: readonly Fact[]): FactOf<"LaunchProposed"> | undefined {
  const decided = facts.find((fact) => decisions.has(fact.type));
  if (decided === undefined || !("launchId" in decided.data)) return undefined;
  const { launchId } = decided.data;
  return facts.find(
    (fact): fact is FactOf<"LaunchProposed"> => fact.type === "LaunchProposed" && fact.data.launchId === launchId,
  );
}

/** What waited on the timeline at the mark, neither made nor taken off. */
function waiting(facts: readonly Fact[], startMs: number): readonly TimedDeed[] {
  const gone = new Set(facts.flatMap((fact) => (fact.type === "InjectUnplanned" ? [fact.data.planId] : [])));
  return facts.flatMap((fact) =>
    fact.type === "InjectPlanned" && !gone.has(fact.data.planId)
      ? [{ atS: (fact.data.atMs - startMs) / 1000, title: fact.data.title, deed: fact.data.deed }]
      : [],
  );
}

/** An inject as it stands in the record; one of another version is left out, which the branch's own record shows. */
function deedOf(fact: Fact, startMs: number): readonly TimedDeed[] {
  if (fact.type !== "InjectMade") return [];
  const deed = parseDeed(fact.data.text);
  return deed === undefined ? [] : [{ atS: (fact.tMs - startMs) / 1000, title: fact.data.inject, deed }];
}

function parseDeed(text: string): TrainerDeed | undefined {
  try {
    const parsed = trainerDeed.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
