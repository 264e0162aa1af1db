import type { AircraftView } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import {
  type AlarmItem,
  type Command,
  CommandPalette,
  type KeyGroup,
  KeyMap,
  oldestUnread,
  useHotkeys,
} from "../../parts/index.js";
import type { SceneHandle } from "../../scene/index.js";

export interface PilotKeysInput {
  readonly alarms: readonly AlarmItem[];
  readonly flying: readonly AircraftView[];
  readonly selected: AircraftView | undefined;
  readonly scene: { current: SceneHandle | null };
  readonly acknowledge: (id: string) => void;
  readonly hold: () => void;
  readonly byHand: () => void;
  readonly byHandOn: boolean;
  readonly select: (uid: string) => void;
  readonly handOver: () => void;
  readonly theme: () => void;
  readonly swap: () => void;
  readonly heat: () => void;
  readonly heatOn: boolean;
  readonly soundTest: () => void;
}

export interface Overlay {
  readonly shown: "none" | "palette" | "keys";
  readonly commands: readonly Command[];
  close(): void;
}

const KEYS: readonly KeyGroup[] = [
  {
    title: "Launch",
    keys: [
      { key: "Space", text: "hold: launch" },
      { key: "D", text: "decline, then 1 to 6" },
      { key: "O", text: "choose other" },
      { key: "1–9", text: "settle a gate" },
      { key: "G", text: "all gates" },
      { key: "Esc", text: "stop a launch that goes by itself" },
    ],
  },
  {
    title: "Fly",
    keys: [
      { key: "X", text: "stop here" },
      { key: "F", text: "fly by hand" },
      { key: "B", text: "hold: send home" },
      { key: "[ ]", text: "previous, next aircraft" },
      { key: "W", text: "hand over" },
    ],
  },
  {
    title: "Look",
    keys: [
      { key: "L", text: "look at the selected" },
      { key: "Home", text: "whole area" },
      { key: "V", text: "from above" },
      { key: "Tab", text: "swap map and picture" },
      { key: "I", text: "picture: heat, white is hot" },
      { key: "T", text: "theme" },
    ],
  },
  {
    title: "All",
    keys: [
      { key: "A", text: "acknowledge the oldest alarm" },
      { key: "Ctrl K", text: "commands" },
      { key: "?", text: "this map" },
    ],
  },
];

/** Keys of the pilot's desk. Stop here works whatever else is open. */
export function usePilotKeys(k: PilotKeysInput): Overlay {
  const [shown, setShown] = useState<Overlay["shown"]>("none");
  const step = (by: number): void => {
    const at = k.flying.findIndex((a) => a.uid === k.selected?.uid);
    const next = k.flying[(at + by + k.flying.length) % Math.max(1, k.flying.length)];
    if (next !== undefined) k.select(next.uid);
  };
  const look = (): void => {
    if (k.selected !== undefined) k.scene.current?.lookAtAircraft(k.selected.uid);
  };
  const acknowledge = (): void => {
    const alarm = oldestUnread(k.alarms);
    if (alarm !== undefined) k.acknowledge(alarm.id);
  };
  const area = (): void => k.scene.current?.home();
  const close = (): void => setShown("none");
  useHotkeys({
    a: acknowledge,
    x: k.hold,
    f: k.byHand,
    w: k.handOver,
    l: look,
    v: () => k.scene.current?.topDown(),
    Home: area,
    t: k.theme,
    i: k.selected === undefined ? undefined : k.heat,
    Tab: isSwapKey(k) ? k.swap : undefined,
    "[": () => step(-1),
    "]": () => step(1),
    "?": () => setShown((s) => (s === "keys" ? "none" : "keys")),
    "Ctrl+k": () => setShown((s) => (s === "palette" ? "none" : "palette")),
    ...(shown === "keys" ? { Escape: close } : {}),
  });
  return { shown, close, commands: commandsOf(k, look, acknowledge) };
}

/** Tab stays the browser's own key while a control has focus, or nobody could reach the next one by keyboard. */
function isSwapKey(k: PilotKeysInput): boolean {
  return k.selected !== undefined && (document.activeElement === null || document.activeElement === document.body);
}

function commandsOf(k: PilotKeysInput, look: () => void, acknowledge: () => void): readonly Command[] {
  const name = k.selected?.callSign ?? "";
  const one = (id: string, text: string, key: string | undefined, run: () => void, held = false): Command => ({
    id,
    text,
    key,
    held,
    run,
  });
  return [
    ...(k.selected === undefined
      ? []
      : [
          one("stop", `Stop ${name} here`, "X", k.hold),
          one("hand", k.byHandOn ? `Let go of ${name}` : `Fly ${name} by hand`, "F", k.byHand),
          one("home", `Send ${name} home`, "B", () => undefined, true),
          one("look", `Look at ${name}`, "L", look),
          one("heat", k.heatOn ? `Visible light of ${name}` : `Heat of ${name}`, "I", k.heat),
        ]),
    ...k.flying.map((a) => one(`sel:${a.uid}`, `Select ${a.callSign}`, undefined, () => k.select(a.uid))),
    one("ack", "Acknowledge the oldest alarm", "A", acknowledge),
    one("handover", "Hand over the watch", "W", k.handOver),
    one("area", "Whole area", "Home", () => k.scene.current?.home()),
    one("top", "From above", "V", () => k.scene.current?.topDown()),
    one("sound", "Play the sound test", undefined, k.soundTest),
    one("theme", "Change the theme", "T", k.theme),
  ];
}

export function PilotOverlays({ overlay }: { readonly overlay: Overlay }): ReactNode {
  if (overlay.shown === "palette") return <CommandPalette commands={overlay.commands} onClose={overlay.close} />;
  if (overlay.shown === "keys") return <KeyMap groups={KEYS} onClose={overlay.close} />;
  return null;
}
