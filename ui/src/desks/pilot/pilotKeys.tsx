import type { AircraftView } from "@outrider/contract";
import type { ReactNode } from "react";
import {
  type AlarmItem,
  beside,
  type Command,
  command,
  type KeyGroup,
  oldestUnread,
  useDeskKeys,
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
    ],
  },
];
const EVERYWHERE = [{ key: "A", text: "acknowledge the oldest alarm" }];

/** Keys of the pilot's desk. Stop here works whatever else is open. */
export function usePilotKeys(k: PilotKeysInput): { readonly over: ReactNode } {
  const step = (by: number) => (): void => {
    const at = k.flying.findIndex((a) => a.uid === k.selected?.uid);
    const next = beside(k.flying, at, by);
    if (next !== undefined) k.select(next.uid);
  };
  const look = (): void => {
    if (k.selected !== undefined) k.scene.current?.lookAtAircraft(k.selected.uid);
  };
  const acknowledge = (): void => {
    const alarm = oldestUnread(k.alarms);
    if (alarm !== undefined) k.acknowledge(alarm.id);
  };
  return useDeskKeys({
    keys: () => ({
      a: acknowledge,
      x: k.hold,
      f: k.byHand,
      w: k.handOver,
      l: look,
      v: () => k.scene.current?.topDown(),
      Home: () => k.scene.current?.home(),
      i: k.selected === undefined ? undefined : k.heat,
      Tab: isSwapKey(k) ? k.swap : undefined,
      "[": step(-1),
      "]": step(1),
    }),
    commands: commandsOf(k, look, acknowledge),
    groups: KEYS,
    everywhere: EVERYWHERE,
    theme: k.theme,
  });
}

/** Tab stays the browser's own key while a control has focus, or nobody could reach the next one by keyboard. */
function isSwapKey(k: PilotKeysInput): boolean {
  return k.selected !== undefined && (document.activeElement === null || document.activeElement === document.body);
}

function commandsOf(k: PilotKeysInput, look: () => void, acknowledge: () => void): readonly Command[] {
  const name = k.selected?.callSign ?? "";
  return [
    ...(k.selected === undefined
      ? []
      : [
          command("stop", `Stop ${name} here`, "X", k.hold),
          command("hand", k.byHandOn ? `Let go of ${name}` : `Fly ${name} by hand`, "F", k.byHand),
          command("home", `Send ${name} home`, "B", () => undefined, true),
          command("look", `Look at ${name}`, "L", look),
          command("heat", k.heatOn ? `Visible light of ${name}` : `Heat of ${name}`, "I", k.heat),
        ]),
    ...k.flying.map((a) => command(`sel:${a.uid}`, `Select ${a.callSign}`, undefined, () => k.select(a.uid))),
    command("ack", "Acknowledge the oldest alarm", "A", acknowledge),
    command("handover", "Hand over the watch", "W", k.handOver),
    command("area", "Whole area", "Home", () => k.scene.current?.home()),
    command("top", "From above", "V", () => k.scene.current?.topDown()),
    command("sound", "Play the sound test", undefined, k.soundTest),
  ];
}
