import type { FixedCameraView } from "@outrider/contract";
import type { ReactNode, RefObject } from "react";
import {
  type AlarmItem,
  type Command,
  command,
  type Hotkeys,
  type KeyGroup,
  oldestUnread,
  useDeskKeys,
} from "../../parts/index.js";
import type { AdviceDraft } from "./AdvicePanel.js";
import { seeingInOrder } from "./cameraOrder.js";
import type { RtccView } from "./RtccDesk.js";
import type { CoverageChoice } from "./regionScene.js";
import type { Acts } from "./useActs.js";
import type { Pointing, Rtcc } from "./useRtcc.js";
import type { Turning } from "./useTurning.js";

const KEYS: readonly KeyGroup[] = [
  {
    title: "This desk",
    keys: [
      { key: "Y", text: "Same vehicle, while the card has focus" },
      { key: "N", text: "Street names; on the plate card: not the same" },
      { key: "Enter", text: "Send the sentence to the officers" },
      { key: "1–9", text: "Camera by its number" },
      { key: "0", text: "Back to the aircraft's picture" },
      { key: "I", text: "Aircraft's picture: heat, white is hot; again: visible light" },
      { key: "U", text: "Turn the fixed camera that is shown to the incident" },
      { key: "← ↑ ↓ →", text: "Turn the fixed camera whose picture has focus; + and − zoom, H home" },
      { key: "P", text: "Ask the pilot" },
      { key: "R", text: "Where it could be by now, on or off" },
      { key: "C", text: "Who sees, who does not, where calls come from unseen" },
    ],
  },
];
const EVERYWHERE: KeyGroup["keys"] = [
  { key: "A", text: "Acknowledge the oldest unread alarm" },
  { key: "[ ]", text: "Camera before, camera after" },
  { key: "/", text: "Note" },
  { key: "Tab", text: "Swap picture and map, with either in focus" },
  { key: "Home L V", text: "Map: incident, aircraft, from above" },
];

export interface KeysInput {
  readonly rtcc: Rtcc;
  readonly acts: Acts;
  readonly view: RtccView;
  readonly pointing: Pointing;
  readonly turning: Turning;
  readonly draft: AdviceDraft | undefined;
  readonly noteField: RefObject<HTMLInputElement | null>;
  readonly alarms: readonly AlarmItem[];
  readonly ask: () => void;
  readonly theme: () => void;
  readonly soundTest: () => void;
  /** A call is being put on the map: Enter and Esc belong to that. */
  readonly placing: boolean;
}

/** Enter sends to officers only from the page itself or from that card: on another button it is that button's. */
export function enterSends(focus: { readonly tag: string; readonly inCard: boolean }): boolean {
  return (
    focus.tag === "BODY" ||
    (focus.inCard && focus.tag !== "TEXTAREA" && focus.tag !== "INPUT" && focus.tag !== "BUTTON")
  );
}

const ROUND: Readonly<Record<CoverageChoice, CoverageChoice>> = {
  couldBe: "whoSees",
  timeToArrive: "whoSees",
  whoSees: "nobodySees",
  nobodySees: "heat",
  heat: "couldBe",
};

export function useRtccKeys(p: KeysInput): { readonly over: ReactNode } {
  const run = deeds(p);
  const { scene } = p.view;
  const cameras = Array.from({ length: 9 }, (_, i) => [String(i + 1), () => run.camera(i)] as const);
  return useDeskKeys({
    keys: (covered) => ({
      a: run.acknowledge,
      n: run.names,
      i: run.heat,
      p: p.ask,
      r: run.couldBe,
      c: run.coverage,
      "/": () => p.noteField.current?.focus(),
      "[": () => run.step(-1),
      "]": () => run.step(1),
      Home: () => scene.current?.home(),
      l: () => p.rtcc.aircraft !== undefined && scene.current?.lookAtAircraft(p.rtcc.aircraft.uid),
      v: () => scene.current?.topDown(),
      "0": () => p.rtcc.openCamera(undefined),
      ...Object.fromEntries(cameras),
      u: run.turnToIncident,
      ...turnKeys(p, covered),
      ...(paneHasFocus() ? { Tab: run.swap } : {}),
      ...(!p.placing && enterSends(focusNow()) ? { Enter: run.send } : {}),
    }),
    commands: commandsOf(p, run),
    groups: KEYS,
    everywhere: EVERYWHERE,
    theme: p.theme,
    escape: p.placing ? undefined : p.pointing.clear,
  });
}

function deeds(p: KeysInput) {
  const { rtcc, acts, view, draft } = p;
  const cameras = seeingInOrder(rtcc.incident?.cameras ?? []);
  const camera = (i: number): void => {
    const c = cameras[i];
    if (c?.shared === true) rtcc.openCamera(c.cameraId);
  };
  return {
    camera,
    step(by: number): void {
      const at = cameras.findIndex((c) => c.cameraId === rtcc.stream?.cameraId);
      const next = at + by;
      if (next < 0 || next >= cameras.length) rtcc.openCamera(undefined);
      else camera(next);
    },
    acknowledge(): void {
      const a = oldestUnread(p.alarms);
      if (a !== undefined) acts.send(`ack:${a.id}`, "acknowledgeAlarm", { alarmId: a.id }, {});
    },
    send(): void {
      if (draft === undefined || rtcc.incident === undefined) return;
      acts.send(
        "advise",
        "advise",
        { incidentId: rtcc.incident.incidentId },
        { text: draft.text.trim(), units: [...draft.units] },
      );
    },
    turnToIncident(): void {
      const turns = turnable(p, rtcc.stream?.cameraId);
      const { incident } = rtcc;
      if (turns === undefined || incident === undefined || incident.needsPlace !== undefined) return;
      p.turning.send(turns, { verb: "look", point: incident.place.point });
    },
    heat(): void {
      if (rtcc.stream?.uid !== undefined) rtcc.heat.toggle();
    },
    names: () => view.set({ streetNames: !view.streetNames }),
    couldBe: () => view.set({ choice: view.choice === "couldBe" ? "timeToArrive" : "couldBe" }),
    coverage: () => view.set({ choice: ROUND[view.choice] }),
    swap: () => view.set({ swapped: !view.swapped }),
  };
}

/** Tab moves between controls as everywhere; it swaps the panes only while one of them has the focus. */
const paneHasFocus = (): boolean => document.activeElement?.closest("[data-pane]") != null;

const turnable = ({ rtcc }: KeysInput, cameraId: string | undefined): FixedCameraView | undefined =>
  rtcc.site?.cameras.find((c) => c.cameraId === cameraId && c.turns === true);

/** Arrows turn the camera whose tile or picture has the focus; elsewhere they scroll, as everywhere. */
function turnKeys(p: KeysInput, covered: boolean): Hotkeys {
  const focus = document.activeElement;
  const tile = focus?.closest<HTMLElement>("[data-camera]")?.dataset["camera"];
  const large = focus?.closest('[data-pane="picture"]') == null ? undefined : p.rtcc.stream?.cameraId;
  const camera = turnable(p, tile ?? large);
  if (camera === undefined || covered || p.placing) return {};
  const step = (right: number, up: number, nearer: number) => (): void => {
    if (!p.turning.busy(camera.cameraId)) p.turning.send(camera, { verb: "step", right, up, nearer });
  };
  return {
    ArrowLeft: step(-1, 0, 0),
    ArrowRight: step(1, 0, 0),
    ArrowUp: step(0, 1, 0),
    ArrowDown: step(0, -1, 0),
    "+": step(0, 0, 1),
    "=": step(0, 0, 1),
    "-": step(0, 0, -1),
    h: () => p.turning.send(camera, { verb: "home" }),
  };
}

function focusNow(): { readonly tag: string; readonly inCard: boolean } {
  const el = document.activeElement;
  return { tag: el?.tagName ?? "BODY", inCard: el?.closest(".observation") != null };
}

function commandsOf(p: KeysInput, run: ReturnType<typeof deeds>): readonly Command[] {
  const incidents = (p.rtcc.incidents?.incidents ?? []).map((i) =>
    command(`incident:${i.incidentId}`, `Open ${i.title}, ${i.place.label}`, undefined, () =>
      p.rtcc.choose(i.incidentId),
    ),
  );
  const cameras = seeingInOrder(p.rtcc.incident?.cameras ?? []).map((c, i) =>
    command(`camera:${c.cameraId}`, `Camera ${c.name}`, String(i + 1), () => run.camera(i)),
  );
  return [
    command("ask", "Ask the pilot", "P", p.ask),
    command("note", "Add a note", "/", () => p.noteField.current?.focus()),
    command("names", "Street names in the picture", "N", run.names),
    command("heat", p.rtcc.heat.heat ? "Aircraft's picture: visible light" : "Aircraft's picture: heat", "I", run.heat),
    command("turn", "Turn the fixed camera to the incident", "U", run.turnToIncident),
    command("swap", "Swap picture and map", "Tab", run.swap),
    command("couldBe", "Map: could be here by now", "R", run.couldBe),
    command("coverage", "Map: who sees, who does not", "C", run.coverage),
    command("sound", "Play the sound test", undefined, p.soundTest),
    ...incidents,
    ...cameras,
  ];
}
