import { useEffect, useState } from "react";
import { applyTheme, type ThemeName } from "../theme/index.js";

const NEXT: Readonly<Record<ThemeName, ThemeName>> = { night: "day", day: "dim", dim: "night" };

/** A desk's own theme until the person chooses another; the choice is kept per desk on this computer. */
export function useTheme(desk: string, usual: ThemeName): readonly [ThemeName, () => void] {
  const [chosen, setChosen] = useState<Readonly<Record<string, ThemeName>>>(() => ({}));
  const theme = chosen[desk] ?? stored(desk) ?? usual;
  useEffect(() => applyTheme(document.documentElement, theme), [theme]);
  return [
    theme,
    () => {
      const next = NEXT[theme];
      setChosen((all) => ({ ...all, [desk]: next }));
      localStorage.setItem(`theme:${desk}`, next);
    },
  ];
}

function stored(desk: string): ThemeName | undefined {
  const value = localStorage.getItem(`theme:${desk}`);
  return value === "night" || value === "day" || value === "dim" ? value : undefined;
}
