import { describe, expect, it } from "vitest";
import { type Bench, bench, type FakeAutopilot, flying } from "../testing/index.js";

const rad = Math.PI / 180;

/** A real PX4 with one rotor dead, as recorded at 20 Hz: roll and pitch in degrees, over twice, at times upright. */
const recordedFall: readonly (readonly [number, number])[] = [
  [-15, 7],
  [-3, 0],
  [12, -4],
  [29, -4],
  [45, -2],
  [63, 4],
  [80, 13],
  [92, 24],
  [105, 40],
  [113, 55],
  [112, 73],
  [26, 85],
  [-24, 68],
  [-24, 51],
  [-19, 32],
  [-11, 17],
  [3, 5],
  [21, 0],
  [45, 2],
  [68, 9],
  [89, 23],
  [106, 40],
  [124, 63],
  [163, 86],
  [-36, 67],
  [-14, 45],
  [13, 25],
  [45, 18],
  [82, 27],
  [112, 50],
];

const lean = (b: Bench, a: FakeAutopilot, attitudes: readonly (readonly [number, number])[]): void => {
  for (const [roll, pitch] of attitudes) {
    a.send({ name: "ATTITUDE", roll: roll * rad, pitch: pitch * rad });
    b.clock.run(50);
  }
};
const facts = (b: Bench, type: string): string[] => [
  ...new Map(b.station.facts(type).map((fact) => [fact.seq, String(fact.data["text"] ?? "")])).values(),
];

describe("an aircraft that turns over", () => {
  it("is told out of control in its first turn, once, with PX4's own words, and until its motors are off", () => {
    const b = bench();
    const a = flying(b);
    lean(b, a, recordedFall.slice(0, 8));
    a.say("Preflight Fail: Attitude failure (roll)", 2);
    a.say("Failsafe warning:", 4);
    lean(b, a, recordedFall.slice(8, 14));
    expect(facts(b, "FailsafeSeen")).toHaveLength(1);
    expect(facts(b, "FailsafeSeen")[0]).toMatch(/^out of control: roll .*; Preflight Fail: Attitude failure \(roll\)$/);
    lean(b, a, recordedFall.slice(14));
    // It lies on its feet, PX4 says that all is well.
    lean(
      b,
      a,
      Array.from({ length: 80 }, () => [0, -10] as const),
    );
    expect(facts(b, "FailsafeSeen")).toHaveLength(1);
    expect(facts(b, "FailsafeOver")).toHaveLength(0);
    a.armed = false;
    b.clock.run(1_100);
    expect(facts(b, "FailsafeOver")).toHaveLength(1);
  });

  it("is not what leans into a storm, nor what is carried about with its motors off", () => {
    const b = bench();
    const a = flying(b);
    lean(
      b,
      a,
      Array.from({ length: 60 }, (_, n) => [46 * Math.sin(n / 3), 46 * Math.cos(n / 3)] as const),
    );
    expect(facts(b, "FailsafeSeen")).toEqual([]);
    a.armed = false;
    a.landedState = 1;
    b.clock.run(1_100);
    lean(
      b,
      a,
      Array.from({ length: 20 }, () => [170, 0] as const),
    );
    expect(facts(b, "FailsafeSeen")).toEqual([]);
  });
});

describe("a failsafe that began while the link was away", () => {
  /** PX4's "Connection to ground control station lost". */
  const lostId = 27_571_288;
  const event = (a: FakeAutopilot, sequence: number, id: number): void =>
    a.send({ name: "EVENT", id, sequence, logLevels: 4, arguments: new Uint8Array(40) });

  it("is told with the event that explains it, which was lost and is asked for again", () => {
    const b = bench();
    const a = flying(b);
    event(a, 4, 1);
    a.off = true;
    b.clock.run(20_000);
    a.off = false;
    a.systemStatus = 5;
    b.clock.run(1_500);
    a.send({ name: "CURRENT_EVENT_SEQUENCE", sequence: 5 });
    b.clock.run(600);
    expect(a.heard.filter((message) => message.name === "REQUEST_EVENT")).toMatchObject([{ firstSequence: 5 }]);
    expect(facts(b, "FailsafeSeen")).toEqual([]);
    event(a, 5, lostId);
    b.clock.run(100);
    expect(facts(b, "FailsafeSeen")).toEqual(["Connection to ground control station lost"]);
  });

  it("is told without any words when none come, and a lost event explains nothing else", () => {
    const b = bench();
    const a = flying(b);
    event(a, 4, 1);
    a.off = true;
    b.clock.run(20_000);
    a.off = false;
    a.systemStatus = 5;
    b.clock.run(5_000);
    expect(facts(b, "FailsafeSeen")[0]).toContain("no reason given");
    a.systemStatus = 3;
    b.clock.run(2_000);
    a.send({ name: "CURRENT_EVENT_SEQUENCE", sequence: 5 });
    event(a, 5, lostId);
    a.systemStatus = 5;
    b.clock.run(2_500);
    expect(facts(b, "FailsafeSeen")).toHaveLength(2);
    expect(facts(b, "FailsafeSeen")[1]).toContain("no reason given");
  });
});
