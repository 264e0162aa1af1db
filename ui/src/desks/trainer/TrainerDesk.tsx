import type { RoomViews } from "@outrider/contract";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useLive, usePresence, useRead, useRoom, useTick } from "../../live/index.js";
import { AlarmBar, ageText, clockSpan, CommandPalette, heightText, Key, KeyMap, Notice, Tick, TopBar, useHotkeys } from "../../parts/index.js";
import { type SceneHandle, SceneView, textTwin } from "../../scene/index.js";
import type { CityModel } from "../../world/index.js";
import type { DeskProps } from "../desk.js";
import { alarmItems } from "../pilot/alarmItems.js";
import { pilotScene } from "../pilot/pilotScene.js";
import { type Acts, useActs } from "../rtcc/useActs.js";
import { Debrief } from "./Debrief.js";
import { Expectations } from "./Expectations.js";
import { InjectPalette } from "./InjectPalette.js";
import { type Aim, INJECT_KEYS, type Prepared, prepareInject } from "./injects.js";
import { runStartMs } from "./lanes.js";
import { RunLanes } from "./RunLanes.js";
import { type PastRun, runsAnswer } from "./replayState.js";
import { StartRun } from "./StartRun.js";
import { TraineePanel } from "./TraineePanel.js";
import { TruthPoses, truthScene } from "./truthScene.js";
import "../deskFrame.css";
import "./trainer.css";

const KEYS = [
  {
    title: "This desk",
    keys: [
      { key: "1–0", text: "Injects, now" },
      { key: "[ ]", text: "Aim at the aircraft before, after" },
      { key: "K", text: "Pause, go on" },
      { key: "M", text: "Mark this moment" },
      { key: "V", text: "Truth, or what the trainee sees" },
    ],
  },
  { title: "Everywhere", keys: [{ key: "T", text: "Theme" }, { key: "Ctrl K", text: "Every command" }, { key: "?", text: "This list" }] },
] as const;

/** The trainer's desk: what should happen, what is true, what goes wrong next. */
export function TrainerDesk(props: DeskProps): ReactNode {
  const live = useLive();
  useTick(4);
  usePresence();
  const view = useRoom("trainer");
  const fleet = useRoom("fleet");
  const incidents = useRoom("incidents");
  const runs = useRead(`/runs?of=${view?.run?.runId ?? "none"}`);
  const known = useMemo(() => runsAnswer(runs.body), [runs.body]);
  const acts = useActs();
  const nowMs = live.nowMs() ?? 0;
  const [debrief, setDebrief] = useState<PastRun | "newest">();
  const [truth, setTruth] = useState(true);
  const { aim, onAim, inject } = useAim(fleet, acts);
  const running = view?.run !== undefined;
  const startMs = runStartMs(known.startedMs, view?.events ?? [], nowMs);
  const pause = (): void => {
    if (view?.run !== undefined) acts.send("pause", "pauseRun", {}, { paused: !view.run.paused });
  };
  const mark = (): void => running ? acts.send("mark", "markRun", {}, { text: `Mark at ${clockSpan((nowMs - startMs) / 1000)}` }) : undefined;
  const end = (): void => acts.send("end", "stopRun", {}, {}, () => setDebrief("newest"));
  const overlay = useTrainerKeys({ aim, fleet, onAim, inject, pause, mark, truth: () => setTruth((t) => !t), theme: props.onTheme, on: running && debrief === undefined });
  const run = debrief === "newest" ? (running ? undefined : known.past.at(-1)) : debrief;
  return (
    <div className="desk trainer">
      <TrainerTop desk={props} fleet={fleet} view={view} nowMs={nowMs} elapsedMs={running ? nowMs - startMs : undefined} acts={acts} />
      {run !== undefined ? (
        <Debrief key={run.runId} run={run} desk={props} onLeave={() => setDebrief(undefined)} />
      ) : (
        <main className="trainer-grid">
          <aside className="trainer-left" aria-label="Expectations and score">
            {view === undefined ? <Notice title="Waiting for the run" text="Usual: under 1 s." /> : <Expectations view={view} />}
          </aside>
          <div className="trainer-scene">
            {view !== undefined && !running ? (
              <StartRun view={view} past={known.past} acts={acts} onDebrief={setDebrief} />
            ) : (
              <TrainerMap desk={props} view={view} fleet={fleet} incidents={incidents} truth={truth} onTruth={() => setTruth((t) => !t)} />
            )}
          </div>
          {view !== undefined && running && <RunLanes view={view} startMs={startMs} nowMs={nowMs} acts={acts} onPause={pause} />}
          <aside className="trainer-right" aria-label="Injects">
            <InjectPalette aim={aim} fleet={fleet} on={running} problem={acts.problem("inject")} onAim={onAim} onInject={inject} />
            <TraineePanel fleet={fleet} nowMs={nowMs} />
            <div className="trainer-end">
              <button type="button" className="btn quiet" disabled={!running} onClick={mark}>
                Mark this moment <Key>M</Key>
              </button>
              <button type="button" className="btn quiet" disabled={!running || acts.busy("end")} onClick={end}>
                End and debrief
              </button>
              {acts.problem("end") !== "" && <p className="amber">{acts.problem("end")}</p>}
            </div>
          </aside>
        </main>
      )}
      {overlay.shown === "palette" && <CommandPalette commands={overlay.commands} onClose={overlay.close} />}
      {overlay.shown === "keyMap" && <KeyMap groups={KEYS} onClose={overlay.close} />}
    </div>
  );
}

function TrainerTop(p: { readonly desk: DeskProps; readonly fleet: RoomViews["fleet"] | undefined; readonly view: RoomViews["trainer"] | undefined; readonly nowMs: number; readonly elapsedMs: number | undefined; readonly acts: Acts }): ReactNode {
  const live = useLive();
  const alarms = alarmItems(p.fleet?.alarms ?? []);
  const open = alarms.filter((a) => a.endedMs === undefined);
  const read = open.filter((a) => a.acknowledged).length;
  const trainee = p.fleet?.aircraft.find((a) => a.picId !== undefined)?.picName;
  const dead = live.deadForS();
  const calm = open.length === 0 ? "The trainee has no alarm" : `The trainee has read ${read} of ${open.length} ${open.length === 1 ? "alarm" : "alarms"}`;
  // A trainer sees the trainee's alarms but does not answer them: acknowledging is the trainee's task.
  const bar =
    dead === undefined ? (
      <div className="alarms">
        <span className="calm">
          <Tick /> {calm}
        </span>
      </div>
    ) : (
      <AlarmBar alarms={[]} nowMs={p.nowMs} calm={calm} channelDeadS={dead} onAcknowledge={() => undefined} />
    );
  const pace = p.view?.run === undefined ? "No run" : p.view.run.paused ? "Paused" : `${p.view.run.rate}×`;
  return (
    <TopBar
      desk="Trainer"
      person={p.desk.session?.name ?? ""}
      alarms={bar}
      facts={[trainee === undefined ? "No trainee flies yet" : `Trainee: ${trainee}`, pace]}
      clock={p.elapsedMs === undefined ? "--:--" : clockSpan(p.elapsedMs / 1000)}
      sim
      menu={p.desk.menu}
    />
  );
}

interface MapProps {
  readonly desk: DeskProps;
  readonly view: RoomViews["trainer"] | undefined;
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly incidents: RoomViews["incidents"] | undefined;
  readonly truth: boolean;
  readonly onTruth: () => void;
}

function TrainerMap(p: MapProps): ReactNode {
  const { city, cityProblem } = p.desk;
  if (city === undefined)
    return cityProblem === "" ? (
      <Notice title="Waiting for the map" text="Usual: 3 s. Injects and expectations work without it." />
    ) : (
      <Notice title="No map" text={`${cityProblem} Injects and expectations still work.`} tone="caution" />
    );
  return <TruthOrTrainee {...p} city={city} />;
}

function TruthOrTrainee(p: MapProps & { readonly city: CityModel }): ReactNode {
  const { desk, city, view, fleet } = p;
  const { theme, units } = desk;
  const live = useLive();
  const handle = useRef<SceneHandle>(null);
  const poses = useMemo(() => new TruthPoses(city), [city]);
  useEffect(() => poses.take(view?.truth), [poses, view?.truth]);
  const open = p.incidents?.incidents ?? [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: `open` is new on each render; its room decides.
  const model = useMemo(
    () =>
      p.truth
        ? truthScene({ theme, units, city, truth: view?.truth, fleet, incidents: open })
        : pilotScene({ theme, units, fleet, site: undefined, incidents: open, launch: undefined, launches: [], selectedUid: undefined, picked: undefined, reach: undefined, samples: live.samples }),
    [p.truth, theme, units, city, view?.truth, fleet, p.incidents, live],
  );
  const words = useMemo(() => ({ height: (m: number) => heightText(m, units), age: ageText }), [units]);
  const noTruth = p.truth && view?.truth === undefined;
  return (
    <SceneView
      city={city}
      model={model}
      poses={p.truth ? poses : live.samples}
      words={words}
      handle={handle}
      twin={textTwin(model, (view?.truth?.aircraft ?? []).map((a) => ({ uid: a.uid, altText: "", phase: `${Math.round(a.batteryPct)} percent` })))}
    >
      <button type="button" className="truth-chip" onClick={p.onTruth} aria-pressed={p.truth}>
        <b>{p.truth ? "Truth" : "Trainee"}</b>
        {noTruth ? "waiting for the simulator" : p.truth ? "what is, not what the trainee sees" : "what the trainee’s map shows"} <Key>V</Key>
      </button>
    </SceneView>
  );
}

/** Which aircraft and dock injects act on; the first flying one until a trainer chooses. */
function useAim(fleet: RoomViews["fleet"] | undefined, acts: Acts) {
  const [uid, setUid] = useState<string>();
  const [dockId, setDock] = useState<string>();
  const [switched, setSwitched] = useState<ReadonlySet<string>>(new Set());
  const aircraft = fleet?.aircraft.find((a) => a.uid === uid) ?? fleet?.aircraft.find((a) => a.inAir) ?? fleet?.aircraft[0];
  const dock = fleet?.docks.find((d) => d.dockId === dockId) ?? fleet?.docks[0];
  const aim: Aim = { aircraft, dock, jammed: dock !== undefined && switched.has(dock.dockId), misreading: switched.has("misread") };
  const inject = (prepared: Prepared): void => {
    if (prepared.kind === "off") return;
    const made = prepared.inject;
    acts.send("inject", "injectRun", {}, made, () => {
      if (made.kind !== "dockJam" && made.kind !== "plateMisread") return;
      const key = made.kind === "dockJam" ? made.dockId : "misread";
      setSwitched((all) => new Set(made.on ? [...all, key] : [...all].filter((k) => k !== key)));
    });
  };
  const onAim = (to: { readonly uid?: string; readonly dockId?: string }): void => {
    if (to.uid !== undefined) setUid(to.uid);
    if (to.dockId !== undefined) setDock(to.dockId);
  };
  return { aim, onAim, inject };
}

interface KeysInput {
  readonly aim: Aim;
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly on: boolean;
  readonly onAim: (to: { readonly uid?: string }) => void;
  readonly inject: (prepared: Prepared) => void;
  readonly pause: () => void;
  readonly mark: () => void;
  readonly truth: () => void;
  readonly theme: () => void;
}

function useTrainerKeys(p: KeysInput) {
  const [shown, show] = useState<"palette" | "keyMap">();
  const step = (by: number): void => {
    const all = p.fleet?.aircraft ?? [];
    const at = all.findIndex((a) => a.uid === p.aim.aircraft?.uid);
    const next = all[(at + by + all.length) % Math.max(1, all.length)];
    if (next !== undefined) p.onAim({ uid: next.uid });
  };
  const injects = INJECT_KEYS.filter((k) => k.key !== "").map((k) => [k.key, () => p.inject(prepareInject(k.kind, p.aim))] as const);
  useHotkeys({
    "Ctrl+k": () => show("palette"),
    "?": () => show("keyMap"),
    ...(shown === undefined ? {} : { Escape: () => show(undefined) }),
    t: p.theme,
    ...(p.on ? { k: p.pause, m: p.mark, v: p.truth, "[": () => step(-1), "]": () => step(1), ...Object.fromEntries(injects) } : {}),
  });
  const commands = [
    { id: "pause", text: "Pause or go on", key: "K", held: false, run: p.pause },
    { id: "mark", text: "Mark this moment", key: "M", held: false, run: p.mark },
    { id: "truth", text: "Truth or trainee’s view", key: "V", held: false, run: p.truth },
    { id: "theme", text: "Change the theme", key: "T", held: false, run: p.theme },
    ...(p.on ? INJECT_KEYS.map((k) => ({ id: k.kind, text: `Inject: ${k.title}`, key: k.key === "" ? undefined : k.key, held: false, run: () => p.inject(prepareInject(k.kind, p.aim)) })) : []),
  ];
  return { shown, commands, close: () => show(undefined) };
}
