import { useEffect, useState } from "react";
import { applyTheme, type ThemeName } from "../theme/index.js";

const NEXT: Readonly<Record<ThemeName, ThemeName>> = { night: "day", day: "dim", dim: "night" };

export interface ThemeChoice {
  readonly theme: ThemeName;
  /** To the next of the three: what the key T does. */
  next(): void;
  choose(theme: ThemeName): void;
}

/** A desk's own theme until the person chooses another; the choice is kept per desk on this computer. */
export function useTheme(desk: string, usual: ThemeName): ThemeChoice {
  const [chosen, setChosen] = useState<Readonly<Record<string, ThemeName>>>(() => ({}));
  const theme = chosen[desk] ?? stored(desk) ?? usual;
  useEffect(() => applyTheme(document.documentElement, theme), [theme]);
  const choose = (to: ThemeName): void => {
    setChosen((all) => ({ ...all, [desk]: to }));
    localStorage.setItem(`theme:${desk}`, to);
  };
  return { theme, choose, next: () => choose(NEXT[theme]) };
}

function stored(desk: string): ThemeName | undefined {
  const value = localStorage.getItem(`theme:${desk}`);
  return value === "night" || value === "day" || value === "dim" ? value : undefined;
}
