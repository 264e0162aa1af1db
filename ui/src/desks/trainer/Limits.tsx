import type { LimitView, RoomViews } from "@outrider/contract";
import type { ReactNode } from "react";
import { Tick, Triangle } from "../../parts/index.js";
import type { Acts } from "../rtcc/useActs.js";
import { BREACH_WORDS, breachDetail, runClock } from "./debriefView.js";

export interface LimitsProps {
  readonly view: RoomViews["trainer"];
  readonly startMs: number;
  readonly acts: Acts;
}

/** Limits broken in this run as they are broken, the newest first. The trainee hears of them only where the trainer says so. */
export function Limits({ view, startMs, acts }: LimitsProps): ReactNode {
  const limits = view.limits ?? [];
  const told = view.limitsTold === true;
  const problem = acts.problem("limits");
  return (
    <section className="limits" aria-label="Limits">
      <div className="panel-head">
        <h2>Limits</h2>
        <span className={limits.length > 0 ? "amber" : ""}>{limitCount(limits)}</span>
      </div>
      <div className="limits-list" role="log" aria-label="Limits broken" tabIndex={limits.length > 0 ? 0 : -1}>
        {limits.length === 0 ? (
          <p>
            <Tick /> Airspace, distances and privacy are kept.
          </p>
        ) : (
          <ol>
            {[...limits].reverse().map((l) => (
              <li key={`${l.kind}:${l.callSign}:${l.where}:${l.fromMs}`} className={l.goesOn ? "on" : ""}>
                <Triangle size={15} />
                <span>
                  {BREACH_WORDS[l.kind]}
                  <small>{breachDetail(l)}</small>
                </span>
                <b>{l.goesOn ? "now" : runClock(l.fromMs, startMs)}</b>
              </li>
            ))}
          </ol>
        )}
      </div>
      <button
        type="button"
        className="btn quiet"
        aria-pressed={told}
        disabled={acts.busy("limits")}
        onClick={() => acts.send("limits", "tellLimits", {}, { told: !told })}
      >
        {told ? "The trainee is alarmed of them" : "Alarm the trainee of them"}
      </button>
      {problem !== "" && (
        <p className="amber problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

/** "none broken", "2 broken, 1 now". */
export function limitCount(limits: readonly LimitView[]): string {
  if (limits.length === 0) return "none broken";
  const now = limits.filter((l) => l.goesOn).length;
  return now === 0 ? `${limits.length} broken` : `${limits.length} broken, ${now} now`;
}
