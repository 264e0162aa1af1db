import type { ReactNode } from "react";
import { Key, timeOfDay } from "../../parts/index.js";

export interface DecidedLine {
  readonly id: string;
  readonly tMs: number;
  readonly strong: string;
  readonly rest: string;
}

export interface QuietCardProps {
  readonly decided: readonly DecidedLine[];
  readonly handOver: string;
  readonly onHandOver: () => void;
}

/** Nothing to decide: what will appear, what was decided, and the hand-over written by itself. */
export function QuietCard({ decided, handOver, onHandOver }: QuietCardProps): ReactNode {
  return (
    <section className="quiet-card" aria-label="Nothing to decide">
      <div className="quiet-scroll">
        <h2>Nothing to decide</h2>
        <p>The next proposal will appear here and sound once.</p>
        <div className="quiet-part">
          <h3>Decided this hour</h3>
          {decided.length === 0 && <p className="empty">Nothing yet.</p>}
          <ol className="decided">
            {decided.map((d) => (
              <li key={d.id}>
                <time>{timeOfDay(d.tMs)}</time>
                <span>
                  <b>{d.strong}</b>
                  {d.rest === "" ? "" : `, ${d.rest}`}
                </span>
              </li>
            ))}
          </ol>
        </div>
        <div className="quiet-part">
          <h3>If you hand over now</h3>
          <p>{handOver}</p>
        </div>
      </div>
      <div className="quiet-foot">
        <button type="button" className="btn quiet" onClick={onHandOver}>
          Hand over the watch <Key>W</Key>
        </button>
      </div>
    </section>
  );
}
