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
  /** Only on a simulated site: makes an incident at once. */
  readonly onDemo: ((which: DemoIncident) => void) | undefined;
}

export type DemoIncident = "call" | "shots" | "both" | "pursuit";

const DEMOS: readonly (readonly [DemoIncident, string])[] = [
  ["call", "911 call"],
  ["shots", "Gunshots"],
  ["both", "Call and shots"],
  ["pursuit", "Car leaving"],
];

/** Nothing to decide: what will appear, what was decided, and the hand-over written by itself. */
export function QuietCard({ decided, handOver, onHandOver, onDemo }: QuietCardProps): ReactNode {
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
        {onDemo !== undefined && (
          <div className="quiet-part">
            <h3>Simulation</h3>
            <p>An incident comes by itself a minute after you sign on. Or now:</p>
            <div className="demo-now">
              {DEMOS.map(([which, words]) => (
                <button key={which} type="button" className="btn quiet" onClick={() => onDemo(which)}>
                  {words}
                </button>
              ))}
            </div>
          </div>
        )}
      </div>
      <div className="quiet-foot">
        <button type="button" className="btn quiet" onClick={onHandOver}>
          Hand over the watch <Key>W</Key>
        </button>
      </div>
    </section>
  );
}
