import type { RoomViews } from "@outrider/contract";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { clockSpan, listText, timeOfDay } from "../../parts/index.js";
import type { Acts } from "../rtcc/useActs.js";
import type { PastRun } from "./replayState.js";
import { useHeadFocus } from "./useHeadFocus.js";

export interface StartRunProps {
  readonly view: RoomViews["trainer"];
  readonly past: readonly PastRun[];
  readonly acts: Acts;
  /** Call signs of aircraft in the air: a new run begins only when all of them are home. */
  readonly flying: readonly string[];
  readonly onStarted: () => void;
  readonly onDebrief: (run: PastRun) => void;
  readonly onRecords: () => void;
  /** Undefined while no run goes on: then there is nothing to go back to. */
  readonly onBack: (() => void) | undefined;
}

/** Which scenario, which seed. The same seed gives the same city, the same callers, the same wind. */
export function StartRun(p: StartRunProps): ReactNode {
  const { view, acts, flying } = p;
  const [seed, setSeed] = useState("1");
  const [find, setFind] = useState("");
  const found = scenariosFound(view.scenarios, find);
  const head = useHeadFocus(p.onBack !== undefined);
  const whole = /^\d{1,9}$/.test(seed.trim());
  return (
    <section
      className="start-run"
      aria-label="Start a run"
      onKeyDown={(e) => {
        if (e.key === "ArrowDown") stepStart(e, 1);
        if (e.key === "ArrowUp") stepStart(e, -1);
      }}
    >
      <div className="start-head">
        <h2 ref={head} tabIndex={-1}>
          {p.onBack === undefined ? "No run is going on" : "Start another run"}
        </h2>
        <button type="button" className="btn quiet" onClick={p.onRecords}>
          Training records
        </button>
        {p.onBack !== undefined && (
          <button type="button" className="btn quiet" onClick={p.onBack}>
            Back to the map
          </button>
        )}
      </div>
      <p>Trainees see it on their own desks as soon as it starts, with the word SIM on every screen.</p>
      <StillFlying flying={flying} />
      <label className="seed">
        Seed
        <input className="field" inputMode="numeric" value={seed} onChange={(e) => setSeed(e.target.value)} />
        <span>{whole ? "the same seed is the same night" : "a whole number"}</span>
      </label>
      {view.scenarios.length === 0 && (
        <p className="amber">No simulator is connected, so there is nothing to start. Start it, then look again.</p>
      )}
      {view.scenarios.length > FEW && (
        <FindScenario find={find} onFind={setFind} count={found.length} of={view.scenarios.length} />
      )}
      <ul className="start-list">
        {found.map((s) => (
          <ScenarioRow key={s.id} {...p} of={s} seed={whole ? Number(seed) : undefined} />
        ))}
        {found.length === 0 && view.scenarios.length > 0 && <li className="empty">None by these words.</li>}
      </ul>
      {acts.problem("start") !== "" && (
        <p className="amber problem" role="alert">
          {acts.problem("start")}
        </p>
      )}
      <PastRuns {...p} />
    </section>
  );
}

function FindScenario(p: {
  readonly find: string;
  readonly onFind: (typed: string) => void;
  readonly count: number;
  readonly of: number;
}): ReactNode {
  return (
    <div className="start-find">
      <input
        className="field"
        type="search"
        aria-label="Find a scenario"
        placeholder="Find a scenario"
        value={p.find}
        onChange={(e) => p.onFind(e.target.value)}
        onKeyDown={(e) => e.key === "Enter" && stepStart(e, 1)}
      />
      <span role="status">{p.find.trim() === "" ? `${p.of} scenarios` : `${p.count} of ${p.of}`}</span>
    </div>
  );
}

function ScenarioRow(
  p: StartRunProps & {
    readonly of: RoomViews["trainer"]["scenarios"][number];
    /** Undefined while what is typed is no whole number. */
    readonly seed: number | undefined;
  },
): ReactNode {
  const { view, acts, of: s, seed } = p;
  const goesOn = view.run !== undefined && view.scenario === s.id;
  return (
    <li>
      <div>
        <b>{s.title}</b>
        <span>{goesOn ? `${s.minutes} min, goes on now` : `${s.minutes} min`}</span>
        <p>{s.text}</p>
      </div>
      <button
        type="button"
        className="btn mine"
        aria-label={`Start ${s.title}`}
        disabled={seed === undefined || p.flying.length > 0 || acts.busy("start")}
        onClick={() => seed !== undefined && acts.send("start", "startRun", {}, { scenario: s.id, seed }, p.onStarted)}
      >
        Start
      </button>
    </li>
  );
}

const FEW = 4;

/** Scenarios whose title or text holds every word typed. */
export function scenariosFound<S extends { readonly title: string; readonly text: string }>(
  all: readonly S[],
  typed: string,
): readonly S[] {
  const words = typed.toLowerCase().split(/\s+/);
  return all.filter((s) => words.every((w) => `${s.title} ${s.text}`.toLowerCase().includes(w)));
}

/** Arrows go from one Start to the next; nothing starts until it is pressed. */
function stepStart(e: KeyboardEvent, by: 1 | -1): void {
  const page = e.currentTarget.closest(".start-run");
  const starts = [...(page?.querySelectorAll<HTMLButtonElement>(".start-list button:enabled") ?? [])];
  const at = starts.indexOf(document.activeElement as HTMLButtonElement); // -1 where it is something else.
  const next = starts[Math.max(0, Math.min(starts.length - 1, at + by))];
  if (next === undefined) return;
  e.preventDefault();
  next.focus();
}

function StillFlying({ flying }: { readonly flying: readonly string[] }): ReactNode {
  if (flying.length === 0) return null;
  const one = flying.length === 1;
  return (
    <p className="amber" role="status">
      {`${listText(flying)} ${one ? "is" : "are"} in the air. A run begins when every aircraft is home: ask the pilot to bring ${one ? "it" : "them"} back.`}
    </p>
  );
}

const SHOWN = 6;

/** "21:14:02, 4:07 long, 83 of 100": what tells one run of a scenario from the next. */
export function pastWords(r: PastRun): string {
  const { startedMs, endedMs, score } = r;
  if (startedMs === undefined || endedMs === undefined) return `facts ${r.fromSeq} to ${r.toSeq}`;
  return [
    timeOfDay(startedMs),
    `${clockSpan((endedMs - startedMs) / 1000)} long`,
    score === undefined ? "not scored" : `${Math.round(score)} of 100`,
    r.isBranch === true ? "taken back to a mark" : "",
  ]
    .filter((word) => word !== "")
    .join(", ");
}

function PastRuns({ past, view, onDebrief }: StartRunProps): ReactNode {
  const [whole, setWhole] = useState(false);
  if (past.length === 0) return null;
  return (
    <>
      <h3>Debrief a run</h3>
      <ul>
        {[...past]
          .reverse()
          .slice(0, whole ? past.length : SHOWN)
          .map((r) => {
            const title = view.scenarios.find((s) => s.id === r.scenario)?.title ?? r.scenario;
            return (
              <li key={r.runId}>
                <div>
                  <b>{title}</b>
                  <span>{pastWords(r)}</span>
                </div>
                <button
                  type="button"
                  className="btn"
                  aria-label={`Debrief ${title}, ${pastWords(r)}`}
                  onClick={() => onDebrief(r)}
                >
                  Debrief
                </button>
              </li>
            );
          })}
      </ul>
      {past.length > SHOWN && (
        <button type="button" className="btn quiet" onClick={() => setWhole((w) => !w)}>
          {whole ? "Fewer" : `All ${past.length} runs`}
        </button>
      )}
    </>
  );
}
