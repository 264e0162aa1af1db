import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HoldEvent, type HoldState, holdShare, stepHold } from "./holdMachine.js";

const times = { holdMs: 1500, secondWay: true };
const start: HoldState = { kind: "ready", stillSinceMs: 0 };
const run = (events: readonly HoldEvent[], from: HoldState = start, t = times): HoldState =>
  events.reduce((s, e) => stepHold(s, e, t), from);

describe("hold", () => {
  it("is done only after the whole time", () => {
    expect(
      run([
        { kind: "press", tMs: 1000 },
        { kind: "tick", tMs: 2499 },
      ]).kind,
    ).toBe("holding");
    expect(
      run([
        { kind: "press", tMs: 1000 },
        { kind: "tick", tMs: 2500 },
      ]).kind,
    ).toBe("done");
  });

  it("does not start on a control that has not stood still for 400 ms", () => {
    expect(
      run([
        { kind: "changed", tMs: 1000 },
        { kind: "press", tMs: 1399 },
      ]).kind,
    ).toBe("ready");
    expect(
      run([
        { kind: "changed", tMs: 1000 },
        { kind: "press", tMs: 1400 },
      ]).kind,
    ).toBe("holding");
  });

  it("resets when the proposal changes under the finger", () => {
    expect(
      run([
        { kind: "press", tMs: 1000 },
        { kind: "changed", tMs: 2400 },
        { kind: "tick", tMs: 2600 },
      ]).kind,
    ).toBe("ready");
  });

  it("counts a repeated key-down as the same press", () => {
    const s = run([
      { kind: "press", tMs: 1000 },
      { kind: "press", tMs: 1900 },
    ]);
    expect(holdShare(s, 1750, 1500)).toBeCloseTo(0.5);
  });

  it("lets two separate presses do it, but not a double click, not too late, not where forbidden", () => {
    const tap: HoldEvent[] = [
      { kind: "press", tMs: 1000 },
      { kind: "release", tMs: 1100 },
    ];
    expect(run([...tap, { kind: "press", tMs: 1800 }]).kind).toBe("done");
    expect(run([...tap, { kind: "press", tMs: 1250 }]).kind).toBe("armed");
    expect(run([...tap, { kind: "tick", tMs: 4200 }, { kind: "press", tMs: 4300 }]).kind).toBe("holding");
    expect(run([...tap, { kind: "press", tMs: 1800 }], start, { ...times, secondWay: false }).kind).toBe("holding");
  });

  it("a hold let go early changes nothing", () => {
    expect(
      run([
        { kind: "press", tMs: 1000 },
        { kind: "release", tMs: 2300 },
      ]).kind,
    ).toBe("ready");
  });

  it("never completes in under half a second, whatever is pressed", () => {
    const event = fc.record({
      kind: fc.constantFrom<HoldEvent["kind"]>("press", "release", "tick", "cancel"),
      gap: fc.integer({ min: 0, max: 120 }),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (steps) => {
        let t = 1000;
        let firstPress: number | undefined;
        let s: HoldState = start;
        for (const step of steps) {
          t += step.gap;
          if (step.kind === "press" && firstPress === undefined) firstPress = t;
          s = stepHold(s, { kind: step.kind, tMs: t }, times);
          if (s.kind === "done") expect(t - (firstPress ?? t)).toBeGreaterThanOrEqual(500);
          if (s.kind === "done") return;
        }
      }),
    );
  });
});
