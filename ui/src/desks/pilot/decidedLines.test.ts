import type { DecidedView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { decidedLines } from "./decidedLines.js";

const one = (more: Partial<DecidedView>): DecidedView => ({
  ...{ seq: 7, tMs: 1000, decision: "launched", by: "Pilot 2", why: "", callSign: "OSPREY" },
  ...more,
});
const said = (more: Partial<DecidedView>): string | undefined =>
  decidedLines([one(more)]).map(({ strong, rest }) => `${strong}, ${rest}`)[0];

describe("what was decided this hour", () => {
  it("names the aircraft and who or what decided", () => {
    expect([
      said({}),
      said({ decision: "vetoElapsed" }),
      said({ decision: "declined", why: "Weather or wind" }),
      said({ decision: "expired" }),
      said({ decision: "notPossible", callSign: undefined, why: "No aircraft is ready." }),
    ]).toEqual([
      "OSPREY launched, by Pilot 2",
      "OSPREY launched by itself, nobody stopped it",
      "OSPREY declined, Weather or wind",
      "Lapsed, OSPREY stayed in its dock",
      "Not proposed, No aircraft is ready",
    ]);
  });
});
