import type { RoomViews } from "@outrider/contract";
import type { ReactNode } from "react";
import { clockSpan } from "../../parts/index.js";
import { DOT_PX, dotAxis, stackDots, xOf } from "./dots.js";

const WIDTH = 500;
const BASE = 118;

/** Every call as a dot, median and 9 in 10 as lines, and beside them the calls at which nothing arrived. */
export function ResponseTimes({ view }: { readonly view: RoomViews["supervisor"] }): ReactNode {
  const times = view.responseTimes.flatMap((r) =>
    r.seconds === undefined ? [] : [{ id: r.incidentId, seconds: r.seconds }],
  );
  const none = view.responseTimes.filter((r) => r.seconds === undefined);
  const axis = dotAxis(times.map((t) => t.seconds));
  const lines = [
    { name: "median", at: view.medianS },
    { name: "9 in 10", at: view.p90S },
  ].flatMap((l) => (l.at === undefined ? [] : [{ name: l.name, at: l.at }]));
  return (
    <svg
      className="dots"
      viewBox={`-24 0 ${WIDTH + 150} 146`}
      role="img"
      aria-label={words(view, times.length, none.length)}
    >
      {axis.ticks.map((s) => (
        <g key={s}>
          <line x1={xOf(axis, s, WIDTH)} x2={xOf(axis, s, WIDTH)} y1="16" y2={BASE + 2} className="dots-grid" />
          <text x={xOf(axis, s, WIDTH)} y="136" className="dots-tick">
            {clockSpan(s)}
          </text>
        </g>
      ))}
      {stackDots(times, axis, WIDTH).map((d) => (
        <circle key={d.id} cx={d.x} cy={Math.max(8, BASE - 6 - d.y)} r="4.4" className="dots-dot" />
      ))}
      {lines.map((l, i) => {
        const x = xOf(axis, l.at, WIDTH);
        const left = x > WIDTH - 90 || (i === 0 && lines[1] !== undefined && xOf(axis, lines[1].at, WIDTH) - x < 100);
        return (
          <g key={l.name}>
            <line x1={x} x2={x} y1="4" y2={BASE + 2} className="dots-line" />
            <text x={left ? x - 6 : x + 6} y="13" className={left ? "dots-name end" : "dots-name"}>
              {l.name} {clockSpan(l.at)}
            </text>
          </g>
        );
      })}
      {none.slice(0, 40).map((r, i) => (
        <circle
          key={r.incidentId}
          cx={WIDTH + 50 + (i % 4) * DOT_PX}
          cy={BASE - 6 - Math.floor(i / 4) * DOT_PX}
          r="4.2"
          className="dots-none"
        />
      ))}
      <text x={WIDTH + 66} y="136" className="dots-tick">
        did not arrive
      </text>
    </svg>
  );
}

function words(view: RoomViews["supervisor"], came: number, none: number): string {
  const median = view.medianS === undefined ? "not known" : clockSpan(view.medianS);
  const p90 = view.p90S === undefined ? "not known" : clockSpan(view.p90S);
  return `Alert to camera on target: ${came} calls, median ${median}, 9 in 10 within ${p90}; ${none} calls at which nothing arrived.`;
}
