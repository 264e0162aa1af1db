import { type Actor, type DebriefView, type NewFact, newFact } from "@outrider/contract";

/** Enough points and no limit broken. Without expectations nothing was asked, so nothing was passed. */
export const passes = (view: DebriefView): boolean =>
  view.score !== undefined && view.score >= view.passScore && view.breaches.length === 0;

/** One fact a trainee: what the run is worth in his record. The crew's expectations are everybody's; the times are his own. */
export function scoredFacts(view: DebriefView, countsAsFlight: boolean, by: Actor): readonly NewFact[] {
  const { runId, scenario, title, teaches, score, fromSeq, toSeq } = view;
  const passed = passes(view);
  return view.trainees.map(({ personId, name, decisionMedianS }) =>
    newFact(
      "RunScored",
      {
        runId,
        personId,
        name,
        scenario,
        title,
        ...(teaches === undefined ? {} : { teaches }),
        ...(score === undefined ? {} : { score }),
        met: view.expectations.filter((one) => one.state === "met").length,
        of: view.expectations.length,
        breaches: view.breaches.length,
        ...(decisionMedianS === undefined ? {} : { decisionMedianS }),
        passed,
        countsAsFlight: passed && countsAsFlight,
        fromSeq,
        toSeq,
      },
      by,
    ),
  );
}
