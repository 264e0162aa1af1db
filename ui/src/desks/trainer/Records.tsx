import type { CurrencyView, TraineeRecordView, TrainingRunView } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { useRead } from "../../live/index.js";
import { Notice, timeOfDay } from "../../parts/index.js";
import type { PastRun } from "./replayState.js";
import { useHeadFocus } from "./useHeadFocus.js";

const EVERY_MS = 5000;

/** Everybody's training record: who may take a watch, how fresh each training is, and the runs behind it. */
export function Records(p: { readonly onBack: () => void; readonly onDebrief: (run: PastRun) => void }): ReactNode {
  const read = useRead("/training/records", EVERY_MS);
  const all = recordsOf(read.body);
  const head = useHeadFocus(true);
  return (
    <section className="start-run records" aria-label="Training records">
      <div className="start-head">
        <h2 ref={head} tabIndex={-1}>
          Training records
        </h2>
        <button type="button" className="btn quiet" onClick={p.onBack}>
          Back to the scenarios
        </button>
      </div>
      {read.problem !== undefined && (
        <Notice
          title="The records did not come"
          text={`${read.problem.title}. ${read.problem.detail}`}
          tone="caution"
        />
      )}
      {all === undefined && read.problem === undefined && (
        <p className="empty">Reading the records. Usual: under 1 s.</p>
      )}
      {all !== undefined && all.length === 0 && (
        <p className="empty">Nobody flies or trains here yet. A record begins with a pilot’s first scored run.</p>
      )}
      <ul className="record-list">
        {(all ?? []).map((one) => (
          <Person key={one.personId} record={one} onDebrief={p.onDebrief} />
        ))}
      </ul>
    </section>
  );
}

function Person({
  record: r,
  onDebrief,
}: {
  readonly record: TraineeRecordView;
  readonly onDebrief: (run: PastRun) => void;
}): ReactNode {
  const [whole, setWhole] = useState(false);
  const shown = whole ? r.runs : r.runs.slice(0, FEW);
  return (
    <li>
      <div className="record-head">
        <b>{r.name}</b>
        <span className={r.mayTakeWatch ? "" : "amber"}>
          {r.mayTakeWatch ? "may take a watch" : `no watch: ${r.why}`}
        </span>
        <span>{flownWords(r)}</span>
      </div>
      {r.currency.length > 0 && (
        <ul className="currency">
          {r.currency.map((c) => (
            <li key={c.teaches} className={c.state}>
              <span>{c.title}</span>
              <span>{currencyWords(c)}</span>
            </li>
          ))}
        </ul>
      )}
      {r.runs.length === 0 && <p className="empty">No scored run yet.</p>}
      <ol className="record-runs">
        {shown.map((run) => (
          <li key={run.runId}>
            <time>{`${new Date(run.tMs).toISOString().slice(0, 10)} ${timeOfDay(run.tMs)}`}</time>
            <span>
              {run.title}
              {run.graded !== undefined && <small>{`${run.graded.by}: ${run.graded.text}`}</small>}
            </span>
            <span>{run.score === undefined ? "not scored" : `${Math.round(run.score)}, ${run.met} of ${run.of}`}</span>
            <b className={passed(run) ? "" : "amber"}>{passed(run) ? "passed" : "not passed"}</b>
            <button
              type="button"
              className="btn quiet"
              aria-label={`Debrief ${run.title}`}
              onClick={() =>
                onDebrief({ runId: run.runId, scenario: run.scenario, fromSeq: run.fromSeq, toSeq: run.toSeq })
              }
            >
              Debrief
            </button>
          </li>
        ))}
      </ol>
      {r.runs.length > FEW && (
        <button type="button" className="btn quiet" onClick={() => setWhole((w) => !w)}>
          {whole ? "Fewer" : `All ${r.runs.length} runs`}
        </button>
      )}
    </li>
  );
}

const FEW = 4;
/** The trainer's own word stands above the computed one. */
const passed = (run: TrainingRunView): boolean => run.graded?.passed ?? run.passed;

function flownWords(r: TraineeRecordView): string {
  if (r.lastFlightDays === undefined) return "";
  return `${r.lastFlightDays === 0 ? "flew today" : `flew ${r.lastFlightDays} days ago`}, limit ${r.currencyLimitDays} days`;
}

export function currencyWords(c: CurrencyView): string {
  if (c.days === undefined) return "never";
  const left = c.withinDays - c.days;
  return left < 0
    ? `${-left} days over`
    : c.state === "soon"
      ? `${left} days left`
      : `${c.days} of ${c.withinDays} days`;
}

/** `GET /training/records`: `{ trainees: [...] }`. */
export function recordsOf(body: unknown): readonly TraineeRecordView[] | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const list = (body as { readonly trainees?: unknown }).trainees; // Any JSON object.
  return Array.isArray(list) ? (list as readonly TraineeRecordView[]) : undefined; // The station's own answer.
}
