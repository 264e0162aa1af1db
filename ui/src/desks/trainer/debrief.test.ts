import type { AircraftView, IncidentSummary } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { deadlineWords } from "./DebriefJudged.js";
import { breachDetail, debriefOf, runClock, sideAt } from "./debriefView.js";
import { limitCount } from "./Limits.js";
import { paceBeside } from "./pace.js";
import { currencyWords, recordsOf } from "./Records.js";
import { wayBackWords } from "./RunLanes.js";
import { replayTwin } from "./replayTracks.js";
import { pastWords } from "./StartRun.js";
import { openWords, othersOf } from "./trainees.js";

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
    const heat = [{ personId: "p", name: "P", rooms: [], cameras: ["u1.heat", "cam-01"] }];
    expect(openWords(heat, "p", incidents, aircraft)).toMatch(/plays HERON’s heat and cam-01$/);
  });
  it("are of the crime center too, never of the trainer himself", () => {
    const screens = ["pic", "pic", "rtcc", "me"].map((id) => ({ personId: id, name: id, rooms: [], cameras: [] }));
    expect(othersOf(screens, ["me", "pic", undefined])).toEqual([{ personId: "rtcc", name: "rtcc" }]);
    expect(othersOf(undefined, [])).toEqual([]);
  });
  it("say why a run cannot be taken back", () => {
    expect(wayBackWords(undefined)).not.toBe("");
    const view = { rewinds: true } as Parameters<typeof wayBackWords>[0];
    expect(wayBackWords(view)).toBe("");
    expect(wayBackWords(view && { ...view, catchingUpToMs: 5 })).not.toBe("");
  });
});

describe("limits broken", () => {
  const limit = {
    kind: "ceiling" as const,
    callSign: "HERON",
    where: "120 m above ground",
    fromMs: 1000,
    toMs: 13_000,
    worst: "11 m over",
  };
  it("are said with who, where, how long and how badly, and counted with those that stand", () => {
    expect(breachDetail(limit)).toBe("HERON, 120 m above ground, 12 s, 11 m over");
    expect(breachDetail({ ...limit, toMs: 1000, worst: "" })).toBe("HERON, 120 m above ground, 1 s");
    expect(limitCount([])).toBe("none broken");
    expect(limitCount([{ ...limit, goesOn: false }])).toBe("1 broken");
    expect(limitCount([1, 2].map((n) => ({ ...limit, goesOn: n === 2 })))).toBe("2 broken, 1 now");
  });
});

describe("the desk's words", () => {
  it("go to the next pace from any pace, and not past the ends", () => {
    expect([paceBeside(1, 1), paceBeside(1, -1), paceBeside(12, -1), paceBeside(12, 1)]).toEqual([
      2,
      0.5,
      8,
      undefined,
    ]);
    expect(paceBeside(0.5, -1)).toBeUndefined();
  });
  it("tell one run of a scenario from the next", () => {
    const run = { runId: "r", scenario: "s", fromSeq: 3, toSeq: 9 };
    expect(pastWords(run)).toBe("facts 3 to 9");
    expect(pastWords({ ...run, startedMs: 0, endedMs: 247_000, score: 82.6 })).toMatch(/, 4:07 long, 83 of 100$/);
    expect(pastWords({ ...run, startedMs: 0, endedMs: 9000, isBranch: true })).toMatch(/not scored, taken back/);
  });
  it("say of a debrief's map who was how high at the log's time", () => {
    const moment = { flights: [{ launchId: "l", callSign: "HERON", state: "in the air" }] } as unknown as Parameters<
      typeof replayTwin
    >[0]; // Only what is read.
    const rows = [1000, 2000].map((tMs) => ({ tMs, altAglM: tMs / 100, headingDeg: 0 }));
    const track = { uid: "u", callSign: "HERON", launchId: "l", rows, missed: 0 } as unknown as Parameters<
      typeof replayTwin
    >[1][number]; // Only what is read.
    const at = (tMs: number): string => replayTwin(moment, [track], tMs, (m) => `${m} m`);
    expect([at(1500), at(500), at(1500)]).toEqual([
      "Replay. HERON in the air, 15 m",
      "Replay. HERON in the air",
      "Replay. HERON in the air, 15 m",
    ]);
    expect(replayTwin({ flights: [] }, [], 0, String)).toBe("Replay. Nothing proposed yet");
  });
});
