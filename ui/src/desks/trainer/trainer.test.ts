import { type AircraftView, anyInject, type Fact, newFact } from "@outrider/contract";
import { trackRowAt } from "@outrider/contract/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callSignsOf, factDetail, factTitle } from "./factWords.js";
import { actsOn, INJECT_KEYS, injectWord, prepareInject } from "./injects.js";
import { laneMarks, laneSpanMs, laneTicks, runStartMs } from "./lanes.js";
import { momentAt } from "./plannedInjects.js";
import { playedTo, type ReplayTape, replayAt, replayTape, runsAnswer, stepTo } from "./replayState.js";
import { flownUpTo, placeAt, readTracks } from "./replayTracks.js";
import { scenariosFound } from "./StartRun.js";
import { expectationWord, scoreWords } from "./score.js";
import { traineesOf } from "./trainees.js";
import { runToReplay, switchedBy } from "./useTrainer.js";

const by = { kind: "person" as const, personId: "p", name: "Pilot 2", role: "pic" as const };
const place = {
  point: { latDeg: 37.77, lonDeg: -122.45 },
  error: { semiMajorM: 10, semiMinorM: 10, bearingDeg: 0 },
  label: "Haight St",
};
const fact = (
  seq: number,
  tMs: number,
  made: { readonly type: string; readonly data: unknown; readonly by: unknown },
): Fact => ({ seq, id: `f${seq}`, tMs, prov: "sim", ...made }) as Fact; // Built by newFact, which checked type and data.
const opened = newFact(
  "IncidentOpened",
  {
    incidentId: "i",
    number: "1",
    alertId: "a",
    kind: "gunshot",
    title: "Shots fired",
    callType: "SHOOT",
    place,
    urgency: 9,
  },
  by,
);
const closed = newFact("IncidentClosed", { incidentId: "i", real: "real", reason: "over" }, by);
const raised = newFact(
  "AlarmRaised",
  { alarmId: "al", level: "caution", about: "HERON", text: "HERON link late", consequence: "" },
  by,
);
const ended = newFact("AlarmEnded", { alarmId: "al" }, by);
const tape = (): ReplayTape => ({
  facts: [
    fact(1, 1000, opened),
    fact(2, 2000, raised),
    fact(3, 2000, newFact("MarkMade", { runId: "r", text: "here" }, by)),
    fact(4, 5000, ended),
    fact(5, 9000, closed),
  ],
  fromMs: 1000,
  toMs: 9000,
  bad: 0,
});

describe("replay of a run", () => {
  it("shows what the record says was so, forwards and backwards alike", () => {
    const t = tape();
    const words = (ms: number) => {
      const m = replayAt(t, ms);
      return [m.incidents.length, m.alarms.length, m.at];
    };
    const forwards = [0, 1000, 2000, 5000, 9000].map(words);
    const backwards = [9000, 5000, 2000, 1000, 0].map(words).reverse();
    expect(forwards).toEqual([
      [0, 0, -1],
      [1, 0, 0],
      [1, 1, 2],
      [1, 0, 3],
      [0, 0, 4],
    ]);
    expect(backwards).toEqual(forwards);
  });
  it("steps from fact to fact and stays inside the tape", () => {
    const t = tape();
    expect([stepTo(t, 0, 1), stepTo(t, 1000, 1), stepTo(t, 9000, 1)]).toEqual([1000, 2000, 9000]);
    expect([stepTo(t, 9000, -1), stepTo(t, 2000, -1), stepTo(t, 1000, -1)]).toEqual([5000, 1000, 1000]);
  });
  it("plays at the chosen rate and never leaves the tape", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 9000 }),
        fc.integer({ min: 0, max: 60_000 }),
        fc.constantFrom(1, 4, 16),
        (at, wall, rate) => {
          const to = playedTo(tape(), at, wall, rate);
          expect(to).toBeGreaterThanOrEqual(at);
          expect(to).toBeLessThanOrEqual(9000);
        },
      ),
    );
    expect(playedTo(tape(), 1000, 500, 4)).toBe(3000);
  });
  it("reads facts of this version and counts what is not one", () => {
    const read = replayTape({ facts: [fact(2, 50, raised), fact(1, 10, opened), { type: "New" }] });
    expect([read?.facts.map((f) => f.seq), read?.fromMs, read?.toMs, read?.bad]).toEqual([[1, 2], 10, 50, 1]);
    expect(replayTape({})).toBeUndefined();
    const run = { runId: "r", scenario: "s", fromSeq: 1, toSeq: 9 };
    const branch = { parent: "q", markSeq: 1, toS: 0 };
    const past = [run, { ...run, startedMs: 1, endedMs: 8, score: 70, branch }, {}];
    expect(runsAnswer({ current: { startedMs: 5 }, past })).toEqual({
      startedMs: 5,
      past: [
        { ...run, startedMs: undefined, endedMs: undefined, score: undefined, isBranch: false },
        { ...run, startedMs: 1, endedMs: 8, score: 70, isBranch: true },
      ],
    });
    expect(runsAnswer(undefined)).toEqual({ startedMs: undefined, past: [] });
  });
});

describe("facts in words", () => {
  it("say who else moved an aircraft, and which one", () => {
    const names = new Map([["u", "HERON"]]);
    const took = newFact(
      "OtherStationTookControl",
      { uid: "u", sysid: 200, text: "System 200 sent it elsewhere." },
      by,
    );
    const plan = newFact("PlanChangedByOther", { uid: "u", part: "fence", planId: 7 }, by);
    expect(factDetail(fact(1, 1, took), names)).toBe("HERON: System 200 sent it elsewhere.");
    expect(factDetail(fact(2, 1, plan), names)).toBe("HERON: another station changed its fence");
    const camera = { uid: "u", gimbal: 154, sysid: 77, compid: 190, text: "system 77 has its gimbal" };
    expect(factDetail(fact(3, 1, newFact("GimbalTakenByOther", camera, by)), names)).toBe(
      "HERON: system 77 has its gimbal",
    );
    expect([factTitle("OurIdsUsed"), factTitle("LaunchProposed")]).toEqual([
      "Somebody uses our ids",
      "Launch proposed",
    ]);
    expect(callSignsOf([]).size).toBe(0);
  });
  it("move an incident to where a person put it, and draw it nowhere before", () => {
    const wide = { ...place, error: { semiMajorM: 2500, semiMinorM: 2500, bearingDeg: 0 } };
    const vague = newFact("IncidentOpened", { ...opened.data, place: wide }, by);
    const set = newFact("PlaceSet", { incidentId: "i", alertId: "a", place, address: "12 Fell St", text: "" }, by);
    const t = { ...tape(), facts: [fact(1, 1000, vague), fact(2, 2000, set)] };
    expect(replayAt(t, 1000).incidents).toEqual([]);
    expect(replayAt(t, 2000).incidents.map((i) => i.place)).toEqual([place]);
  });
});

describe("scenarios", () => {
  it("are found by any words of their title or text", () => {
    const all = [
      { title: "Silver sedan", text: "Shots, a car leaves" },
      { title: "Lost link", text: "Over the park" },
    ];
    expect(scenariosFound(all, "  CAR silver").map((s) => s.title)).toEqual(["Silver sedan"]);
    expect(scenariosFound(all, "")).toHaveLength(2);
  });
});

describe("injects", () => {
  const aim = {
    aircraft: { uid: "u", callSign: "HERON" },
    dock: { dockId: "b", name: "Dock B" },
    jammed: false,
    misreading: false,
    units: "imperial" as const,
  };
  it("name what they act on and are off without it", () => {
    expect(prepareInject("linkLoss", aim)).toMatchObject({
      kind: "ready",
      text: "HERON, 15 s",
      inject: { kind: "linkLoss", uid: "u" },
    });
    expect(prepareInject("dockJam", { ...aim, jammed: true })).toMatchObject({
      text: "Dock B free again",
      inject: { on: false },
    });
    for (const k of INJECT_KEYS) {
      const none = prepareInject(k.kind, { ...aim, aircraft: undefined, dock: undefined });
      const needs = actsOn(k.kind) === "aircraft" || actsOn(k.kind) === "dock";
      expect(none.kind).toBe(needs ? "off" : "ready");
    }
  });
  it("are all that the simulator takes, and what they make is what it takes", () => {
    const offered = new Set(
      INJECT_KEYS.flatMap((k) => {
        const made = prepareInject(k.kind, aim);
        if (made.kind === "off") throw new Error(`${k.kind} is off`);
        return made.inject.kind === "incident" ? [] : [anyInject.parse(made.inject).kind];
      }),
    );
    const ended = prepareInject("clear", { ...aim, ends: "linkBeyond" });
    if (ended.kind === "ready" && ended.inject.kind !== "incident") offered.add(anyInject.parse(ended.inject).kind);
    expect([...offered].sort()).toEqual(anyInject.options.map((o) => o.shape.kind.value).sort());
  });
  it("mean an aircraft only while it flies, and are ended by their own name", () => {
    const flying = { ...aim, aircraft: { ...aim.aircraft, inAir: true } };
    expect(prepareInject("silentHelicopter", flying)).toMatchObject({ inject: { cooperative: false, uid: "u" } });
    expect(JSON.stringify(prepareInject("tfr", aim))).not.toContain("uid");
    expect(prepareInject("clear", aim).kind).toBe("off");
    expect(prepareInject("clear", { ...aim, ends: "linkBeyond" })).toMatchObject({
      inject: { kind: "clear", what: "linkBeyond", target: "u" },
    });
    const on = switchedBy(switchedBy(new Set(), { kind: "linkBeyond", uid: "u", beyondM: 400, on: true }), {
      kind: "dockJam",
      dockId: "b",
      on: true,
    });
    expect([...on]).toEqual(["hill:u", "b"]);
    expect([...switchedBy(on, { kind: "clear", what: "dockJam" })]).toEqual(["hill:u"]);
    expect([...switchedBy(on, { kind: "clear", what: "linkBeyond", target: "u" })]).toEqual(["b"]);
  });
  it("have a key each, none of them twice or taken by the desk", () => {
    const keys = INJECT_KEYS.map((k) => k.key.toLowerCase());
    expect(new Set(keys).size).toBe(INJECT_KEYS.length);
    for (const taken of ["k", "m", "v", "t", "l", "e", "[", "]", "/", "?"]) expect(keys).not.toContain(taken);
    expect(injectWord("batterySag")).toBe("Battery sags");
    expect(injectWord("incident:pursuit")).toBe("Car chase");
    expect(injectWord("a mark")).toBe("a mark");
  });
});

describe("lanes and score", () => {
  const event = (tMs: number, text: string) => ({ tMs, lane: "world" as const, text });
  it("never lays the words of one mark over another", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600_000 }), { maxLength: 20 }), (times) => {
        const marks = laneMarks(
          times.map((t) => event(t, "Welfare check")),
          "world",
          0,
          600_000,
          640,
        ).filter((m) => m.worded);
        marks.forEach((m, i) => {
          const before = marks[i - 1];
          if (before !== undefined) expect((m.at - before.at) * 640).toBeGreaterThan("Welfare check".length * 6);
        });
      }),
    );
  });
  it("lets no words run into what is planned after them", () => {
    const wind = [event(10_000, "Wind 9 m/s, gusts 13")];
    const words = (taken: readonly number[]) => laneMarks(wind, "world", 0, 180_000, 640, taken)[0]?.worded;
    expect([words([]), words([30_000]), words([120_000]), words([5_000])]).toEqual([true, false, true, true]);
  });
  it("has few ticks and grows when the run outlasts its plan", () => {
    expect(laneTicks(1_200_000).map((t) => t.text)).toEqual(["0:00", "5:00", "10:00", "15:00", "20:00"]);
    expect(laneSpanMs(20, 1000)).toBe(1_200_000);
    expect(laneSpanMs(20, 1_300_000)).toBeGreaterThan(1_300_000);
    expect(runStartMs(undefined, [event(70, "x"), event(50, "y")], 99)).toBe(50);
    expect(runStartMs(7, [event(50, "y")], 99)).toBe(7);
  });
  it("counts what is closed and leaves open expectations out", () => {
    const e = (state: "open" | "met" | "late" | "missed", tookS?: number) => ({ id: "x", text: "t", state, tookS });
    const words = scoreWords([e("met", 9), e("met"), e("late", 26), e("missed"), e("open"), e("met", 14)]);
    expect(words).toEqual({ right: "3 of 5", medianS: 14, late: 1, missed: 1, soFar: "5 of 6 so far" });
    expect(scoreWords([e("met", 10), e("met", 20)]).medianS).toBe(15);
    expect([expectationWord(e("met", 9)), expectationWord(e("met")), expectationWord(e("open"))]).toEqual([
      "9 s",
      "yes",
      "",
    ]);
  });
});

describe("planned injects", () => {
  it("lie where they were let go, inside the lanes", () => {
    expect(momentAt(320, 640, 10_000, 60_000)).toBe(40_000);
    expect(momentAt(-50, 640, 10_000, 60_000)).toBe(10_000);
    expect(momentAt(5, 0, 10_000, 60_000)).toBe(10_000);
  });
});

describe("replay of tracks", () => {
  const row = (tMs: number, latDeg: number, headingDeg: number) => trackRowAt(tMs, { latDeg, headingDeg });
  const rows = [row(1000, 37, 350), row(2000, 38, 10), row(60_000, 39, 10)];
  const [track] = readTracks({ tracks: [{ uid: "u", callSign: "HERON", launchId: "L", rows: [...rows, { tMs: 1 }] }] });
  it("reads what the record kept and drops what it does not know", () => {
    expect([track?.callSign, track?.rows.length]).toEqual(["HERON", 3]);
    expect(readTracks({})).toEqual([]);
    expect(readTracks({ tracks: [{ uid: "u", rows: [{}] }] })).toEqual([]);
  });
  it("is between two rows that are near in time, the short way round, and bridges no gap", () => {
    if (track === undefined) throw new Error("a track");
    expect(placeAt(track, 1500)).toMatchObject({ latDeg: 37.5, headingDeg: 0 });
    expect(placeAt(track, 999)).toBeUndefined();
    expect(placeAt(track, 30_000)).toMatchObject({ latDeg: 38 });
    expect(placeAt(track, 70_000)).toBeUndefined();
    expect(flownUpTo(track, 2000, 500).length).toBe(2);
  });
});

describe("trainees", () => {
  it("are those on watch and whoever flies, the busiest first", () => {
    const flying = { uid: "u", picId: "p3", picName: "Pilot 3" } as AircraftView; // Only what is read here.
    expect(
      traineesOf(
        [
          { personId: "p1", name: "Pilot 1", aircraft: 0 },
          { personId: "p2", name: "Pilot 2", aircraft: 2 },
        ],
        [flying],
      ).map((t) => t.name),
    ).toEqual(["Pilot 2", "Pilot 3", "Pilot 1"]);
  });
});

describe("the run to replay", () => {
  const past = [{ runId: "a", scenario: "s", fromSeq: 1, toSeq: 9 }];
  it("waits for a run that was just ended, since the list does not hold it yet", () => {
    expect(runToReplay({ kind: "ended", runId: "b" }, past)).toBe("waiting");
    expect(runToReplay({ kind: "ended", runId: "a" }, past)).toBe(past[0]);
    expect(runToReplay(undefined, past)).toBeUndefined();
  });
});
