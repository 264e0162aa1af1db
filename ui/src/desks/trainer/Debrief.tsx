import { type ReactNode, useMemo, useState } from "react";
import { useRead, useRepeat } from "../../live/index.js";
import { ageText, heightText, Key, Notice, shortSpan, timeOfDay, useHotkeys } from "../../parts/index.js";
import { emptyScene, type PoseSource, type SceneModel, SceneView } from "../../scene/index.js";
import type { DeskProps } from "../desk.js";
import {
  factLine,
  type PastRun,
  playedTo,
  type ReplayMoment,
  type ReplayTape,
  replayAt,
  replayTape,
  stepTo,
} from "./replayState.js";

const RATES: readonly number[] = [1, 4, 16, 60];
const TICK_MS = 100;
/** The record holds facts, not tracks: in a replay aircraft are said in words, and their planned ways are drawn. */
const NO_POSES: PoseSource = { read: () => false, onChange: () => () => undefined };

/** A run played again from the record, at the log's own time, both ways. */
export function Debrief({
  run,
  desk,
  onLeave,
}: {
  readonly run: PastRun;
  readonly desk: DeskProps;
  readonly onLeave: () => void;
}): ReactNode {
  const read = useRead(`/replay?fromSeq=${run.fromSeq}&toSeq=${run.toSeq}`);
  const tape = useMemo(() => replayTape(read.body), [read.body]);
  const back = (
    <button type="button" className="btn" onClick={onLeave}>
      Back to the desk
    </button>
  );
  if (read.problem !== undefined)
    return (
      <Notice
        title="The record did not come"
        text={`${read.problem.title}. ${read.problem.detail}`}
        tone="caution"
        action={back}
      />
    );
  if (tape === undefined) return <Notice title="Reading the run from the record" text="Usual: 1 s." action={back} />;
  if (tape.facts.length === 0)
    return <Notice title="Nothing in the record" text="This run left no facts." action={back} />;
  return <Player tape={tape} desk={desk} onLeave={onLeave} />;
}

function Player({
  tape,
  desk,
  onLeave,
}: {
  readonly tape: ReplayTape;
  readonly desk: DeskProps;
  readonly onLeave: () => void;
}): ReactNode {
  const [tMs, setT] = useState(tape.fromMs);
  const [playing, setPlaying] = useState(false);
  const [rate, setRate] = useState(4);
  useRepeat(playing, 1000 / TICK_MS, () => {
    const to = playedTo(tape, tMs, TICK_MS, rate);
    setT(to);
    if (to >= tape.toMs) setPlaying(false);
  });
  const play = (): void => {
    if (!playing && tMs >= tape.toMs) setT(tape.fromMs);
    setPlaying((p) => !p);
  };
  const step = (by: 1 | -1): void => {
    setPlaying(false);
    setT((t) => stepTo(tape, t, by));
  };
  useHotkeys({
    k: play,
    ArrowRight: () => step(1),
    ArrowLeft: () => step(-1),
    Home: () => setT(tape.fromMs),
    End: () => setT(tape.toMs),
    Escape: onLeave,
  });
  const moment = useMemo(() => replayAt(tape, tMs), [tape, tMs]);
  return (
    <div className="debrief">
      <div className="debrief-frame" aria-hidden="true" />
      <p className="debrief-word">
        <b>REPLAY</b> <time>{timeOfDay(tMs)}</time>
      </p>
      <div className="debrief-map">
        <ReplayMap moment={moment} desk={desk} />
      </div>
      <FactList tape={tape} moment={moment} onGo={setT} />
      <section className="scrubber" aria-label="Replay">
        <button type="button" className="btn" onClick={play}>
          {playing ? "Pause" : "Play"} <Key>K</Key>
        </button>
        <button type="button" className="btn quiet" aria-label="Fact before" onClick={() => step(-1)}>
          ←
        </button>
        <button type="button" className="btn quiet" aria-label="Next fact" onClick={() => step(1)}>
          →
        </button>
        <input
          type="range"
          aria-label="Time of the log"
          aria-valuetext={timeOfDay(tMs)}
          min={tape.fromMs}
          max={tape.toMs}
          step={100}
          value={tMs}
          onChange={(e) => {
            setPlaying(false);
            setT(Number(e.target.value));
          }}
        />
        <span className="scrubber-left">{shortSpan((tape.toMs - tMs) / 1000)} left</span>
        <button
          type="button"
          className="btn quiet"
          onClick={() => setRate((r) => RATES[(RATES.indexOf(r) + 1) % RATES.length] ?? 1)}
        >
          {`${rate}×`}
        </button>
        <button type="button" className="btn" onClick={onLeave}>
          Leave the replay <Key>Esc</Key>
        </button>
      </section>
    </div>
  );
}

function FactList({
  tape,
  moment,
  onGo,
}: {
  readonly tape: ReplayTape;
  readonly moment: ReplayMoment;
  readonly onGo: (tMs: number) => void;
}): ReactNode {
  const from = Math.max(0, moment.at - 8);
  return (
    <aside className="debrief-facts" aria-label="Facts around this time">
      <div className="panel-head">
        <h2>From the record</h2>
        <span>{`${moment.at + 1} of ${tape.facts.length}`}</span>
      </div>
      <ol>
        {tape.facts.slice(from, from + 22).map((f, i) => {
          const line = factLine(f);
          return (
            <li key={f.seq} className={from + i > moment.at ? "ahead" : from + i === moment.at ? "now" : ""}>
              <button type="button" onClick={() => onGo(f.tMs)}>
                <time>{timeOfDay(f.tMs)}</time>
                <span>{line.title}</span>
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
    </aside>
  );
}

function ReplayMap({ moment, desk }: { readonly moment: ReplayMoment; readonly desk: DeskProps }): ReactNode {
  const { city, theme, units } = desk;
  const model = useMemo(
    (): SceneModel => ({
      ...emptyScene(theme),
      incidents: moment.incidents.map((i) => ({
        id: i.incidentId,
        at: i.place.point,
        title: i.title,
        detail: i.place.label,
        certainty: "estimated",
        error: i.place.error,
      })),
      routes: moment.flights
        .filter((f) => f.commanded || f.state === "proposed")
        .map((f) => ({
          id: f.launchId,
          state: f.commanded ? ("commanded" as const) : ("proposed" as const),
          points: f.route,
        })),
    }),
    [moment, theme],
  );
  const words = useMemo(() => ({ height: (m: number) => heightText(m, units), age: ageText }), [units]);
  if (city === undefined) return <Notice title="No map" text="The facts beside it are whole." />;
  const twin = moment.flights.map((f) => `${f.callSign} ${f.state}`).join("; ");
  return <SceneView city={city} model={model} poses={NO_POSES} words={words} twin={`Replay. ${twin}`} />;
}
