import type { DebriefView } from "@outrider/contract";
import type { MouseEvent, ReactNode } from "react";
import { runClock, SIDES, sideAt } from "./debriefView.js";

export interface DebriefSidesProps {
  readonly view: DebriefView;
  readonly fromMs: number;
  readonly toMs: number;
  readonly tMs: number;
  readonly onGo: (tMs: number) => void;
}

/** Both sides over one time: what the world and the trainer did, what trainees and the product did, and the newest of each at this time. */
export function DebriefSides(p: DebriefSidesProps): ReactNode {
  const spanMs = Math.max(1, p.toMs - p.fromMs);
  const share = (tMs: number): number => Math.min(1, Math.max(0, (tMs - p.fromMs) / spanMs));
  return (
    <section className="sides" aria-label="Both sides">
      {SIDES.map(({ side, title }) => {
        const { lines, now } = sideAt(p.view.timeline, side, p.tMs);
        const go = (e: MouseEvent<HTMLElement>): void => {
          const box = e.currentTarget.getBoundingClientRect();
          const wanted = p.fromMs + ((e.clientX - box.left) / Math.max(1, box.width)) * spanMs;
          const near = [...lines].sort((a, b) => Math.abs(a.tMs - wanted) - Math.abs(b.tMs - wanted))[0];
          if (near !== undefined) p.onGo(near.tMs);
        };
        return (
          <div key={side} className={`side ${side}`}>
            <b>{title}</b>
            {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: arrows step through the same facts. */}
            <div className="side-lane" onClick={go}>
              {lines.map((line) => (
                <i
                  key={line.seq}
                  className={line.mark === true ? "mark" : ""}
                  title={`${runClock(line.tMs, p.view.fromMs)} ${line.title}. ${line.text}`}
                  style={{ left: `${share(line.tMs) * 100}%` }}
                />
              ))}
              <i className="side-now" style={{ left: `${share(p.tMs) * 100}%` }} />
            </div>
            <span title={now?.text}>
              {now === undefined ? (
                "nothing yet"
              ) : (
                <>
                  <time>{runClock(now.tMs, p.view.fromMs)}</time>
                  {` ${now.title}${now.text === "" ? "" : `: ${now.text}`}`}
                </>
              )}
            </span>
          </div>
        );
      })}
    </section>
  );
}
