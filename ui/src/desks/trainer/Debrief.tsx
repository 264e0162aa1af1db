import type { DebriefView } from "@outrider/contract";
import { type ReactNode, useMemo, useState } from "react";
import { API, useRead, useRepeat } from "../../live/index.js";
import { Key, Notice, shortSpan, timeOfDay, useHotkeys } from "../../parts/index.js";
import type { DeskProps } from "../desk.js";
import { somewhere } from "../placing/placing.js";
import type { Acts } from "../rtcc/useActs.js";
import { DebriefFacts } from "./DebriefFacts.js";
import { DebriefJudged } from "./DebriefJudged.js";
import { DebriefMap } from "./DebriefMap.js";
import { DebriefSides } from "./DebriefSides.js";
import { BREACH_WORDS, breachDetail, debriefOf, runClock } from "./debriefView.js";
import { type CallSigns, scoreOf, scrubMarks } from "./factWords.js";
import {
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
import { TakeBack } from "./TakeBack.js";

const RATES: readonly number[] = [1, 4, 16, 60];
const TICK_MS = 100;

export interface DebriefProps {
  readonly run: PastRun;
  readonly title: string;
  readonly desk: DeskProps;
  readonly acts: Acts;
  /** Why no run can be taken back now; empty where it can. */
  readonly noWayBack: string;
  /** Call signs of the fleet by aircraft: a run may name one that was never proposed. */
  readonly callSigns: CallSigns;
  readonly onLeave: () => void;
}

/** A run played again from the record, at the log's own time, both ways. */
export function Debrief(p: DebriefProps): ReactNode {
  const { run, title, desk, callSigns, onLeave } = p;
  const range = `fromSeq=${run.fromSeq}&toSeq=${run.toSeq}`;
  const read = useRead(`/replay?${range}`);
  const tracksRead = useRead(`/replay/tracks?${range}`);
  const judged = useRead(`/runs/${run.runId}/debrief`);
  const view = useMemo(() => debriefOf(judged.body), [judged.body]);
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
      `simulation-debrief-${run.scenario}-${run.fromSeq}-${tape.facts.at(-1)?.seq ?? run.fromSeq}.json`,
      "application/json",
      JSON.stringify({ sim: true, run, title, debrief: view, facts: tape.facts, tracks }, undefined, 1),
    );
  return (
    <Player
      tape={tape}
      tracks={tracks}
      noTracks={noTracks}
      title={title}
      desk={desk}
      view={view}
      callSigns={callSigns}
      acts={p.acts}
      noWayBack={p.noWayBack}
      onGraded={judged.again}
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
  /** Undefined until the station has judged it. */
  readonly view: DebriefView | undefined;
  readonly callSigns: CallSigns;
  readonly acts: Acts;
  readonly noWayBack: string;
  readonly onGraded: () => void;
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

function Player(p: PlayerProps): ReactNode {
  const { tape, tracks, noTracks, desk, view } = p;
  const { tMs, setT, playing, setPlaying, rate, setRate, play, step } = usePlayback(tape, p.onLeave);
  const moment = useMemo(() => replayAt(tape, tMs), [tape, tMs]);
  const places = useMemo(
    () =>
      tape.facts.flatMap((f) =>
        (f.type === "IncidentOpened" && !somewhere(f.data)) || f.type === "PlaceSet" ? [f.data.place.point] : [],
      ),
    [tape],
  );
  const go = (to: number): void => {
    setPlaying(false);
    setT(to);
  };
  return (
    <main className="debrief">
      <div className="debrief-frame" aria-hidden="true" />
      <p className="debrief-word">
        <b>REPLAY</b> <time>{timeOfDay(tMs)}</time>
      </p>
      <div className="debrief-map">
        <DebriefMap places={places} moment={moment} tMs={tMs} tracks={tracks} noTracks={noTracks} desk={desk} />
      </div>
      <Beside {...p} moment={moment} tMs={tMs} onGo={go} />
      <div className="debrief-foot">
        {view !== undefined && <DebriefSides view={view} fromMs={tape.fromMs} toMs={tape.toMs} tMs={tMs} onGo={go} />}
        <div className="side side-time">
          <b>Time</b>
          <Scrub tape={tape} breaches={view?.breaches} tMs={tMs} onGo={go} />
          <span>{`${runClock(tMs, tape.fromMs)} of ${runClock(tape.toMs, tape.fromMs)}, ${shortSpan((tape.toMs - tMs) / 1000)} left`}</span>
        </div>
        <Controls
          playing={playing}
          rate={rate}
          onPlay={play}
          onStep={step}
          onRate={() => setRate((r) => RATES[(RATES.indexOf(r) + 1) % RATES.length] ?? 1)}
        />
      </div>
    </main>
  );
}

type Beside = "judged" | "mattered" | "all";
const TABS: readonly { readonly id: Beside; readonly title: string }[] = [
  { id: "judged", title: "Judged" },
  { id: "mattered", title: "What mattered" },
  { id: "all", title: "Every fact" },
];

/** What was judged, or the facts themselves; and what can be done with the whole: kept as a file, taken back to a mark. */
function Beside(
  p: PlayerProps & { readonly moment: ReplayMoment; readonly tMs: number; readonly onGo: (tMs: number) => void },
): ReactNode {
  const { tape, view } = p;
  const [tab, show] = useState<Beside>("judged");
  const score = useMemo(() => view?.score ?? scoreOf(tape.facts), [view, tape]);
  return (
    <aside className="debrief-facts" aria-label="What the record says">
      <div className="panel-head">
        <h2>{p.title}</h2>
        {score !== undefined && <b className="debrief-score">{`${Math.round(score)} of 100`}</b>}
      </div>
      <div className="debrief-which">
        {TABS.map((t) => (
          <button type="button" key={t.id} aria-pressed={t.id === tab} onClick={() => show(t.id)}>
            {t.title}
          </button>
        ))}
        {tab !== "judged" && <span>{`${p.moment.at + 1} of ${tape.facts.length}`}</span>}
      </div>
      {tab !== "judged" ? (
        <DebriefFacts tape={tape} moment={p.moment} callSigns={p.callSigns} all={tab === "all"} onGo={p.onGo} />
      ) : view === undefined ? (
        <p className="judged-none">The station reads the record. Usual: 1 s.</p>
      ) : (
        <DebriefJudged view={view} acts={p.acts} onGo={p.onGo} onGraded={p.onGraded} />
      )}
      <div className="debrief-end">
        {view !== undefined && (
          <>
            <a className="btn quiet" href={`${API}/runs/${view.runId}/debrief?format=html`} download>
              Save as page
            </a>
            <button type="button" className="btn quiet" onClick={p.onKeep}>
              Save as data
            </button>
            <TakeBack
              runId={view.runId}
              marks={view.timeline.filter(isMarkUpTo(p.tMs)).map(markOf)}
              fromMs={view.fromMs}
              acts={p.acts}
              off={p.noWayBack}
              onTaken={p.onLeave}
            />
          </>
        )}
        <button type="button" className="btn" onClick={p.onLeave}>
          Leave <Key>Esc</Key>
        </button>
      </div>
    </aside>
  );
}

const isMarkUpTo =
  (tMs: number) =>
  (line: DebriefView["timeline"][number]): boolean =>
    line.mark === true && line.tMs <= tMs;
const markOf = ({ seq, tMs, title, text }: DebriefView["timeline"][number]) => ({
  seq,
  tMs,
  text: title === "Mark made" ? text.slice(0, 60) : title,
});

interface ControlsProps {
  readonly playing: boolean;
  readonly rate: number;
  readonly onPlay: () => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onRate: () => void;
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
      <button
        type="button"
        className="btn quiet"
        aria-label={`Speed ${p.rate} times; press for the next`}
        onClick={p.onRate}
      >
        {`${p.rate}×`}
      </button>
    </section>
  );
}

/** The log's time with what was marked, injected, decided, alarmed and broken over it. */
function Scrub(p: {
  readonly tape: ReplayTape;
  readonly breaches: DebriefView["breaches"] | undefined;
  readonly tMs: number;
  readonly onGo: (tMs: number) => void;
}): ReactNode {
  const { tape, tMs } = p;
  const marks = useMemo(() => {
    const broken = (p.breaches ?? []).map((b) => ({
      tMs: b.fromMs,
      kind: "alarm" as const,
      text: `${BREACH_WORDS[b.kind]}: ${breachDetail(b)}`,
    }));
    return [...scrubMarks(tape.facts), ...broken];
  }, [tape, p.breaches]);
  const spanMs = Math.max(1, tape.toMs - tape.fromMs);
  return (
    <div className="scrub">
      <ol aria-hidden="true">
        {marks.map((m) => (
          <li
            key={`${m.kind}:${m.tMs}:${m.text}`}
            className={`at-${m.kind}`}
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
