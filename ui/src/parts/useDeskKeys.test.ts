import { describe, expect, it } from "vitest";
import { beside, type DeskKeys, deskHotkeys, type Over } from "./useDeskKeys.js";

const none = (): void => undefined;
const press = (p: Partial<DeskKeys>, over: Over, key: string): readonly string[] => {
  const did: string[] = [];
  const desk: DeskKeys = {
    ...{ commands: [], groups: [], theme: () => did.push("theme"), escape: () => did.push("desk") },
    keys: (covered) => ({ x: () => did.push(covered ? "covered" : "hold") }),
    ...p,
  };
  const event = {} as KeyboardEvent; // No key of a desk reads it.
  deskHotkeys(desk, over, (next) => did.push(next))[key]?.(event);
  return did;
};

describe("keys of a desk", () => {
  it("take away what lies over the desk before Esc does anything of the desk's own", () => {
    expect(press({}, "keys", "Escape")).toEqual(["none"]);
    expect(press({}, "none", "Escape")).toEqual(["desk"]);
    expect(press({ escape: undefined }, "none", "Escape")).toEqual([]);
  });
  it("open and close the palette and the map of keys with the same key on every desk", () => {
    expect([press({}, "none", "Ctrl+k"), press({}, "palette", "Ctrl+k")]).toEqual([["palette"], ["none"]]);
    expect([press({}, "none", "?"), press({}, "keys", "?")]).toEqual([["keys"], ["none"]]);
  });
  it("leave the desk's own keys working whatever lies over it, and say so to them", () => {
    expect([press({}, "none", "x"), press({}, "keys", "x")]).toEqual([["hold"], ["covered"]]);
    expect(press({ keys: () => ({ t: none }) }, "none", "t")).toEqual(["theme"]);
  });
  it("go round and round through what can be chosen", () => {
    expect([beside("abc".split(""), 2, 1), beside("abc".split(""), 0, -1), beside([], -1, 1)]).toEqual([
      "a",
      "c",
      undefined,
    ]);
  });
});
