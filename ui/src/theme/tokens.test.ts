import { describe, expect, it } from "vitest";
import { contrast, distance, type Sight } from "./colour.js";
import { type ThemeName, TOKENS, type Tokens } from "./tokens.js";

const surfaces: (keyof Tokens)[] = ["bg", "panel", "card", "raised"];
const themes: ThemeName[] = ["night", "day", "dim"];
const SIX: (keyof Tokens)[] = ["red", "amber", "cyan", "green", "magenta", "t1"];

describe.each(themes)("tokens of %s", (theme) => {
  const t = TOKENS[theme];

  it("keeps every text at 4.5 or more on every surface that may carry it", () => {
    for (const s of surfaces) {
      for (const k of ["t1", "t2", "t3", "amber", "cyan", "green"] as const)
        expect(contrast(t[k], t[s]), `${k} on ${s}`).toBeGreaterThanOrEqual(4.5);
    }
    for (const s of ["bg", "panel", "card"] as const) {
      expect(contrast(t.red, t[s]), `red on ${s}`).toBeGreaterThanOrEqual(4.5);
      expect(contrast(t.magenta, t[s]), `magenta on ${s}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("keeps text on fills readable", () => {
    expect(contrast(t.onRed, t.redFill)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(t.onAmber, t.amberFill)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(t.onCyan, t.cyan)).toBeGreaterThanOrEqual(4.5);
  });

  it("outlines controls at 3 or more on the surfaces where controls stand", () => {
    for (const s of ["panel", "card"] as const) expect(contrast(t.edge, t[s]), s).toBeGreaterThanOrEqual(3);
  });
});

describe.each([
  ["night", "normal", 34],
  ["night", "deuteranopia", 24],
  ["night", "protanopia", 23],
  ["day", "normal", 28],
  ["day", "deuteranopia", 17],
  ["day", "protanopia", 19],
] satisfies [ThemeName, Sight, number][])("six meanings, %s, %s sight", (theme, sight, least) => {
  it(`stay at least ${least} apart`, () => {
    const t = TOKENS[theme];
    for (const [i, a] of SIX.entries()) {
      for (const b of SIX.slice(i + 1))
        expect(distance(t[a], t[b], sight), `${a} and ${b}`).toBeGreaterThanOrEqual(least - 0.5);
    }
  });
});
