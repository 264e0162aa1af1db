import { describe, expect, it } from "vitest";
import { decidedLately } from "./decided-lately.js";
import { type HeldDecision, supervisionRoom } from "./supervision-room.js";

const MINUTE_MS = 60_000;
const held = (seq: number, more: Partial<HeldDecision> = {}): HeldDecision => ({
  ...{ seq, tMs: seq * MINUTE_MS, incidentId: "i1", decision: "launched", by: "Pilot 2", why: "" },
  ...{ secondsToDecide: 4, launchId: "l1", callSign: "OSPREY", personId: "p2" },
  ...more,
});
const lately = (decisions: HeldDecision[], nowMin: number): number[] =>
  decidedLately({ ...supervisionRoom.initial(), decisions }, nowMin * MINUTE_MS).map((one) => one.seq);

describe("what was decided of late", () => {
  it("is of the last hour, newest first, and a proposal is no decision", () => {
    const decisions = [held(1), held(30), held(31, { decision: "proposed" }), held(40, { decision: "declined" })];
    expect(lately(decisions, 45)).toEqual([40, 30, 1]);
    expect(lately(decisions, 62)).toEqual([40, 30]);
  });

  it("is a few lines however busy the hour was", () => {
    const decisions = Array.from({ length: 50 }, (_, i) => held(i + 1));
    expect(lately(decisions, 50)).toEqual([50, 49, 48, 47, 46, 45, 44, 43]);
  });
});
