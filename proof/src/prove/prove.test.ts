import { type NewFact, newFact } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { Automaton } from "./automaton.js";
import { controlModel } from "./control-model.js";
import { type Size, wholeSize } from "./moves.js";
import { system } from "./offers.js";
import { type Deciders, LAUNCH, shipped } from "./single.js";
import { type Model, type Walked, walk } from "./walk.js";
import { walkLaunches } from "./walk-launches.js";

const SLICE = 20_000;
const small: Size = { aircraft: ["A", "B"], pilots: ["P"], handFlying: false };

describe("exhaustive walk (INV-1, INV-2, INV-5)", () => {
  it("breaks no rule anywhere in the whole space of one launch that nobody flies by hand", () => {
    const walked = walkLaunches("one launch", new Automaton(small, shipped), 1);
    expect(walked.counterexample).toBeUndefined();
    expect(walked.whole).toBe(true);
    expect(walked.states).toBeGreaterThan(1_000);
  });

  it("breaks no rule in a slice of two launches", () => {
    const walked = walkLaunches("two launches", new Automaton(wholeSize, shipped), 2, SLICE);
    expect(walked.counterexample).toBeUndefined();
    expect(walked).toMatchObject({ states: SLICE, whole: false });
  });

  it("breaks no rule in a slice of control and handover", () => {
    const walked = walk(controlModel, 1_500);
    expect(walked.counterexample).toBeUndefined();
    expect(walked.states).toBeGreaterThan(1_000);
  });

  it("finds the shortest way to a breach, and says where a limit cut it short", () => {
    const counter = (breachAt: number): Model<number> => ({
      name: "counter",
      initial: 0,
      key: String,
      next: (n) =>
        [1, 2].map((by) => ({
          label: `+${by}`,
          state: n + by,
          breach: n + by === breachAt ? "too many" : undefined,
        })),
    });
    expect(walk(counter(5), 100).counterexample).toEqual({ breach: "too many", steps: ["+1", "+2", "+2"] });
    expect(walk(counter(1_000), 10)).toMatchObject({ whole: false, states: 10 });
  });
});

const planted = (wrong: Partial<Deciders>, launches: 1 | 2 = 1): Walked =>
  walkLaunches("planted", new Automaton(small, { ...shipped, ...wrong }), launches, 200_000);

describe("a planted mistake is found, by a short way", () => {
  it("a decider that forgets that its arm order has left, so that one approval arms twice", () => {
    const walked = planted({
      step: (launch, view) =>
        launch.stage.kind === "arming"
          ? shipped.step({ ...launch, stage: { kind: "planReady", approval: launch.stage.approval } }, view)
          : shipped.step(launch, view),
    });
    expect(walked.counterexample?.breach).toBe("one launch arms twice");
    expect(walked.counterexample?.steps.length).toBeLessThan(12);
  });

  it("a launch that goes on after its call was cancelled", () => {
    const walked = planted({
      evolve: (state, fact) => (fact.type === "LaunchAborted" ? state : shipped.evolve(state, fact)),
    });
    expect(walked.counterexample?.breach).toBe("a launch that was stopped goes on");
    expect(walked.counterexample?.steps).toHaveLength(3);
    expect(walked.counterexample?.steps[0]).toMatch(/is proposed/);
    expect(walked.counterexample?.steps[1]).toMatch(/approves|window/);
  });

  it("an approval that is good for ever", () => {
    const walked = planted({
      step: (launch, view) => shipped.step(launch, { ...view, nowMs: 0 }),
    });
    expect(walked.counterexample?.breach).toBe("arms on an approval that has lapsed");
    expect(walked.counterexample?.steps.some((step) => /approval lapses/.test(step))).toBe(true);
  });

  it("an approval that the disk refused and took a moment later", () => {
    const walked = planted({ unrecorded: () => ({ kind: "decided", facts: [], orders: [] }) });
    expect(walked.counterexample?.breach).toBe("arms without a live approval");
    expect(walked.counterexample?.steps.some((step) => /disk is full/.test(step))).toBe(true);
  });

  it("an approval of another card or of another aircraft", () => {
    const walked = planted({
      decide: (command, launch, nowMs) =>
        command.kind === "approve" && launch !== undefined
          ? shipped.decide({ ...command, version: launch.offer.version }, launch, nowMs)
          : shipped.decide(command, launch, nowMs),
    });
    expect(walked.counterexample).toMatchObject({ breach: "an approval with the wrong version is taken" });
    expect(walked.counterexample?.steps).toHaveLength(2);
  });

  it("a mission that starts on the word of an ACK", () => {
    const walked = planted({
      react: (launch, fact) =>
        fact.type === "OrderUnconfirmed" && launch.stage.kind === "arming"
          ? {
              kind: "decided",
              facts: [],
              orders: [{ uid: launch.offer.choice.uid, act: { verb: "startMission" }, by: system, launchId: LAUNCH }],
            }
          : shipped.react(launch, fact),
    });
    expect(walked.counterexample?.breach).toBe("a mission starts although the aircraft never said that it armed");
  });

  it("a dock that is shut over an aircraft that may be armed", () => {
    const walked = planted({
      step: (launch, view) => shipped.step({ ...launch, mayBeArmed: false }, view),
    });
    expect(walked.counterexample?.breach).toBe("a dock is closed over an aircraft that may be armed");
  });

  it("an approval that does not look whether another launch has the aircraft", () => {
    const free = { gate: "aircraft", name: "Aircraft", state: "pass", text: "" } as const;
    const walked = planted(
      {
        decide: (command, launch, nowMs) =>
          command.kind === "approve"
            ? shipped.decide(
                { ...command, gates: command.gates.map((one) => (one.gate === "aircraft" ? free : one)) },
                launch,
                nowMs,
              )
            : shipped.decide(command, launch, nowMs),
      },
      2,
    );
    expect(walked.counterexample?.breach).toBe("an approval is taken although a gate says block");
  });

  it("an aircraft that is called home and not told", () => {
    const walked = planted({
      evolve: (state, fact) => {
        const after = shipped.evolve(state, fact);
        const launch = after.launches.get(LAUNCH);
        return fact.type === "Returning" && launch !== undefined
          ? { ...after, launches: new Map([[LAUNCH, { ...launch, stage: { kind: "onScene" } as const }]]) }
          : after;
      },
      step: (launch, view) =>
        launch.stage.kind === "returning" ? { kind: "decided", facts: [], orders: [] } : shipped.step(launch, view),
    });
    expect(walked.counterexample?.breach).toBe("an aircraft that comes home was not told to");
  });
});

describe("facts that name no launch", () => {
  it("may not be told of what the other launches of the model cannot hear", () => {
    const stray: NewFact = newFact("PresenceStale", { personId: "P", name: "P", ageS: 1 }, system);
    const walked = planted({ late: () => ({ kind: "decided", facts: [stray], orders: [] }) });
    expect(walked.counterexample?.breach).toBe("a launch tells the others what this model does not pass on");
  });
});
