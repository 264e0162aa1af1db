import type { RoomViews } from "@outrider/contract";
import { useMemo, useState } from "react";
import { useLive, usePresence, useRead, useRoom, useTick } from "../../live/index.js";
import { beside, clockSpan, command, type Units, useDeskKeys } from "../../parts/index.js";
import type { DeskProps } from "../desk.js";
import { type Acts, useActs } from "../rtcc/useActs.js";
import {
  type Aim,
  type Deed,
  END_KEY,
  ENDABLE,
  INJECT_KEYS,
  type InjectId,
  type Prepared,
  prepareInject,
} from "./injects.js";
import { runStartMs } from "./lanes.js";
import { paceBeside } from "./pace.js";
import { type PastRun, runsAnswer } from "./replayState.js";

const TRAINER_KEYS = [
  {
    title: "This desk",
    keys: [
      { key: "1–0", text: "Injects, now or when the palette says" },
      { key: "D G B R", text: "Rotor stops, position lost, behind a hill, radio silence" },
      { key: "F H U A", text: "Gust front, helicopter, unseen helicopter, airspace closes" },
      { key: "C S P", text: "Call, shots, car chase" },
      { key: "N X ; '", text: "Another caller, shots taken back, an echo, call cancelled" },
      { key: "I J O Q W", text: "Link loses, doubles, disorders, delays, spoils" },
      { key: "Y Z , .", text: "No answers, false answers, another's name, wrong clock" },
      { key: END_KEY, text: "End what was made last" },
      { key: "[ ]", text: "Aim at the aircraft before, after" },
      { key: "K", text: "Pause, go on" },
      { key: "− +", text: "Slower, faster" },
      { key: "M", text: "Mark this moment" },
      { key: "/", text: "Write a note into the run" },
      { key: "L", text: "Look at what injects act on" },
      { key: "Home", text: "Whole area" },
      { key: "V", text: "Truth, or what the trainee sees" },
    ],
  },
  {
    title: "In a debrief",
    keys: [
      { key: "K", text: "Play, pause" },
      { key: "← →", text: "Fact before, next fact" },
      { key: "Home End", text: "Start of the run, its end" },
      { key: "Esc", text: "Leave it" },
    ],
  },
] as const;

export type Trainer = ReturnType<typeof useTrainer>;

/** Everything the trainer's desk knows and can do. */
export function useTrainer(props: DeskProps) {
  const live = useLive();
  useTick(4);
  usePresence();
  const view = useRoom("trainer");
  const fleet = useRoom("fleet");
  const sky = useRoom("sky");
  const incidents = useRoom("incidents");
  // Another run, or the end of one, changes the list of runs: the query makes it a new question.
  const runs = useRead(`/runs?of=${view?.run?.runId ?? "none"}`);
  const known = useMemo(() => runsAnswer(runs.body), [runs.body]);
  const acts = useActs();
  const callSigns = useMemo(() => new Map((fleet?.aircraft ?? []).map((a) => [a.uid, a.callSign])), [fleet]);
  const nowMs = live.nowMs() ?? 0;
  const [replayed, debrief] = useState<Replayed>();
  const [truth, setTruth] = useState(true);
  const [choosing, choose] = useState(false);
  const [reading, read] = useState(false);
  const { aim, onAim, inject } = useAim(fleet, acts, props.units);
  const running = view?.run !== undefined;
  const startMs = view?.startedMs ?? runStartMs(known.startedMs, view?.events ?? [], nowMs);
  const plan = planOf(view, startMs, acts);
  const making = useMaking({ aim, inject, plan, nowMs });
  const deeds = runDeeds(view, { startMs, nowMs, acts, ended: (runId) => debrief({ kind: "ended", runId }) });
  const switchTruth = (): void => setTruth((t) => !t);
  const on = running && replayed === undefined;
  const keys = { aim, fleet, onAim, inject, make: making.make, ...deeds, truth: switchTruth, theme: props.onTheme, on };
  const { over } = useTrainerKeys(keys);
  const elapsedMs = running ? nowMs - startMs : undefined;
  return {
    view,
    fleet,
    sky,
    incidents,
    past: known.past,
    acts,
    nowMs,
    startMs,
    elapsedMs,
    running,
    run: runToReplay(replayed, known.past),
    debrief,
    callSigns,
    soFar: (): void => debrief({ kind: "past", run: runSoFar(view, known.past) }),
    truth,
    switchTruth,
    choosing,
    choose,
    reading,
    read,
    aim,
    onAim,
    inject,
    plan,
    ...making,
    ...deeds,
    over,
  };
}

/** What the trainer chose to replay: a run of the list, or the one he has just ended, which the list does not hold yet. */
export type Replayed =
  | { readonly kind: "past"; readonly run: PastRun }
  | { readonly kind: "ended"; readonly runId: string };

export function runToReplay(replayed: Replayed | undefined, past: readonly PastRun[]): PastRun | "waiting" | undefined {
  if (replayed === undefined) return undefined;
  if (replayed.kind === "past") return replayed.run;
  return past.find((r) => r.runId === replayed.runId) ?? "waiting";
}

/** The run that still goes on, up to its newest fact: the station gives what there is. */
export function runSoFar(view: RoomViews["trainer"] | undefined, past: readonly PastRun[]): PastRun {
  const fromSeq = (past.at(-1)?.toSeq ?? 0) + 1;
  return {
    runId: view?.run?.runId ?? "",
    scenario: view?.scenario ?? "",
    fromSeq,
    toSeq: fromSeq + MOST_REPLAYED - 1,
  };
}
const MOST_REPLAYED = 20_000;

/** What the trainer does to the run itself. */
function runDeeds(
  view: RoomViews["trainer"] | undefined,
  p: {
    readonly startMs: number;
    readonly nowMs: number;
    readonly acts: Acts;
    readonly ended: (runId: string) => void;
  },
) {
  const { acts } = p;
  const say = (text: string): void => {
    if (view?.run !== undefined) acts.send("mark", "markRun", {}, { text });
  };
  return {
    pause(): void {
      if (view?.run !== undefined) acts.send("pause", "pauseRun", {}, { paused: !view.run.paused });
    },
    pace(by: 1 | -1): void {
      const rate = paceBeside(view?.run?.rate ?? 1, by);
      if (view?.run !== undefined && rate !== undefined) acts.send("rate", "rateRun", {}, { rate });
    },
    mark: (): void => say(`Mark at ${clockSpan((p.nowMs - p.startMs) / 1000)}`),
    note: say,
    end(): void {
      const runId = view?.run?.runId;
      if (runId !== undefined) acts.send("end", "stopRun", {}, {}, () => p.ended(runId));
    },
  };
}

/** Injects that wait on the timeline. The station keeps and makes them, whoever's page is open. */
function planOf(view: RoomViews["trainer"] | undefined, startMs: number, acts: Acts) {
  return {
    all: view?.plan ?? [],
    add(title: string, prepared: Prepared, atMs: number): void {
      if (prepared.kind === "off") return;
      const atS = Math.max(0, Math.round((atMs - startMs) / 1000));
      acts.send(
        "inject",
        "planInject",
        {},
        { title: [title, prepared.text].join(", ").slice(0, 80), atS, deed: prepared.inject },
      );
    },
    remove: (planId: string): void => acts.send("inject", "unplanInject", { planId }, {}),
  };
}

/** When an inject is made: at once, or so much later as the palette says, by key as by press. */
function useMaking(p: {
  readonly aim: Aim;
  readonly inject: (prepared: Prepared) => void;
  readonly plan: ReturnType<typeof planOf>;
  readonly nowMs: number;
}) {
  const [waitS, wait] = useState(0);
  const planAt = (kind: InjectId, atMs: number): void =>
    p.plan.add(INJECT_KEYS.find((k) => k.kind === kind)?.title ?? kind, prepareInject(kind, p.aim), atMs);
  const make = (kind: InjectId): void =>
    waitS > 0 ? planAt(kind, p.nowMs + waitS * 1000) : p.inject(prepareInject(kind, p.aim));
  return { waitS, wait, make, planAt };
}

/** Which aircraft and dock injects act on; the first flying one until a trainer chooses. */
function useAim(fleet: RoomViews["fleet"] | undefined, acts: Acts, units: Units) {
  const [uid, setUid] = useState<string>();
  const [dockId, setDock] = useState<string>();
  const [switched, setSwitched] = useState<ReadonlySet<string>>(new Set());
  const [ends, setEnds] = useState<string>();
  const aircraft =
    fleet?.aircraft.find((a) => a.uid === uid) ?? fleet?.aircraft.find((a) => a.inAir) ?? fleet?.aircraft[0];
  const dock = fleet?.docks.find((d) => d.dockId === dockId) ?? fleet?.docks[0];
  const aim: Aim = {
    aircraft,
    dock,
    jammed: dock !== undefined && switched.has(dock.dockId),
    misreading: switched.has("misread"),
    shadowed: aircraft !== undefined && switched.has(`hill:${aircraft.uid}`),
    ends,
    units,
  };
  const inject = (prepared: Prepared): void => {
    if (prepared.kind === "off") return;
    const made: Deed = prepared.inject;
    if (made.kind === "incident") return acts.send("inject", "demoIncident", {}, { which: made.which });
    acts.send("inject", "injectRun", {}, made, () => {
      setSwitched((all) => switchedBy(all, made));
      const what = made.kind === "fault" ? made.fault.kind : made.kind;
      if (ENDABLE.some((e) => e.what === what)) setEnds(what);
    });
  };
  const onAim = (to: AimChange): void => {
    if (to.ends !== undefined) setEnds(to.ends);
    if (to.uid !== undefined) setUid(to.uid);
    if (to.dockId !== undefined) setDock(to.dockId);
  };
  return { aim, onAim, inject };
}

export interface AimChange {
  readonly uid?: string;
  readonly dockId?: string;
  /** What the end key ends. */
  readonly ends?: string;
}

/** Which of the things that are switched on and off are on after this was made. */
export function switchedBy(on: ReadonlySet<string>, made: Deed): ReadonlySet<string> {
  const put = (key: string, is: boolean): ReadonlySet<string> =>
    new Set(is ? [...on, key] : [...on].filter((k) => k !== key));
  switch (made.kind) {
    case "dockJam":
      return put(made.dockId, made.on);
    case "plateMisread":
      return put("misread", made.on);
    case "linkBeyond":
      return put(`hill:${made.uid}`, made.on);
    case "clear":
      if (made.what === "plateMisread") return put("misread", false);
      if (made.what === "linkBeyond") return put(`hill:${made.target ?? ""}`, false);
      return made.what === "dockJam" ? new Set([...on].filter((k) => k === "misread" || k.startsWith("hill:"))) : on;
    default:
      return on;
  }
}

interface KeysInput {
  readonly aim: Aim;
  readonly fleet: RoomViews["fleet"] | undefined;
  readonly on: boolean;
  readonly onAim: (to: { readonly uid?: string }) => void;
  readonly inject: (prepared: Prepared) => void;
  readonly make: (kind: InjectId) => void;
  readonly pause: () => void;
  readonly pace: (by: 1 | -1) => void;
  readonly mark: () => void;
  readonly truth: () => void;
  readonly theme: () => void;
}

function useTrainerKeys(p: KeysInput) {
  const step = (by: number) => (): void => {
    const all = p.fleet?.aircraft ?? [];
    const at = all.findIndex((a) => a.uid === p.aim.aircraft?.uid);
    const next = beside(all, at, by);
    if (next !== undefined) p.onAim({ uid: next.uid });
  };
  const injects = INJECT_KEYS.map((k) => [k.key.toLowerCase(), () => p.make(k.kind)] as const);
  const run = {
    k: p.pause,
    "+": () => p.pace(1),
    "-": () => p.pace(-1),
    m: p.mark,
    v: p.truth,
    "[": step(-1),
    "]": step(1),
    e: () => p.inject(prepareInject("clear", p.aim)),
    ...Object.fromEntries(injects),
  };
  return useDeskKeys({
    keys: () => (p.on ? run : {}),
    commands: p.on ? runCommands(p) : [],
    groups: TRAINER_KEYS,
    theme: p.theme,
  });
}

/** What can be done to a run that goes on; in a debrief it would act behind the trainer's back. */
function runCommands(p: KeysInput) {
  return [
    command("pause", "Pause or go on", "K", p.pause),
    command("faster", "Faster", "+", () => p.pace(1)),
    command("slower", "Slower", "-", () => p.pace(-1)),
    command("mark", "Mark this moment", "M", p.mark),
    command("truth", "Truth or trainee’s view", "V", p.truth),
    ...INJECT_KEYS.map((k) => command(k.kind, `Inject: ${k.title}`, k.key, () => p.make(k.kind))),
  ];
}
