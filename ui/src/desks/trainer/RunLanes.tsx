import type { RoomViews } from "@outrider/contract";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { clockSpan, Key, useWidth } from "../../parts/index.js";
import type { Acts } from "../rtcc/useActs.js";
import { INJECT_DRAG } from "./InjectPalette.js";
import type { InjectId } from "./injects.js";
import { injectIdOf, injectWord } from "./injects.js";
import { type LaneId, laneMarks, laneSpanMs, laneTicks } from "./lanes.js";
import { paceBeside } from "./pace.js";
import { momentAt } from "./plannedInjects.js";
import { TakeBack } from "./TakeBack.js";

type PlannedInject = NonNullable<RoomViews["trainer"]["plan"]>[number];

const LANES: readonly { readonly id: LaneId; readonly title: string }[] = [
  { id: "world", title: "World" },
  { id: "inject", title: "Injects" },
  { id: "trainee", title: "Trainee" },
];

export interface RunLanesProps {
  readonly view: RoomViews["trainer"];
  readonly startMs: number;
  readonly nowMs: number;
  readonly acts: Acts;
  readonly plan: readonly PlannedInject[];
  readonly onPause: () => void;
  readonly onPlan: (kind: InjectId, atMs: number) => void;
  readonly onUnplan: (id: string) => void;
}

/** What happened when: the world, the trainer's injects made and planned, the trainee's acts, and the line of now. */
export function RunLanes(p: RunLanesProps): ReactNode {
  const { view, startMs, nowMs } = p;
  const scenario = view.scenarios.find((s) => s.id === view.scenario);
  const elapsedMs = Math.max(0, nowMs - startMs);
  const spanMs = laneSpanMs(scenario?.minutes ?? 20, elapsedMs);
  return (
    <section className="lanes" aria-label="Timeline of the run">
      <div className="lanes-head">
        <h2>{scenario?.title ?? view.scenario}</h2>
        <span>{`seed ${view.seed}${scenario === undefined ? "" : `, ${scenario.minutes} min`}`}</span>
        {view.branch !== undefined && <span>{`branch at ${clockSpan(view.branch.toS)}`}</span>}
        <span className="grow" />
        <TakeBack
          runId={view.run?.runId ?? ""}
          marks={view.marks ?? []}
          fromMs={startMs}
          acts={p.acts}
          off={wayBackWords(view)}
          onTaken={() => undefined}
        />
        <PaceButtons {...p} />
      </div>
      <div className="lanes-body">
        <div className="lanes-names">
          {LANES.map((l) => (
            <span key={l.id}>{l.title}</span>
          ))}
        </div>
        <LaneMarks {...p} spanMs={spanMs} elapsedMs={elapsedMs} />
      </div>
    </section>
  );
}

function LaneMarks(p: RunLanesProps & { readonly spanMs: number; readonly elapsedMs: number }): ReactNode {
  const { view, startMs, spanMs, elapsedMs } = p;
  const lanes = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(lanes, 640);
  const [over, setOver] = useState<number>();
  const now = elapsedMs / spanMs;
  const at = (e: DragEvent): number =>
    momentAt(e.clientX - (lanes.current?.getBoundingClientRect().left ?? 0), widthPx, startMs, spanMs);
  const drop = (e: DragEvent): void => {
    setOver(undefined);
    const kind = injectIdOf(e.dataTransfer.getData(INJECT_DRAG));
    if (kind === undefined) return;
    e.preventDefault();
    p.onPlan(kind, at(e));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop target; the palette's "in 1:00" does the same by key.
    <div
      className={over === undefined ? "lanes-marks" : "lanes-marks over"}
      ref={lanes}
      onDragOver={(e) => {
        if (!e.dataTransfer.types.includes(INJECT_DRAG)) return;
        e.preventDefault();
        setOver(at(e));
      }}
      onDragLeave={() => setOver(undefined)}
      onDrop={drop}
    >
      {LANES.map((l) => (
        <ol key={l.id} className={`lane ${l.id}`}>
          {laneMarks(
            view.events,
            l.id,
            startMs,
            spanMs,
            widthPx,
            l.id === "inject" ? p.plan.map((i) => i.atMs) : [],
          ).map((m) => (
            <li key={m.id} style={{ left: `${m.at * 100}%` }} title={`${m.time} ${m.text}`}>
              <i />
              <span className={m.worded ? "" : "sr-only"}>{m.text}</span>
            </li>
          ))}
          {l.id === "inject" &&
            p.plan.map((i) => (
              <Planned key={i.planId} inject={i} at={(i.atMs - startMs) / spanMs} onUnplan={p.onUnplan} />
            ))}
        </ol>
      ))}
      <i className="lanes-now" style={{ left: `${now * 100}%` }} />
      {over !== undefined && (
        <i className="lanes-drop" style={{ left: `${((over - startMs) / spanMs) * 100}%` }}>
          {over <= p.nowMs ? "now" : clockSpan((over - startMs) / 1000)}
        </i>
      )}
      <LaneAxis spanMs={spanMs} now={now} elapsedMs={elapsedMs} widthPx={widthPx} />
    </div>
  );
}

function Planned(p: {
  readonly inject: PlannedInject;
  readonly at: number;
  readonly onUnplan: (id: string) => void;
}): ReactNode {
  const { inject } = p;
  return (
    <li className={p.at > 0.8 ? "planned end" : "planned"} style={{ left: `${Math.min(1, p.at) * 100}%` }}>
      <i />
      <button
        type="button"
        title={`${injectWord(inject.title)}, by ${inject.by}. Press to take it off again.`}
        aria-label={`Planned: ${injectWord(inject.title)}. Take it off`}
        onClick={() => p.onUnplan(inject.planId)}
      >
        {injectWord(inject.title)} ×
      </button>
    </li>
  );
}

/** No time of the axis stands so near to the time of now that one covers the other. */
const TICK_ROOM_PX = 46;

function LaneAxis(p: {
  readonly spanMs: number;
  readonly now: number;
  readonly elapsedMs: number;
  readonly widthPx: number;
}): ReactNode {
  const { now } = p;
  return (
    <div className="lanes-axis">
      {laneTicks(p.spanMs)
        .filter((t) => Math.abs(t.at - now) * p.widthPx > TICK_ROOM_PX)
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
        {clockSpan(p.elapsedMs / 1000)}
      </b>
    </div>
  );
}

function PaceButtons({ view, acts, onPause }: RunLanesProps): ReactNode {
  const rate = view.run?.rate ?? 1;
  const [slower, faster] = [paceBeside(rate, -1), paceBeside(rate, 1)];
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
        disabled={slower === undefined}
        onClick={() => set(slower)}
      >
        −
      </button>
      <b className="lanes-rate">{`${rate}×`}</b>
      <button
        type="button"
        className="btn quiet"
        aria-label="Faster"
        disabled={faster === undefined}
        onClick={() => set(faster)}
      >
        +
      </button>
    </>
  );
}

/** Why the run cannot be taken back; empty where it can. */
export function wayBackWords(view: RoomViews["trainer"] | undefined): string {
  if (view?.rewinds !== true) return "This simulator cannot go back: a real autopilot flies, or none is connected.";
  return view.catchingUpToMs === undefined ? "" : "It is being taken back already.";
}
