import type { DebriefTrainee, DebriefView } from "@outrider/contract";
import type { ReactNode } from "react";
import { Fold, Tick, Triangle } from "../../parts/index.js";
import type { Acts } from "../rtcc/useActs.js";
import { BREACH_WORDS, breachDetail, MEASURE_WORDS, runClock } from "./debriefView.js";
import { GradeForm } from "./GradeForm.js";

export interface DebriefJudgedProps {
  readonly view: DebriefView;
  readonly acts: Acts;
  readonly onGo: (tMs: number) => void;
  readonly onGraded: () => void;
}

/** The run as the record judges it: what was expected against which deadline, limits broken, times, and the trainer's own word. */
export function DebriefJudged(p: DebriefJudgedProps): ReactNode {
  const { view } = p;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="judged" tabIndex={0} aria-label="Judged from the record">
      <Expected {...p} />
      <h3>Limits broken</h3>
      {view.breaches.length === 0 ? (
        <p className="judged-none">
          <Tick /> Airspace, distances and privacy were kept on every way flown.
        </p>
      ) : (
        <ul className="judged-rows">
          {view.breaches.map((b) => (
            <li key={`${b.kind}:${b.callSign}:${b.where}:${b.fromMs}`} className="amber">
              <button type="button" onClick={() => p.onGo(b.fromMs)}>
                <time>{runClock(b.fromMs, view.fromMs)}</time>
                <span>
                  {BREACH_WORDS[b.kind]}
                  <small>{breachDetail(b)}</small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <h3>Trainees</h3>
      {view.trainees.length === 0 && <p className="judged-none">Nobody was on watch and nobody acted.</p>}
      {view.trainees.map((t) => (
        <TraineeRow key={t.personId} {...p} trainee={t} />
      ))}
      <Times {...p} />
    </section>
  );
}

function Expected({ view, onGo }: DebriefJudgedProps): ReactNode {
  if (view.expectations.length === 0)
    return <p className="judged-none">This scenario expects nothing, so nothing is scored.</p>;
  return (
    <ul className="judged-rows expected">
      {view.expectations.map((e) => {
        const goTo = e.settledMs ?? e.dueMs;
        return (
          <li key={e.id} className={e.state}>
            <button type="button" disabled={goTo === undefined} onClick={() => goTo !== undefined && onGo(goTo)}>
              <span className="expect-mark">
                {e.state === "met" ? <Tick /> : e.state === "open" ? <i className="ring" /> : <Triangle size={15} />}
              </span>
              <span>
                {e.text}
                <small>{deadlineWords(view, e)}</small>
              </span>
              <b>{e.tookS === undefined ? (e.state === "met" ? "kept" : e.state) : `${e.tookS.toFixed(0)} s`}</b>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** "by 0:20, came at 0:18": against which deadline, and when. */
export function deadlineWords(view: DebriefView, e: DebriefView["expectations"][number]): string {
  if (e.dueMs === undefined)
    return e.state === "open"
      ? `within ${e.withinS} s; its time has not begun`
      : `within ${e.withinS} s of what never came`;
  const due = runClock(e.dueMs, view.fromMs);
  if (e.never)
    return e.state === "missed"
      ? `not before ${due}; it came at ${runClock(e.settledMs, view.fromMs)}`
      : `not before ${due}`;
  const came = e.tookS === undefined ? "" : `, came at ${runClock(e.settledMs, view.fromMs)}`;
  return `within ${e.withinS} s, by ${due}${came}`;
}

function TraineeRow(p: DebriefJudgedProps & { readonly trainee: DebriefTrainee }): ReactNode {
  const { trainee: t, view } = p;
  const facts = [
    `${t.decisions} ${t.decisions === 1 ? "decision" : "decisions"}${t.decisionMedianS === undefined ? "" : `, median ${t.decisionMedianS} s`}`,
    `${t.refusals} refused`,
    `${t.verified} ${t.verified === 1 ? "hit" : "hits"} verified`,
  ];
  return (
    <div className="judged-trainee">
      <div>
        <b>{t.name}</b>
        <span>{facts.join(", ")}</span>
      </div>
      {t.grade !== undefined && (
        <p className={t.grade.passed ? "" : "amber"}>
          {`${t.grade.passed ? "Passed" : "Not passed"}${t.grade.points === undefined ? "" : `, ${t.grade.points} of 100`}: ${t.grade.text} (${t.grade.by})`}
        </p>
      )}
      {view.over && view.expectations.length > 0 && (
        <GradeForm runId={view.runId} trainee={t} acts={p.acts} onGraded={p.onGraded} />
      )}
    </div>
  );
}

function Times({ view, onGo }: DebriefJudgedProps): ReactNode {
  const at = (seq: number): number | undefined => view.timeline.find((line) => line.seq === seq)?.tMs;
  return (
    <Fold title="Times" fact={`${view.measures.length}, ${view.refusedActs} acts refused`}>
      <ul className="judged-rows">
        {view.measures.map((m) => {
          const tMs = at(m.fromSeq);
          return (
            <li key={`${m.kind}:${m.fromSeq}`} className={m.tookS === undefined ? "open" : ""}>
              <button type="button" disabled={tMs === undefined} onClick={() => tMs !== undefined && onGo(tMs)}>
                <time>{runClock(tMs, view.fromMs)}</time>
                <span>
                  {`${MEASURE_WORDS[m.kind]}: ${m.what}`}
                  <small>{[m.outcome, m.by].filter((w) => w !== "").join(", ")}</small>
                </span>
                <b>{m.tookS === undefined ? "never" : `${m.tookS.toFixed(0)} s`}</b>
              </button>
            </li>
          );
        })}
      </ul>
    </Fold>
  );
}
