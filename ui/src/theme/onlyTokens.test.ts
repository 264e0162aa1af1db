import { describe, expect, it } from "vitest";
import { cssVariable, TOKENS, type Tokens } from "./tokens.js";

const all = import.meta.glob<string>("../**/*.{ts,tsx,css}", { query: "?raw", import: "default", eager: true });
const files = Object.entries(all).filter(
  ([path]) => !path.startsWith("./") && !path.includes(".test.") && !path.startsWith("../gallery/"),
);

describe("source of the screens", () => {
  it("uses token colours only: hex colours live in the theme room", () => {
    expect(files.length).toBeGreaterThan(60);
    const guilty = files.filter(([, text]) => /#[0-9a-fA-F]{6}\b|rgba?\(\s*\d/.test(text)).map(([path]) => path);
    expect(guilty).toEqual([]);
  });

  it("names only tokens that exist", () => {
    const known = new Set((Object.keys(TOKENS.night) as (keyof Tokens)[]).map(cssVariable));
    const used = files.flatMap(([, text]) => [...text.matchAll(/var\((--[\w-]+)/g)].map((m) => m[1] ?? ""));
    expect([...new Set(used)].filter((name) => !known.has(name))).toEqual([]);
  });

  it("keeps what moves an aircraft under a held button that names it", () => {
    const holds = files.flatMap(([, text]) => [...text.matchAll(/<HoldToConfirm[\s\S]*?\/>/g)].map((m) => m[0]));
    expect(holds.length).toBeGreaterThan(3);
    for (const hold of holds) expect(hold).toMatch(/callSign=\{/);
  });
});
