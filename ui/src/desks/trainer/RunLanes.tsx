import type { RoomViews } from "@outrider/contract";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { clockSpan, Key } from "../../parts/index.js";
import type { Acts } from "../rtcc/useActs.js";
import { type LaneId, laneMarks, laneSpanMs, laneTicks } from "./lanes.js";

const LANES: readonly { readonly id: LaneId; readonly title: string }[] = [
  { id: "world", title: "World" },
  { id: "inject", title: "Injects" },
  { id: "trainee", title: "Trainee" },
];
export const RATES: readonly number[] = [0.5, 1, 2, 4, 8];

export interface RunLanesProps {
  readonly view: RoomViews["trainer"];
  readonly startMs: number;
  readonly nowMs: number;
  readonly acts: Acts;
  readonly onPause: () => void;
}

/** What happened when: the world, the trainer's injects, the trainee's acts, and the line of now. */
export function RunLanes(p: RunLanesProps): ReactNode {
  const { view, startMs, nowMs } = p;
  const lanes = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(lanes);
  const scenario = view.scenarios.find((s) => s.id === view.scenario);
  const elapsedMs = Math.max(0, nowMs - startMs);
  const spanMs = laneSpanMs(scenario?.minutes ?? 20, elapsedMs);
  const now = elapsedMs / spanMs;
  return (
    <section className="lanes" aria-label="Timeline of the run">
      <div className="lanes-head">
        <h2>{scenario?.title ?? view.scenario}</h2>
        <span>{`seed ${view.seed}${scenario === undefined ? "" : `, ${scenario.minutes} min`}`}</span>
        <span className="grow" />
        <PaceButtons {...p} />
      </div>
      <div className="lanes-body">
        <div className="lanes-names">
          {LANES.map((l) => (
            <span key={l.id}>{l.title}</span>
          ))}
        </div>
        <div className="lanes-marks" ref={lanes}>
          {LANES.map((l) => (
            <ol key={l.id} className={`lane ${l.id}`}>
              {laneMarks(view.events, l.id, startMs, spanMs, widthPx).map((m) => (
                <li key={m.id} style={{ left: `${m.at * 100}%` }} title={`${m.time} ${m.text}`}>
                  <i />
                  <span className={m.worded ? "" : "sr-only"}>{m.text}</span>
                </li>
              ))}
            </ol>
          ))}
          <i className="lanes-now" style={{ left: `${now * 100}%` }} />
          <div className="lanes-axis">
            {laneTicks(spanMs)
              .filter((t) => Math.abs(t.at - now) > 0.07)
              .map((t) => (
                <span
                  key={t.text}
                  style={{ left: `${t.at * 100}%` }}
                  className={t.at > 0.96 ? "last" : t.at === 0 ? "first" : ""}
                >
                  {t.text}
                </span>
              ))}
            <b style={{ left: `${now * 100}%` }} className={now > 0.95 ? "last" : now < 0.04 ? "first" : ""}>
              {clockSpan(elapsedMs / 1000)}
            </b>
          </div>
        </div>
      </div>
    </section>
  );
}

function PaceButtons({ view, acts, onPause }: RunLanesProps): ReactNode {
  const rate = view.run?.rate ?? 1;
  const at = RATES.indexOf(rate);
  const set = (to: number | undefined): void => {
    if (to !== undefined) acts.send("rate", "rateRun", {}, { rate: to });
  };
  return (
    <>
      <button type="button" className="btn" onClick={onPause} disabled={acts.busy("pause")}>
        {view.run?.paused === true ? "Go on" : "Pause"} <Key>K</Key>
      </button>
      <button
        type="button"
        className="btn quiet"
        aria-label="Slower"
        disabled={at === 0}
        onClick={() => set(RATES[Math.max(0, at - 1)])}
      >
        −
      </button>
      <b className="lanes-rate">{`${rate}×`}</b>
      <button
        type="button"
        className="btn quiet"
        aria-label="Faster"
        disabled={at === RATES.length - 1}
        onClick={() => set(RATES[at + 1])}
      >
        +
      </button>
    </>
  );
}

function useWidth(ref: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(640);
  useEffect(() => {
    const el = ref.current;
    if (el === null) return;
    const look = new ResizeObserver(() => setWidth(el.clientWidth));
    look.observe(el);
    return () => look.disconnect();
  }, [ref]);
  return width;
}
