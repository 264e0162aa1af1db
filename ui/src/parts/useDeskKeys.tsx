import { type ReactNode, useState } from "react";
import { type Command, CommandPalette } from "./CommandPalette.js";
import { type KeyGroup, KeyMap } from "./KeyMap.js";
import { type Hotkeys, useHotkeys } from "./useHotkeys.js";

/** What lies over a desk: nothing, the palette of commands, or the map of keys. */
export type Over = "none" | "palette" | "keys";

export interface DeskKeys {
  /** What this desk's own keys do. `covered`: the palette or the map of keys lies over the desk. */
  readonly keys: (covered: boolean) => Hotkeys;
  readonly commands: readonly Command[];
  readonly groups: readonly KeyGroup[];
  /** Lines of the map of keys that stand with those of every desk. */
  readonly everywhere?: KeyGroup["keys"];
  readonly theme: () => void;
  /** What Esc does while nothing lies over the desk; left out: it is somebody else's then. */
  readonly escape?: (() => void) | undefined;
}

/** The keys of every desk with this desk's own; each desk has the palette, the map of keys and the theme. */
export function useDeskKeys(p: DeskKeys): { readonly over: ReactNode } {
  const [over, show] = useState<Over>("none");
  useHotkeys(deskHotkeys(p, over, show));
  const close = (): void => show("none");
  switch (over) {
    case "palette":
      return { over: <CommandPalette commands={withTheme(p)} onClose={close} /> };
    case "keys":
      return { over: <KeyMap groups={withEverywhere(p)} onClose={close} /> };
    case "none":
      return { over: null };
  }
}

/** Esc takes away what lies over the desk before it does anything of the desk's own. */
export function deskHotkeys(p: DeskKeys, over: Over, show: (over: Over) => void): Hotkeys {
  const turn = (what: Over) => (): void => show(over === what ? "none" : what);
  const leave = over === "none" ? p.escape : (): void => show("none");
  return {
    ...p.keys(over !== "none"),
    t: p.theme,
    "Ctrl+k": turn("palette"),
    "?": turn("keys"),
    ...(leave === undefined ? {} : { Escape: leave }),
  };
}

const withTheme = (p: DeskKeys): readonly Command[] => [
  ...p.commands,
  command("theme", "Change the theme", "T", p.theme),
];

const withEverywhere = (p: DeskKeys): readonly KeyGroup[] => [
  ...p.groups,
  {
    title: "Everywhere",
    keys: [
      ...(p.everywhere ?? []),
      { key: "T", text: "Theme" },
      { key: "Ctrl K", text: "Every command" },
      { key: "?", text: "This list" },
    ],
  },
];

/** A line of the palette. One that is `held` is listed with its key and cannot be run from there. */
export const command = (id: string, text: string, key: string | undefined, run: () => void, held = false): Command => ({
  id,
  text,
  key,
  held,
  run,
});

/** The one before or after, round and round; undefined of none. */
export const beside = <T,>(all: readonly T[], at: number, by: number): T | undefined =>
  all[(at + by + all.length) % Math.max(1, all.length)];
