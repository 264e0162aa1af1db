import type { RoomViews } from "@outrider/contract";
import { useEffect, useMemo, useRef, useState } from "react";
import { useLive, usePresence, useRead, useRoom, useTick } from "../../live/index.js";
import { clockSpan, type Units, useHotkeys } from "../../parts/index.js";
import type { DeskProps } from "../desk.js";
import { type Acts, useActs } from "../rtcc/useActs.js";
import { type Aim, type Deed, END_KEY, ENDABLE, INJECT_KEYS, type Prepared, prepareInject } from "./injects.js";
import { runStartMs } from "./lanes.js";
import { type PlannedInject, plannedAtMs, splitDue } from "./plannedInjects.js";
import { type PastRun, runsAnswer } from "./replayState.js";

export const TRAINER_KEYS = [
  {
    title: "This desk",
    keys: [
      { key: "1–0", text: "Injects, now" },
      { key: "G B R", text: "Position lost, behind a hill, radio silence" },
      { key: "F H U A", text: "Gust front, helicopter, unseen helicopter, airspace closes" },
      { key: "C S P", text: "Call, shots, car chase" },
      { key: "N X", text: "Another caller, shots taken back" },
      { key: END_KEY, text: "End what was made last" },
      { key: "[ ]", text: "Aim at the aircraft before, after" },
      { key: "K", text: "Pause, go on" },
      { key: "M", text: "Mark this moment" },
      { key: "/", text: "Write a note into the run" },
      { key: "L", text: "Look at what injects act on" },
      { key: "Home", text: "Whole area" },
      { key: "V", text: "Truth, or what the trainee sees" },
    ],
  },
  {
    title: "Everywhere",
    keys: [
      { key: "T", text: "Theme" },
      { key: "Ctrl K", text: "Every command" },
      { key: "?", text: "This list" },
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
  const { aim, onAim, inject } = useAim(fleet, acts, props.units);
  const running = view?.run !== undefined;
  const expectationsOf = useExpectations(view);
  const startMs = runStartMs(known.startedMs, view?.events ?? [], nowMs);
  const plan = usePlan(view, nowMs, inject);
  const deeds = runDeeds(view, { startMs, nowMs, acts, ended: (runId) => debrief({ kind: "ended", runId }) });
  const switchTruth = (): void => setTruth((t) => !t);
  const on = running && replayed === undefined;
  const overlay = useTrainerKeys({ aim, fleet, onAim, inject, ...deeds, truth: switchTruth, theme: props.onTheme, on });
  const elapsedMs = running ? nowMs - startMs : undefined;
  return {
    view,
    fleet,
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
    expectationsOf,
    soFar: (): void => debrief({ kind: "past", run: runSoFar(view, known.past) }),
    truth,
    switchTruth,
    choosing,
    choose,
    aim,
    onAim,
    inject,
    plan,
    ...deeds,
    overlay,
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
    mark: (): void => say(`Mark at ${clockSpan((p.nowMs - p.startMs) / 1000)}`),
    note: say,
    end(): void {
      const runId = view?.run?.runId;
      if (runId !== undefined) acts.send("end", "stopRun", {}, {}, () => p.ended(runId));
    },
  };
}

type Expectations = RoomViews["trainer"]["expectations"];
const NONE: Expectations = [];

/** How the expectations of runs that this page has seen ended: the record holds the score alone. */
function useExpectations(view: RoomViews["trainer"] | undefined): (runId: string) => Expectations {
  const seen = useRef(new Map<string, Expectations>());
  const newest = useRef<string>(undefined);
  const runId = view?.run?.runId;
  // The last of them are told after the run is over: they still belong to it.
  if (runId !== undefined) newest.current = runId;
  if (newest.current !== undefined && view !== undefined && view.expectations.length > 0)
    seen.current.set(newest.current, view.expectations);
  return (id) => seen.current.get(id) ?? NONE;
}

/** Injects that wait on the timeline. They live in this page: another run, or leaving it, takes them off. */
function usePlan(view: RoomViews["trainer"] | undefined, nowMs: number, inject: (prepared: Prepared) => void) {
  const runId = view?.run?.runId;
  const [held, setHeld] = useState<{ readonly runId: string | undefined; readonly all: readonly PlannedInject[] }>({
    runId: undefined,
    all: [],
  });
  const next = useRef(1);
  const all = held.runId === runId ? held.all : [];
  const { due } = splitDue(all, nowMs, view?.run?.paused !== false);
  const [first] = due;
  // One a turn: each is an act of its own, and the act before must have left the page first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once for each planned inject, whatever else changed.
  useEffect(() => {
    if (first === undefined) return;
    setHeld({ runId, all: all.filter((p) => p.id !== first.id) });
    inject({ kind: "ready", inject: first.deed, text: first.text });
  }, [first?.id]);
  return {
    all,
    add(title: string, prepared: Prepared, atMs: number): void {
      if (prepared.kind === "off") return;
      const one = {
        id: `p${next.current}`,
        title,
        text: prepared.text,
        atMs: plannedAtMs(atMs, nowMs),
        deed: prepared.inject,
      };
      next.current += 1;
      setHeld({ runId, all: [...all, one] });
    },
    remove: (id: string): void => setHeld({ runId, all: all.filter((p) => p.id !== id) }),
  };
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
      if (ENDABLE.some((e) => e.what === made.kind)) setEnds(made.kind);
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
  const injects = INJECT_KEYS.map((k) => [k.key.toLowerCase(), () => p.inject(prepareInject(k.kind, p.aim))] as const);
  const end = (): void => p.inject(prepareInject("clear", p.aim));
  useHotkeys({
    "Ctrl+k": () => show("palette"),
    "?": () => show("keyMap"),
    ...(shown === undefined ? {} : { Escape: () => show(undefined) }),
    t: p.theme,
    ...(p.on
      ? {
          k: p.pause,
          m: p.mark,
          v: p.truth,
          "[": () => step(-1),
          "]": () => step(1),
          e: end,
          ...Object.fromEntries(injects),
        }
      : {}),
  });
  const commands = [
    { id: "pause", text: "Pause or go on", key: "K", held: false, run: p.pause },
    { id: "mark", text: "Mark this moment", key: "M", held: false, run: p.mark },
    { id: "truth", text: "Truth or trainee’s view", key: "V", held: false, run: p.truth },
    { id: "theme", text: "Change the theme", key: "T", held: false, run: p.theme },
    ...(p.on
      ? INJECT_KEYS.map((k) => ({
          id: k.kind,
          text: `Inject: ${k.title}`,
          key: k.key,
          held: false,
          run: () => p.inject(prepareInject(k.kind, p.aim)),
        }))
      : []),
  ];
  return { shown, commands, close: () => show(undefined) };
}
