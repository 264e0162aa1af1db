import type { Said } from "../gates/index.js";

/** An aircraft that could go, with a time that it cannot beat. */
export type Candidate<P> = {
  readonly uid: string;
  readonly boundS: number;
  /** The whole plan; dear, so asked for only while it can still win. */
  readonly plan: () => { readonly etaS: number; readonly value: P } | { readonly impossible: Said };
};

export type Found<P> = {
  readonly best: { readonly uid: string; readonly etaS: number; readonly value: P } | undefined;
  readonly others: readonly {
    readonly uid: string;
    /** Not earlier than this; exact when it was planned. */
    readonly etaS: number | undefined;
    readonly exact: boolean;
    readonly reason: Said;
  }[];
};

/**
 * The earliest arrival, proven: candidates in the order of their lower bounds, until no bound is below the best time
 * found. Ties go to the lower uid, so that the answer does not depend on the order of a list.
 */
export function findBest<P>(candidates: readonly Candidate<P>[]): Found<P> {
  const order = [...candidates].sort((a, b) => a.boundS - b.boundS || (a.uid < b.uid ? -1 : 1));
  const others: Found<P>["others"][number][] = [];
  let best: NonNullable<Found<P>["best"]> | undefined;
  for (const candidate of order) {
    if (best !== undefined && candidate.boundS > best.etaS) {
      others.push({ uid: candidate.uid, etaS: candidate.boundS, exact: false, reason: "further away" });
      continue;
    }
    const plan = candidate.plan();
    if ("impossible" in plan) {
      others.push({ uid: candidate.uid, etaS: undefined, exact: true, reason: plan.impossible });
      continue;
    }
    const better = best === undefined || plan.etaS < best.etaS || (plan.etaS === best.etaS && candidate.uid < best.uid);
    const loser = better ? best : { uid: candidate.uid, etaS: plan.etaS };
    if (loser !== undefined) others.push({ uid: loser.uid, etaS: loser.etaS, exact: true, reason: "arrives later" });
    if (better) best = { uid: candidate.uid, etaS: plan.etaS, value: plan.value };
  }
  return { best, others };
}
