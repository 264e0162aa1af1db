import type { RoomViews } from "@outrider/contract";
import { useMemo, useState } from "react";
import { useLive, usePresence, useRead, useRoom, useTick } from "../../live/index.js";
import { clockSpan, useHotkeys } from "../../parts/index.js";
import type { DeskProps } from "../desk.js";
import { type Acts, useActs } from "../rtcc/useActs.js";
import { type Aim, INJECT_KEYS, type Prepared, prepareInject } from "./injects.js";
import { runStartMs } from "./lanes.js";
import { type PastRun, runsAnswer } from "./replayState.js";

export const TRAINER_KEYS = [
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
  const nowMs = live.nowMs() ?? 0;
  const [replayed, debrief] = useState<PastRun | "newest">();
  const [truth, setTruth] = useState(true);
  const { aim, onAim, inject } = useAim(fleet, acts);
  const running = view?.run !== undefined;
  const startMs = runStartMs(known.startedMs, view?.events ?? [], nowMs);
  const deeds = runDeeds(view, { startMs, nowMs, acts, ended: () => debrief("newest") });
  const switchTruth = (): void => setTruth((t) => !t);
  const on = running && replayed === undefined;
  const overlay = useTrainerKeys({ aim, fleet, onAim, inject, ...deeds, truth: switchTruth, theme: props.onTheme, on });
  const run = replayed === "newest" ? (running ? undefined : known.past.at(-1)) : replayed;
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
    run,
    debrief,
    truth,
    switchTruth,
    aim,
    onAim,
    inject,
    ...deeds,
    overlay,
  };
}

/** What the trainer does to the run itself. */
function runDeeds(
  view: RoomViews["trainer"] | undefined,
  p: { readonly startMs: number; readonly nowMs: number; readonly acts: Acts; readonly ended: () => void },
) {
  const { acts } = p;
  return {
    pause(): void {
      if (view?.run !== undefined) acts.send("pause", "pauseRun", {}, { paused: !view.run.paused });
    },
    mark(): void {
      if (view?.run === undefined) return;
      acts.send("mark", "markRun", {}, { text: `Mark at ${clockSpan((p.nowMs - p.startMs) / 1000)}` });
    },
    end: (): void => acts.send("end", "stopRun", {}, {}, p.ended),
  };
}

/** Which aircraft and dock injects act on; the first flying one until a trainer chooses. */
function useAim(fleet: RoomViews["fleet"] | undefined, acts: Acts) {
  const [uid, setUid] = useState<string>();
  const [dockId, setDock] = useState<string>();
  const [switched, setSwitched] = useState<ReadonlySet<string>>(new Set());
  const aircraft =
    fleet?.aircraft.find((a) => a.uid === uid) ?? fleet?.aircraft.find((a) => a.inAir) ?? fleet?.aircraft[0];
  const dock = fleet?.docks.find((d) => d.dockId === dockId) ?? fleet?.docks[0];
  const aim: Aim = {
    aircraft,
    dock,
    jammed: dock !== undefined && switched.has(dock.dockId),
    misreading: switched.has("misread"),
  };
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
  const injects = INJECT_KEYS.filter((k) => k.key !== "").map(
    (k) => [k.key, () => p.inject(prepareInject(k.kind, p.aim))] as const,
  );
  useHotkeys({
    "Ctrl+k": () => show("palette"),
    "?": () => show("keyMap"),
    ...(shown === undefined ? {} : { Escape: () => show(undefined) }),
    t: p.theme,
    ...(p.on
      ? { k: p.pause, m: p.mark, v: p.truth, "[": () => step(-1), "]": () => step(1), ...Object.fromEntries(injects) }
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
          key: k.key === "" ? undefined : k.key,
          held: false,
          run: () => p.inject(prepareInject(k.kind, p.aim)),
        }))
      : []),
  ];
  return { shown, commands, close: () => show(undefined) };
}
