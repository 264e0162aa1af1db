import { displayRgb, type ThemeName, TOKENS } from "../theme/index.js";
import type { Rgba } from "./gl/index.js";

/** Token colours as the line and symbol shaders take them. */
export interface Inks {
  readonly ink: (alpha: number) => Rgba;
  readonly halo: (alpha: number) => Rgba;
  readonly magenta: (alpha: number) => Rgba;
  readonly cyan: (alpha: number) => Rgba;
  readonly amber: (alpha: number) => Rgba;
  readonly red: (alpha: number) => Rgba;
  readonly grey: (alpha: number) => Rgba;
}

export function inksOf(theme: ThemeName): Inks {
  const t = TOKENS[theme];
  const of =
    (hex: string) =>
    (alpha: number): Rgba => {
      const [r, g, b] = displayRgb(hex);
      return [r, g, b, alpha];
    };
  return {
    ink: of(t.ink),
    halo: of(t.halo),
    magenta: of(t.magenta),
    cyan: of(t.cyan),
    amber: of(t.amber),
    red: of(t.red),
    grey: of(t.t3),
  };
}
