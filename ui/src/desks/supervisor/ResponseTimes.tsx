import type { RoomViews } from "@outrider/contract";
import { type ReactNode, useRef } from "react";
import { clockSpan, useWidth } from "../../parts/index.js";
import { DOT_PX, type DotAxis, dotAxis, labelledTicks, stackDots, xOf } from "./dots.js";

const BASE = 118;
const HEIGHT = 146;
/** Room beside the axis for those that did not arrive. */
const NONE_PX = 110;
const LEFT_PX = 22;
const NAME_PX = 100;

/** Every call as a dot, median and 9 in 10 as lines, and beside them the calls at which nothing arrived. */
export function ResponseTimes({ view }: { readonly view: RoomViews["supervisor"] }): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const fullPx = Math.min(720, useWidth(frame, 640));
  const width = Math.max(160, fullPx - LEFT_PX - NONE_PX);
  const times = view.responseTimes.flatMap((r) =>
    r.seconds === undefined ? [] : [{ id: r.incidentId, seconds: r.seconds }],
  );
  const none = view.responseTimes.filter((r) => r.seconds === undefined && r.outcome !== "open");
  const axis = dotAxis(times.map((t) => t.seconds));
  const perRow = Math.max(3, Math.floor((NONE_PX - 24) / DOT_PX));
  return (
    <div ref={frame} className="dots-frame">
      <svg
        className="dots"
        width={fullPx}
        height={HEIGHT}
        viewBox={`${-LEFT_PX} 0 ${fullPx} ${HEIGHT}`}
        role="img"
        aria-label={words(view, times.length, none.length)}
      >
        <Ticks axis={axis} width={width} />
        {stackDots(times, axis, width).map((d) => (
          <circle key={d.id} cx={d.x} cy={Math.max(8, BASE - 6 - d.y)} r="4.4" className="dots-dot" />
        ))}
        <Lines view={view} axis={axis} width={width} />
        {none.slice(0, perRow * 8).map((r, i) => (
          <circle
            key={r.incidentId}
            cx={width + 30 + (i % perRow) * DOT_PX}
            cy={BASE - 6 - Math.floor(i / perRow) * DOT_PX}
            r="4.2"
            className="dots-none"
          />
        ))}
        <text x={width + 24} y="136" className="dots-tick start">
          did not arrive
        </text>
      </svg>
    </div>
  );
}

function Ticks({ axis, width }: { readonly axis: DotAxis; readonly width: number }): ReactNode {
  const labelled = new Set(labelledTicks(axis, width));
  return axis.ticks.map((s) => {
    const x = xOf(axis, s, width);
    return (
      <g key={s}>
        <line x1={x} x2={x} y1="16" y2={BASE + 2} className="dots-grid" />
        {labelled.has(s) && (
          <text x={x} y="136" className="dots-tick">
            {clockSpan(s)}
          </text>
        )}
      </g>
    );
  });
}

/** Two lines whose names never lie over each other or over the edge. */
function Lines(p: {
  readonly view: RoomViews["supervisor"];
  readonly axis: DotAxis;
  readonly width: number;
}): ReactNode {
  const lines = [
    { name: "median", at: p.view.medianS },
    { name: "9 in 10", at: p.view.p90S },
  ].flatMap((l) => (l.at === undefined ? [] : [{ name: l.name, at: l.at, x: xOf(p.axis, l.at, p.width) }]));
  const [first, second] = lines;
  // At the right edge the second name reaches back towards the first one's.
  const room = second !== undefined && second.x > p.width - NAME_PX ? 2 * NAME_PX : NAME_PX;
  const near = first !== undefined && second !== undefined && second.x - first.x < room;
  return lines.map((l, i) => {
    const left = l.x > p.width - NAME_PX;
    return (
      <g key={l.name}>
        <line x1={l.x} x2={l.x} y1="4" y2={BASE + 2} className="dots-line" />
        <text
          x={left ? l.x - 6 : l.x + 6}
          y={near && i === 1 ? 29 : 13}
          className={left ? "dots-name end" : "dots-name"}
        >
          {l.name} {clockSpan(l.at)}
        </text>
      </g>
    );
  });
}

function words(view: RoomViews["supervisor"], came: number, none: number): string {
  const median = view.medianS === undefined ? "not known" : clockSpan(view.medianS);
  const p90 = view.p90S === undefined ? "not known" : clockSpan(view.p90S);
  return `Alert to camera on target: ${came} calls, median ${median}, 9 in 10 within ${p90}; ${none} calls at which nothing arrived.`;
}
