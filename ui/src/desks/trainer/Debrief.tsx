import type { RoomViews } from "@outrider/contract";
import { type ReactNode, useMemo, useState } from "react";
import { useRead, useRepeat } from "../../live/index.js";
import { Fold, Key, Notice, shortSpan, timeOfDay, useHotkeys } from "../../parts/index.js";
import type { DeskProps } from "../desk.js";
import { somewhere } from "../placing/placing.js";
import { DebriefMap } from "./DebriefMap.js";
import { ExpectationList } from "./Expectations.js";
import { type CallSigns, callSignsOf, factDetail, isKeyFact, scoreOf, scrubMarks } from "./factWords.js";
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
import { type ReplayTrack, readTracks } from "./replayTracks.js";
import { saveFile } from "./saveFile.js";
import { scoreWords } from "./score.js";

const RATES: readonly number[] = [1, 4, 16, 60];
const TICK_MS = 100;

export interface DebriefProps {
  readonly run: PastRun;
  readonly title: string;
  readonly desk: DeskProps;
  /** How its expectations ended, where this page saw the run; the record keeps the score alone. */
  readonly expectations: readonly Expectation[];
  /** Call signs of the fleet by aircraft: a run may name one that was never proposed. */
  readonly callSigns: CallSigns;
  readonly onLeave: () => void;
}
type Expectation = RoomViews["trainer"]["expectations"][number];

/** A run played again from the record, at the log's own time, both ways. */
export function Debrief({ run, title, desk, expectations, callSigns, onLeave }: DebriefProps): ReactNode {
  const range = `fromSeq=${run.fromSeq}&toSeq=${run.toSeq}`;
  const read = useRead(`/replay?${range}`);
  const tracksRead = useRead(`/replay/tracks?${range}`);
  const tape = useMemo(() => replayTape(read.body), [read.body]);
  const tracks = useMemo(() => readTracks(tracksRead.body), [tracksRead.body]);
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
  const noTracks = tracksRead.waiting
    ? "reading the tracks"
    : tracksRead.problem !== undefined
      ? "the station gave no tracks"
      : tracks.length === 0
        ? "nothing flew, or no track was kept"
        : "";
  const keep = (): void =>
    saveFile(
      `debrief-${run.scenario}-${run.fromSeq}-${tape.facts.at(-1)?.seq ?? run.fromSeq}.json`,
      "application/json",
      JSON.stringify({ run, title, facts: tape.facts, tracks }, undefined, 1),
    );
  return (
    <Player
      tape={tape}
      tracks={tracks}
      noTracks={noTracks}
      title={title}
      desk={desk}
      expectations={expectations}
      callSigns={callSigns}
      onKeep={keep}
      onLeave={onLeave}
    />
  );
}

interface PlayerProps {
  readonly tape: ReplayTape;
  readonly tracks: readonly ReplayTrack[];
  readonly noTracks: string;
  readonly title: string;
  readonly desk: DeskProps;
  readonly expectations: readonly Expectation[];
  readonly callSigns: CallSigns;
  readonly onKeep: () => void;
  readonly onLeave: () => void;
}

/** Where the scrubber stands, how fast it goes, and the keys that move it. */
function usePlayback(tape: ReplayTape, onLeave: () => void) {
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
  return { tMs, setT, playing, setPlaying, rate, setRate, play, step };
}

function Player({
  tape,
  tracks,
  noTracks,
  title,
  desk,
  expectations,
  callSigns,
  onKeep,
  onLeave,
}: PlayerProps): ReactNode {
  const { tMs, setT, playing, setPlaying, rate, setRate, play, step } = usePlayback(tape, onLeave);
  const moment = useMemo(() => replayAt(tape, tMs), [tape, tMs]);
  const places = useMemo(
    () =>
      tape.facts.flatMap((f) =>
        (f.type === "IncidentOpened" && !somewhere(f.data)) || f.type === "PlaceSet" ? [f.data.place.point] : [],
      ),
    [tape],
  );
  const score = useMemo(() => scoreOf(tape.facts), [tape]);
  return (
    <main className="debrief">
      <div className="debrief-frame" aria-hidden="true" />
      <p className="debrief-word">
        <b>REPLAY</b> <time>{timeOfDay(tMs)}</time>
      </p>
      <div className="debrief-map">
        <DebriefMap places={places} moment={moment} tMs={tMs} tracks={tracks} noTracks={noTracks} desk={desk} />
      </div>
      <FactList
        tape={tape}
        moment={moment}
        title={title}
        score={score}
        expectations={expectations}
        callSigns={callSigns}
        onGo={setT}
      />
      <Controls
        tape={tape}
        tMs={tMs}
        playing={playing}
        rate={rate}
        onPlay={play}
        onStep={step}
        onGo={(to) => {
          setPlaying(false);
          setT(to);
        }}
        onRate={() => setRate((r) => RATES[(RATES.indexOf(r) + 1) % RATES.length] ?? 1)}
        onKeep={onKeep}
        onLeave={onLeave}
      />
    </main>
  );
}

interface ControlsProps {
  readonly tape: ReplayTape;
  readonly tMs: number;
  readonly playing: boolean;
  readonly rate: number;
  readonly onPlay: () => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onGo: (tMs: number) => void;
  readonly onRate: () => void;
  readonly onKeep: () => void;
  readonly onLeave: () => void;
}

function Controls(p: ControlsProps): ReactNode {
  return (
    <section className="scrubber" aria-label="Replay">
      <button type="button" className="btn" onClick={p.onPlay}>
        {p.playing ? "Pause" : "Play"} <Key>K</Key>
      </button>
      <button type="button" className="btn quiet" aria-label="Fact before" onClick={() => p.onStep(-1)}>
        ←
      </button>
      <button type="button" className="btn quiet" aria-label="Next fact" onClick={() => p.onStep(1)}>
        →
      </button>
      <Scrub tape={p.tape} tMs={p.tMs} onGo={p.onGo} />
      <span className="scrubber-left">{shortSpan((p.tape.toMs - p.tMs) / 1000)} left</span>
      <button
        type="button"
        className="btn quiet"
        aria-label={`Speed ${p.rate} times; press for the next`}
        onClick={p.onRate}
      >
        {`${p.rate}×`}
      </button>
      <button type="button" className="btn quiet" onClick={p.onKeep}>
        Save as file
      </button>
      <button type="button" className="btn" onClick={p.onLeave}>
        Leave <Key>Esc</Key>
      </button>
    </section>
  );
}

/** The log's time with what was marked, injected, decided and alarmed over it. */
function Scrub(p: {
  readonly tape: ReplayTape;
  readonly tMs: number;
  readonly onGo: (tMs: number) => void;
}): ReactNode {
  const { tape, tMs } = p;
  const marks = useMemo(() => scrubMarks(tape.facts), [tape]);
  const spanMs = Math.max(1, tape.toMs - tape.fromMs);
  return (
    <div className="scrub">
      <ol aria-hidden="true">
        {marks.map((m) => (
          <li
            key={`${m.kind}:${m.tMs}`}
            className={m.kind}
            title={`${timeOfDay(m.tMs)} ${m.text}`}
            style={{ left: `${((m.tMs - tape.fromMs) / spanMs) * 100}%` }}
          />
        ))}
      </ol>
      <input
        type="range"
        aria-label="Time of the log"
        aria-valuetext={timeOfDay(tMs)}
        min={tape.fromMs}
        max={tape.toMs}
        step={100}
        value={tMs}
        onChange={(e) => p.onGo(Number(e.target.value))}
      />
    </div>
  );
}

function FactList({
  tape,
  moment,
  title,
  score,
  expectations,
  callSigns,
  onGo,
}: {
  readonly tape: ReplayTape;
  readonly moment: ReplayMoment;
  readonly title: string;
  readonly score: number | undefined;
  readonly expectations: readonly Expectation[];
  readonly callSigns: CallSigns;
  readonly onGo: (tMs: number) => void;
}): ReactNode {
  const [all, setAll] = useState(false);
  const names = useMemo(() => new Map([...callSigns, ...callSignsOf(tape.facts)]), [callSigns, tape]);
  const nowSeq = tape.facts[moment.at]?.seq ?? 0;
  const shown = useMemo(() => (all ? tape.facts : tape.facts.filter(isKeyFact)), [all, tape]);
  const at = shown.findLastIndex((f) => f.seq <= nowSeq);
  const from = Math.max(0, at - 8);
  return (
    <aside className="debrief-facts" aria-label="Facts around this time">
      <div className="panel-head">
        <h2>{title}</h2>
        {score !== undefined && <b className="debrief-score">{`${Math.round(score)} of 100`}</b>}
      </div>
      {expectations.length > 0 && (
        <Fold title="What should have happened" fact={scoreWords(expectations).right}>
          <ExpectationList all={expectations} />
        </Fold>
      )}
      <div className="debrief-which">
        <button type="button" aria-pressed={!all} onClick={() => setAll(false)}>
          What mattered
        </button>
        <button type="button" aria-pressed={all} onClick={() => setAll(true)}>
          Every fact
        </button>
        <span>{`${moment.at + 1} of ${tape.facts.length}`}</span>
      </div>
      <ol>
        {shown.slice(from, from + 22).map((f, i) => {
          const line = factLine(f);
          const detail = factDetail(f, names);
          return (
            <li key={f.seq} className={from + i > at ? "ahead" : from + i === at ? "now" : ""}>
              <button type="button" onClick={() => onGo(f.tMs)}>
                <time>{timeOfDay(f.tMs)}</time>
                <span>
                  {line.title}
                  {detail !== "" && <small>{detail}</small>}
                </span>
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
