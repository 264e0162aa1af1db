import type { RoomViews } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import type { Acts } from "../rtcc/useActs.js";
import type { PastRun } from "./replayState.js";

/** No run yet: which scenario, which seed. The same seed gives the same city, the same callers, the same wind. */
export function StartRun({
  view,
  past,
  acts,
  onDebrief,
}: {
  readonly view: RoomViews["trainer"];
  readonly past: readonly PastRun[];
  readonly acts: Acts;
  readonly onDebrief: (run: PastRun) => void;
}): ReactNode {
  const [seed, setSeed] = useState("1");
  const n = Number(seed);
  const whole = /^\d{1,9}$/.test(seed.trim());
  return (
    <section className="start-run" aria-label="Start a run">
      <h2>No run is going on</h2>
      <p>
        Choose a scenario. Trainees see it on their own desks as soon as it starts, with the word SIM on every screen.
      </p>
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
              <span>{`${s.minutes} min`}</span>
              <p>{s.text}</p>
            </div>
            <button
              type="button"
              className="btn mine"
              disabled={!whole || acts.busy("start")}
              onClick={() => acts.send("start", "startRun", {}, { scenario: s.id, seed: n })}
            >
              Start
            </button>
          </li>
        ))}
      </ul>
      {acts.problem("start") !== "" && <p className="amber problem">{acts.problem("start")}</p>}
      {past.length > 0 && (
        <>
          <h3>Debrief a run</h3>
          <ul>
            {[...past]
              .reverse()
              .slice(0, 6)
              .map((r) => (
                <li key={r.runId}>
                  <div>
                    <b>{view.scenarios.find((s) => s.id === r.scenario)?.title ?? r.scenario}</b>
                    <span>{`facts ${r.fromSeq} to ${r.toSeq}`}</span>
                  </div>
                  <button type="button" className="btn" onClick={() => onDebrief(r)}>
                    Replay
                  </button>
                </li>
              ))}
          </ul>
        </>
      )}
    </section>
  );
}
