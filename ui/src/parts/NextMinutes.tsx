import type { ReactNode } from "react";

export interface NextRow {
  readonly callSign: string;
  readonly proposed: boolean;
  readonly mustTurnMs: number | undefined;
  readonly bars: readonly {
    readonly kind: "proposed" | "outbound" | "onScene" | "home" | "landing";
    readonly fromMs: number;
    readonly toMs: number;
    readonly text: string;
  }[];
}

export interface NextMinutesProps {
  readonly rows: readonly NextRow[];
  readonly nowMs: number;
  /** "HERON lands 57 s before MERLIN must turn"; empty when nothing collides. */
  readonly collision: string;
  readonly workloadFull: boolean;
}

export const LOOK_AHEAD_MS = 12 * 60_000;

/** Who needs the pilot in the next 12 minutes. The white tick is "must turn". */
export function NextMinutes({ rows, nowMs, collision, workloadFull }: NextMinutesProps): ReactNode {
  const left = (tMs: number): number => Math.min(100, Math.max(0, ((tMs - nowMs) / LOOK_AHEAD_MS) * 100));
  return (
    <section className="next" aria-label="Next 12 minutes">
      <div className="next-head">
        <h2>Next 12 minutes</h2>
        <span className={workloadFull ? "amber" : ""}>{workloadFull ? `Workload full. ${collision}` : collision}</span>
      </div>
      {rows.length === 0 && (
        <p className="empty">Nothing of yours in the air. Flights will appear here with the time each must turn.</p>
      )}
      <div className="next-rows">
        {rows.map((row) => (
          <div key={row.callSign} className={row.proposed ? "next-row proposed" : "next-row"}>
            <span className="next-call">{row.callSign}</span>
            <div className="next-bars">
              {row.bars.map((bar) => {
                const from = left(bar.fromMs);
                const width = left(bar.toMs) - from;
                return width <= 0 ? null : (
                  <span
                    key={`${bar.kind}${bar.fromMs}`}
                    className={`bar ${bar.kind}`}
                    style={{ left: `${from}%`, width: `calc(${width}% - 2px)` }}
                    title={bar.text}
                  >
                    {width > 7 ? bar.text : ""}
                  </span>
                );
              })}
              {row.mustTurnMs !== undefined && row.mustTurnMs - nowMs < LOOK_AHEAD_MS && (
                <i
                  className="must-turn"
                  style={{ left: `calc(${left(row.mustTurnMs)}% - 1px)` }}
                  title={`${row.callSign} must turn`}
                />
              )}
            </div>
          </div>
        ))}
      </div>
      {rows.length > 0 && (
        <div className="next-axis" aria-hidden="true">
          {[0, 2, 4, 6, 8, 10].map((m) => (
            <span key={m} style={{ left: `${(m / 12) * 100}%` }}>
              {m === 0 ? "now" : `+${m} min`}
            </span>
          ))}
        </div>
      )}
    </section>
  );
}
