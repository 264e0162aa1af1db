import type { RoomViews } from "@outrider/contract";
import type { ReactNode } from "react";
import { SimWord, Tick, Triangle } from "../../parts/index.js";
import { expectationWord, scoreWords } from "./score.js";

export function ExpectationList({ all }: { readonly all: RoomViews["trainer"]["expectations"] }): ReactNode {
  return (
    <ul className="expectations">
      {all.map((e) => (
        <li key={e.id} className={e.state}>
          <span className="expect-mark">
            {e.state === "met" ? <Tick /> : e.state === "open" ? <i className="ring" /> : <Triangle size={15} />}
          </span>
          <span>{e.text}</span>
          <span>{expectationWord(e)}</span>
        </li>
      ))}
    </ul>
  );
}

/** What should happen, ticking itself, and the score that follows from it. */
export function Expectations({
  view,
  sky,
  limits,
  onScenarios,
}: {
  readonly view: RoomViews["trainer"];
  /** Aircraft of others, under what should happen. */
  readonly sky: ReactNode;
  /** What stands between what should happen and the score: limits broken. */
  readonly limits: ReactNode;
  /** Opens the list of scenarios; undefined while it is open. */
  readonly onScenarios: (() => void) | undefined;
}): ReactNode {
  const words = scoreWords(view.expectations);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className="expect-scroll" tabIndex={0} aria-label="What should happen">
        <div className="expect-sim">
          <SimWord />
        </div>
        <div className="panel-head">
          <h2>What should happen</h2>
          <span>{words.soFar}</span>
        </div>
        {view.expectations.length === 0 && (
          <p className="empty">
            {view.run === undefined
              ? "Expectations appear with a run and tick themselves."
              : "This scenario expects nothing in particular. Choose another for a scored run."}
          </p>
        )}
        <ExpectationList all={view.expectations} />
        {onScenarios !== undefined && view.run !== undefined && (
          <button type="button" className="btn scenarios" onClick={onScenarios}>
            Choose a scenario
          </button>
        )}
        {sky}
      </section>
      {limits}
      <section className="score" aria-label="Score">
        <div className="score-head">
          <h2>Score</h2>
          <b>{view.score === undefined ? "–" : Math.round(view.score)}</b>
          <span>of 100</span>
        </div>
        <dl>
          <dt>As expected</dt>
          <dd>{words.right}</dd>
          <dt>Time taken, median</dt>
          <dd>{words.medianS === undefined ? "–" : `${words.medianS.toFixed(1)} s`}</dd>
          <dt>Late</dt>
          <dd>{words.late}</dd>
          <dt>Missed</dt>
          <dd>{words.missed}</dd>
          {(view.limits ?? []).length > 0 && (
            <>
              <dt className="amber">Limits broken</dt>
              <dd className="amber">{`${view.limits?.length}${view.expectations.length > 0 ? ", so not passed" : ""}`}</dd>
            </>
          )}
        </dl>
      </section>
    </>
  );
}
