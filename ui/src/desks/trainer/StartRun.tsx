import type { RoomViews } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { listText } from "../../parts/index.js";
import type { Acts } from "../rtcc/useActs.js";
import type { PastRun } from "./replayState.js";

export interface StartRunProps {
  readonly view: RoomViews["trainer"];
  readonly past: readonly PastRun[];
  readonly acts: Acts;
  /** Call signs of aircraft in the air: a new run begins only when all of them are home. */
  readonly flying: readonly string[];
  readonly onStarted: () => void;
  readonly onDebrief: (run: PastRun) => void;
  /** Undefined while no run goes on: then there is nothing to go back to. */
  readonly onBack: (() => void) | undefined;
}

/** Which scenario, which seed. The same seed gives the same city, the same callers, the same wind. */
export function StartRun(p: StartRunProps): ReactNode {
  const { view, acts, flying } = p;
  const [seed, setSeed] = useState("1");
  const whole = /^\d{1,9}$/.test(seed.trim());
  return (
    <section className="start-run" aria-label="Start a run">
      <div className="start-head">
        <h2>{p.onBack === undefined ? "No run is going on" : "Start another run"}</h2>
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
      <ul>
        {view.scenarios.map((s) => (
          <li key={s.id}>
            <div>
              <b>{s.title}</b>
              <span>
                {view.run !== undefined && view.scenario === s.id
                  ? `${s.minutes} min, goes on now`
                  : `${s.minutes} min`}
              </span>
              <p>{s.text}</p>
            </div>
            <button
              type="button"
              className="btn mine"
              aria-label={`Start ${s.title}`}
              disabled={!whole || flying.length > 0 || acts.busy("start")}
              onClick={() => acts.send("start", "startRun", {}, { scenario: s.id, seed: Number(seed) }, p.onStarted)}
            >
              Start
            </button>
          </li>
        ))}
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

function PastRuns({ past, view, onDebrief }: StartRunProps): ReactNode {
  if (past.length === 0) return null;
  return (
    <>
      <h3>Debrief a run</h3>
      <ul>
        {[...past]
          .reverse()
          .slice(0, SHOWN)
          .map((r) => {
            const title = view.scenarios.find((s) => s.id === r.scenario)?.title ?? r.scenario;
            return (
              <li key={r.runId}>
                <div>
                  <b>{title}</b>
                  <span>{`facts ${r.fromSeq} to ${r.toSeq}`}</span>
                </div>
                <button type="button" className="btn" aria-label={`Replay ${title}`} onClick={() => onDebrief(r)}>
                  Replay
                </button>
              </li>
            );
          })}
      </ul>
    </>
  );
}
