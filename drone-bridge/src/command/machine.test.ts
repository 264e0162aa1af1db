import { MavResult } from "@outrider/mavlink";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CommandEvent,
  type CommandOutcome,
  type CommandSpec,
  type CommandState,
  newCommand,
  stepCommand,
} from "./index.js";

const arm: CommandSpec = {
  what: "arm",
  command: 400,
  form: "long",
  params: [1, 0, 0, 0, 0, 0, 0],
  compid: 1,
  tries: 1,
  answersTwice: false,
};
const read: CommandSpec = { ...arm, what: "read", command: 512, tries: 3 };
const setMode: CommandSpec = { ...arm, what: "mode", command: 176, answersTwice: true };

function play(spec: CommandSpec, events: readonly CommandEvent[]) {
  let state: CommandState = newCommand;
  let sends = 0;
  let cancels = 0;
  const outcomes: CommandOutcome[] = [];
  for (const event of events) {
    const step = stepCommand(spec, state, event);
    state = step.state;
    for (const effect of step.effects) {
      if (effect.kind === "send") sends++;
      if (effect.kind === "sendCancel") cancels++;
      if (effect.kind === "outcome") outcomes.push(effect.outcome);
    }
  }
  return { sends, cancels, outcomes };
}

const start: CommandEvent = { kind: "start", tMs: 0 };
const time = (tMs: number): CommandEvent => ({ kind: "time", tMs });
const answer = (tMs: number, result: number): CommandEvent => ({ kind: "answer", tMs, result });

describe("one command", () => {
  it("sends what arms once, and calls silence an outcome", () => {
    expect(play(arm, [start, time(1_500), time(3_000), time(9_000)])).toEqual({
      sends: 1,
      cancels: 0,
      outcomes: [{ kind: "unanswered" }],
    });
  });

  it("asks three times for what can be read again", () => {
    expect(play(read, [start, time(1_500), time(3_000), time(4_500)])).toEqual({
      sends: 3,
      cancels: 0,
      outcomes: [{ kind: "unanswered" }],
    });
  });

  it("waits on while the autopilot says that it is at it, and does not send again", () => {
    const events = [
      start,
      answer(100, MavResult.IN_PROGRESS),
      time(1_500),
      time(4_000),
      answer(4_500, MavResult.ACCEPTED),
    ];
    expect(play(read, events)).toEqual({ sends: 1, cancels: 0, outcomes: [{ kind: "accepted" }] });
  });

  it("tells it once to stop what it is at, and believes only its own word that it did", () => {
    const cancel = (tMs: number): CommandEvent => ({ kind: "cancel", tMs });
    const working = [start, answer(100, MavResult.IN_PROGRESS), cancel(200), cancel(300)];
    expect(play(arm, [...working, answer(400, MavResult.CANCELLED)])).toEqual({
      sends: 1,
      cancels: 1,
      outcomes: [{ kind: "cancelled" }],
    });
    expect(play(arm, [...working, answer(250, MavResult.IN_PROGRESS), time(1_700)]).outcomes).toEqual([
      { kind: "unanswered" },
    ]);
    expect(play(arm, [...working, answer(400, MavResult.ACCEPTED)]).outcomes).toEqual([{ kind: "accepted" }]);
    // Not yet at it: told as soon as it says that it is.
    expect(play(arm, [start, cancel(50), answer(100, MavResult.IN_PROGRESS)])).toMatchObject({ cancels: 1 });
    expect(play(arm, [start, cancel(50), answer(100, MavResult.ACCEPTED), cancel(200)])).toMatchObject({ cancels: 0 });
    // A word that it stopped by itself is a refusal.
    expect(play(arm, [start, answer(100, MavResult.CANCELLED), time(600)]).outcomes).toMatchObject([
      { kind: "refused" },
    ]);
  });

  it("believes the second of two answers to a change of mode", () => {
    const refused = play(setMode, [
      start,
      answer(5, MavResult.ACCEPTED),
      answer(6, MavResult.TEMPORARILY_REJECTED),
      time(500),
    ]);
    expect(refused.outcomes).toMatchObject([{ kind: "refused" }]);
    expect(play(setMode, [start, answer(5, MavResult.ACCEPTED), time(306)]).outcomes).toEqual([{ kind: "accepted" }]);
  });

  it("gives the autopilot's words as the reason, whether they come before or after the refusal", () => {
    const before: CommandEvent = { kind: "text", tMs: 4, text: "Arming denied: Resolve system health failures first" };
    const after: CommandEvent = { kind: "text", tMs: 60, text: "Preflight: GPS fix too low" };
    expect(play(arm, [start, before, answer(5, MavResult.TEMPORARILY_REJECTED), after, time(405)]).outcomes).toEqual([
      {
        kind: "refused",
        result: "TEMPORARILY_REJECTED",
        reason:
          "Arming denied: Resolve system health failures first; Preflight: GPS fix too low (temporarily rejected)",
      },
    ]);
  });

  it("never sends what moves twice and never ends twice, whatever comes in whatever order", () => {
    const event = fc.oneof(
      fc.record({ kind: fc.constant("answer" as const), tMs: fc.nat(20_000), result: fc.integer({ min: 0, max: 9 }) }),
      fc.record({ kind: fc.constant("time" as const), tMs: fc.nat(20_000) }),
      fc.record({ kind: fc.constant("text" as const), tMs: fc.nat(20_000), text: fc.string() }),
      fc.record({ kind: fc.constant("cancel" as const), tMs: fc.nat(20_000) }),
      fc.record({ kind: fc.constant("start" as const), tMs: fc.nat(20_000) }),
      fc.record({ kind: fc.constant("noWay" as const), tMs: fc.nat(20_000) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), fc.boolean(), (events, twice) => {
        const { sends, cancels, outcomes } = play(twice ? setMode : arm, [start, ...events]);
        expect(sends).toBe(1);
        expect(cancels).toBeLessThanOrEqual(1);
        expect(outcomes.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
