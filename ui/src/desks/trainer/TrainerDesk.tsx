import type { ReactNode } from "react";
import { useLive } from "../../live/index.js";
import { AlarmBar, CommandPalette, clockSpan, Key, KeyMap, Notice, Tick, TopBar } from "../../parts/index.js";
import type { DeskProps } from "../desk.js";
import { alarmItems } from "../pilot/alarmItems.js";
import { Debrief } from "./Debrief.js";
import { Expectations } from "./Expectations.js";
import { InjectPalette } from "./InjectPalette.js";
import { RunLanes } from "./RunLanes.js";
import { StartRun } from "./StartRun.js";
import { TraineePanel } from "./TraineePanel.js";
import { TrainerMap } from "./TrainerMap.js";
import { TRAINER_KEYS, type Trainer, useTrainer } from "./useTrainer.js";
import "../deskFrame.css";
import "./trainer.css";

/** The trainer's desk: what should happen, what is true, what goes wrong next. */
export function TrainerDesk(props: DeskProps): ReactNode {
  const t = useTrainer(props);
  const { overlay, run } = t;
  return (
    <div className="desk trainer">
      <TrainerTop t={t} desk={props} />
      {run === undefined ? (
        <TrainerBody t={t} desk={props} />
      ) : (
        <Debrief key={run.runId} run={run} desk={props} onLeave={() => t.debrief(undefined)} />
      )}
      {overlay.shown === "palette" && <CommandPalette commands={overlay.commands} onClose={overlay.close} />}
      {overlay.shown === "keyMap" && <KeyMap groups={TRAINER_KEYS} onClose={overlay.close} />}
    </div>
  );
}

function TrainerBody({ t, desk }: { readonly t: Trainer; readonly desk: DeskProps }): ReactNode {
  const { view, fleet, acts, running, nowMs } = t;
  return (
    <main className="trainer-grid">
      <aside className="trainer-left" aria-label="Expectations and score">
        {view === undefined ? (
          <Notice title="Waiting for the run" text="Usual: under 1 s." />
        ) : (
          <Expectations view={view} />
        )}
      </aside>
      <div className="trainer-scene">
        {view !== undefined && !running ? (
          <StartRun view={view} past={t.past} acts={acts} onDebrief={t.debrief} />
        ) : (
          <TrainerMap
            desk={desk}
            view={view}
            fleet={fleet}
            incidents={t.incidents}
            truth={t.truth}
            onTruth={t.switchTruth}
          />
        )}
      </div>
      {view !== undefined && running && (
        <RunLanes view={view} startMs={t.startMs} nowMs={nowMs} acts={acts} onPause={t.pause} />
      )}
      <aside className="trainer-right" aria-label="Injects">
        <InjectPalette
          aim={t.aim}
          fleet={fleet}
          on={running}
          problem={acts.problem("inject")}
          onAim={t.onAim}
          onInject={t.inject}
        />
        <TraineePanel fleet={fleet} nowMs={nowMs} />
        <EndOfRun t={t} />
      </aside>
    </main>
  );
}

function EndOfRun({ t }: { readonly t: Trainer }): ReactNode {
  const problem = t.acts.problem("end") || t.acts.problem("mark") || t.acts.problem("pause") || t.acts.problem("rate");
  return (
    <div className="trainer-end">
      <button type="button" className="btn quiet" disabled={!t.running} onClick={t.mark}>
        Mark this moment <Key>M</Key>
      </button>
      <button type="button" className="btn quiet" disabled={!t.running || t.acts.busy("end")} onClick={t.end}>
        End and debrief
      </button>
      {problem !== "" && <p className="amber">{problem}</p>}
    </div>
  );
}

function TrainerTop({ t, desk }: { readonly t: Trainer; readonly desk: DeskProps }): ReactNode {
  const live = useLive();
  const alarms = alarmItems(t.fleet?.alarms ?? []);
  const open = alarms.filter((a) => a.endedMs === undefined);
  const read = open.filter((a) => a.acknowledged).length;
  const trainee = t.fleet?.aircraft.find((a) => a.picId !== undefined)?.picName;
  const dead = live.deadForS();
  const calm =
    open.length === 0
      ? "The trainee has no alarm"
      : `The trainee has read ${read} of ${open.length} ${open.length === 1 ? "alarm" : "alarms"}`;
  // A trainer sees the trainee's alarms but does not answer them: acknowledging is the trainee's task.
  const bar =
    dead === undefined ? (
      <div className="alarms">
        <span className="calm">
          <Tick /> {calm}
        </span>
      </div>
    ) : (
      <AlarmBar alarms={[]} nowMs={t.nowMs} calm={calm} channelDeadS={dead} onAcknowledge={() => undefined} />
    );
  const pace = t.view?.run === undefined ? "No run" : t.view.run.paused ? "Paused" : `${t.view.run.rate}×`;
  return (
    <TopBar
      desk="Trainer"
      person={desk.session?.name ?? ""}
      alarms={bar}
      facts={[trainee === undefined ? "No trainee flies yet" : `Trainee: ${trainee}`, pace]}
      clock={t.elapsedMs === undefined ? "--:--" : clockSpan(t.elapsedMs / 1000)}
      sim
      menu={desk.menu}
    />
  );
}
