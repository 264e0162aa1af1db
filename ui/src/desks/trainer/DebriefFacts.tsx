import { type ReactNode, useMemo } from "react";
import { timeOfDay } from "../../parts/index.js";
import { type CallSigns, callSignsOf, factDetail, isKeyFact } from "./factWords.js";
import { factLine, type ReplayMoment, type ReplayTape } from "./replayState.js";

export interface DebriefFactsProps {
  readonly tape: ReplayTape;
  readonly moment: ReplayMoment;
  readonly callSigns: CallSigns;
  /** Every fact, or those alone that a debrief talks about. */
  readonly all: boolean;
  readonly onGo: (tMs: number) => void;
}

/** The facts around the log's time, and what flew and rang then. */
export function DebriefFacts({ tape, moment, callSigns, all, onGo }: DebriefFactsProps): ReactNode {
  const names = useMemo(() => new Map([...callSigns, ...callSignsOf(tape.facts)]), [callSigns, tape]);
  const nowSeq = tape.facts[moment.at]?.seq ?? 0;
  const shown = useMemo(() => (all ? tape.facts : tape.facts.filter(isKeyFact)), [all, tape]);
  const at = shown.findLastIndex((f) => f.seq <= nowSeq);
  const from = Math.max(0, at - 8);
  return (
    <>
      <ol>
        {shown.slice(from, from + 22).map((f, i) => {
          const line = factLine(f);
          const detail = factDetail(f, names);
          return (
            <li key={f.seq} className={from + i > at ? "ahead" : from + i === at ? "now" : ""}>
              <button type="button" onClick={() => onGo(f.tMs)}>
                <time>{timeOfDay(f.tMs)}</time>
                <span>
                  {line.title}
                  {detail !== "" && <small>{detail}</small>}
                </span>
                <span>{line.by}</span>
              </button>
            </li>
          );
        })}
      </ol>
      <ul className="debrief-now">
        {moment.flights.map((f) => (
          <li key={f.launchId}>
            <b>{f.callSign}</b> {f.state}
          </li>
        ))}
        {moment.alarms.map((a) => (
          <li key={a} className="amber">
            {a}
          </li>
        ))}
      </ul>
      {tape.bad > 0 && <p className="amber">{`${tape.bad} lines are of another version and are left out.`}</p>}
    </>
  );
}
