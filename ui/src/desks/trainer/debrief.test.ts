import type { AircraftView, IncidentSummary } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { deadlineWords } from "./DebriefJudged.js";
import { debriefOf, runClock, sideAt } from "./debriefView.js";
import { currencyWords, recordsOf } from "./Records.js";
import { wayBackWords } from "./RunLanes.js";
import { openWords } from "./trainees.js";

describe("a judged run", () => {
  const line = (seq: number, tMs: number, side: "simulator" | "trainee") => ({
    seq,
    tMs,
    side,
    title: `t${seq}`,
    text: "",
    by: "",
  });
  const timeline = [line(1, 10, "simulator"), line(2, 20, "trainee"), line(3, 30, "simulator")];
  it("shows the newest of each side at the log's time, forwards and backwards alike", () => {
    const seen = (tMs: number) => [
      sideAt(timeline, "simulator", tMs).now?.seq,
      sideAt(timeline, "trainee", tMs).now?.seq,
    ];
    expect([5, 10, 25, 30].map(seen)).toEqual([
      [undefined, undefined],
      [1, undefined],
      [1, 2],
      [3, 2],
    ]);
    expect([30, 25, 10, 5].map(seen).reverse()).toEqual([5, 10, 25, 30].map(seen));
  });
  it("says against which deadline each thing was held", () => {
    // Only what is read here.
    const view = { fromMs: 0 } as Parameters<typeof deadlineWords>[0];
    const e = (over: object) =>
      deadlineWords(view, {
        id: "x",
        text: "t",
        state: "late",
        never: false,
        withinS: 20,
        fromMs: 60_000,
        dueMs: 80_000,
        settledMs: 86_000,
        settledBySeq: 4,
        tookS: 26,
        ...over,
      });
    expect(e({})).toBe("within 20 s, by 1:20, came at 1:26");
    expect(e({ never: true, state: "missed" })).toBe("not before 1:20; it came at 1:26");
    expect(e({ dueMs: undefined, state: "missed" })).toBe("within 20 s of what never came");
    expect(e({ dueMs: undefined, state: "open" })).toBe("within 20 s; its time has not begun");
    expect(runClock(undefined, 0)).toBe("–");
  });
  it("is no debrief in another version's shape", () => {
    expect(debriefOf({ version: 2, timeline: [], expectations: [] })).toBeUndefined();
    expect(debriefOf({ version: 1, timeline: [], expectations: [] })).toBeDefined();
    expect(recordsOf({})).toBeUndefined();
  });
});

describe("training records and screens", () => {
  it("say how fresh a training is", () => {
    const c = { teaches: "a", title: "A", withinDays: 90 };
    expect([
      currencyWords({ ...c, days: undefined, state: "never" }),
      currencyWords({ ...c, days: 3, state: "current" }),
      currencyWords({ ...c, days: 80, state: "soon" }),
      currencyWords({ ...c, days: 95, state: "lapsed" }),
    ]).toEqual(["never", "3 of 90 days", "10 days left", "5 days over"]);
  });
  it("say what a trainee has open, by its own name", () => {
    const screens = [
      { personId: "p", name: "P", rooms: ["fleet", "incident:i1"], cameras: ["u1"] },
      { personId: "q", name: "Q", rooms: [], cameras: [] },
    ];
    // Only what is read here.
    const incidents = [{ incidentId: "i1", title: "Shots" } as IncidentSummary];
    const aircraft = [{ uid: "u1", callSign: "HERON" } as AircraftView];
    expect(openWords(screens, "p", incidents, aircraft)).toBe("has open: Shots; plays HERON");
    expect(openWords(screens, "q", incidents, aircraft)).toBe("no incident open; no picture on");
    expect(openWords(screens, "z", incidents, aircraft)).toBe("No page of his is open");
  });
  it("say why a run cannot be taken back", () => {
    expect(wayBackWords(undefined)).not.toBe("");
    const view = { rewinds: true } as Parameters<typeof wayBackWords>[0];
    expect(wayBackWords(view)).toBe("");
    expect(wayBackWords(view && { ...view, catchingUpToMs: 5 })).not.toBe("");
  });
});
