import { type ReactNode, useRef } from "react";
import { useLive } from "../../live/index.js";
import { AlarmBar, clockSpan, Notice, Tick, TopBar } from "../../parts/index.js";
import type { DeskProps } from "../desk.js";
import { alarmItems } from "../pilot/alarmItems.js";
import { OthersList } from "../sky/index.js";
import { Debrief } from "./Debrief.js";
import { EndOfRun } from "./EndOfRun.js";
import { Expectations } from "./Expectations.js";
import { InjectPalette } from "./InjectPalette.js";
import { Limits } from "./Limits.js";
import { Records } from "./Records.js";
import { RunLanes, wayBackWords } from "./RunLanes.js";
import { StartRun } from "./StartRun.js";
import { TraineePanel } from "./TraineePanel.js";
import { TrainerMap } from "./TrainerMap.js";
import { type Trainer, useTrainer } from "./useTrainer.js";
import "../deskFrame.css";
import "./trainer.css";

/** The trainer's desk: what should happen, what is true, what goes wrong next. */
export function TrainerDesk(props: DeskProps): ReactNode {
  const live = useLive();
  const t = useTrainer(props);
  const { run } = t;
  const leave = (): void => t.debrief(undefined);
  return (
    <div className={live.deadForS() === undefined ? "desk trainer" : "desk trainer server-gone"}>
      <TrainerTop t={t} desk={props} />
      {run === undefined ? (
        <TrainerBody t={t} desk={props} />
      ) : run === "waiting" ? (
        <Notice
          title="The run is ending"
          text="Its facts are being closed in the record. Usual: under 2 s."
          action={
            <button type="button" className="btn" onClick={leave}>
              Back to the desk
            </button>
          }
        />
      ) : (
        <Debrief
          key={`${run.runId}:${run.fromSeq}`}
          run={run}
          title={t.view?.scenarios.find((s) => s.id === run.scenario)?.title ?? run.scenario}
          desk={props}
          acts={t.acts}
          noWayBack={wayBackWords(t.view)}
          callSigns={t.callSigns}
          onLeave={leave}
        />
      )}
      {t.over}
    </div>
  );
}

function TrainerBody({ t, desk }: { readonly t: Trainer; readonly desk: DeskProps }): ReactNode {
  const { view, fleet, acts, running, nowMs } = t;
  const note = useRef<HTMLInputElement>(null);
  const flying = (fleet?.aircraft ?? []).filter((a) => a.inAir).map((a) => a.callSign);
  return (
    <main className="trainer-grid">
      <aside className="trainer-left" aria-label="Expectations and score">
        {view === undefined ? (
          <Notice title="Waiting for the run" text="Usual: under 1 s." />
        ) : (
          <Expectations
            view={view}
            sky={running && <OthersList sky={t.sky} units={desk.units} most={4} />}
            limits={running && <Limits view={view} startMs={t.startMs} acts={acts} />}
            onScenarios={t.choosing ? undefined : () => t.choose(true)}
          />
        )}
      </aside>
      <Scene t={t} desk={desk} flying={flying} />
      {view !== undefined && running && (
        <RunLanes
          view={view}
          startMs={t.startMs}
          nowMs={nowMs}
          acts={acts}
          plan={t.plan.all}
          onPause={t.pause}
          onPlan={t.planAt}
          onUnplan={t.plan.remove}
        />
      )}
      <aside className="trainer-right" aria-label="Injects">
        <InjectPalette
          aim={t.aim}
          fleet={fleet}
          on={running}
          problem={acts.problem("inject")}
          onAim={t.onAim}
          waitS={t.waitS}
          onWait={t.wait}
          onInject={t.inject}
          onKind={t.make}
        />
        <TraineePanel
          fleet={fleet}
          nowMs={nowMs}
          screens={view?.screens}
          incidents={t.incidents?.incidents ?? []}
          selfId={desk.session?.personId}
          units={desk.units}
        />
        <EndOfRun t={t} flying={flying} note={note} />
      </aside>
    </main>
  );
}

/** The map; in its place the scenarios while none runs, or everybody's records. */
function Scene({
  t,
  desk,
  flying,
}: {
  readonly t: Trainer;
  readonly desk: DeskProps;
  readonly flying: readonly string[];
}): ReactNode {
  const { view, running, nowMs, acts } = t;
  return (
    <div className="trainer-scene">
      {t.reading ? (
        <Records onBack={() => t.read(false)} onDebrief={(run) => t.debrief({ kind: "past", run })} />
      ) : view !== undefined && (!running || t.choosing) ? (
        <StartRun
          view={view}
          past={t.past}
          acts={acts}
          flying={flying}
          onStarted={() => t.choose(false)}
          onDebrief={(run) => t.debrief({ kind: "past", run })}
          onRecords={() => t.read(true)}
          onBack={running ? () => t.choose(false) : undefined}
        />
      ) : (
        <TrainerMap desk={desk} t={t} />
      )}
      {view?.catchingUpToMs !== undefined && <CatchingUp toMs={view.catchingUpToMs} fromMs={t.startMs} nowMs={nowMs} />}
    </div>
  );
}

/** The night is being lived again up to the mark: nothing the trainer does now belongs to it. */
function CatchingUp(p: { readonly toMs: number; readonly fromMs: number; readonly nowMs: number }): ReactNode {
  const span = (tMs: number): string => clockSpan(Math.max(0, tMs - p.fromMs) / 1000);
  return (
    <p className="catching-up" role="status">
      {`Living the run again: ${span(Math.min(p.nowMs, p.toMs))} of ${span(p.toMs)}. It stands still there until you go on.`}
    </p>
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
