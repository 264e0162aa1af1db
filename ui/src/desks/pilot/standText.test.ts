import { describe, expect, it } from "vitest";
import { standText } from "./standText.js";

const one = (callSign: string, notReady = "") => ({ callSign, ready: notReady === "", notReady });

describe("an empty sky in one line", () => {
  it("says who could go and what keeps the others", () => {
    expect(standText([one("OSPREY"), one("HERON"), one("MERLIN", "charging, 41%")])).toBe(
      "Nothing in the air. Ready: OSPREY and HERON. Not ready: MERLIN (charging, 41%).",
    );
    expect(standText([one("OSPREY")])).toBe("Nothing in the air. Ready: OSPREY.");
  });

  it("never reads as if something could go where nothing can", () => {
    expect(standText([])).toMatch(/no aircraft/);
    const all = [one("A", "no link"), one("B", "no link"), one("C", "w"), one("D", "x"), one("E", "y"), one("F", "z")];
    expect(standText(all)).toBe(
      "Nothing in the air. None is ready. Not ready: A and B (no link), C (w), D (x) and 2 more.",
    );
  });
});
