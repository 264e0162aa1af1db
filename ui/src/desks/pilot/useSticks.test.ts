import { describe, expect, it } from "vitest";
import { sticksOf } from "./useSticks.js";

describe("keyboard sticks", () => {
  it("centres when nothing is held and when opposite keys are", () => {
    expect(sticksOf(new Set(), true)).toEqual({ forward: 0, right: 0, up: 0, yaw: 0 });
    expect(sticksOf(new Set(["ArrowUp", "ArrowDown"]), true).forward).toBe(0);
  });

  it("gives part of the stick, the whole one only with Shift, and never more", () => {
    expect(sticksOf(new Set(["ArrowUp", "PageUp"]), false)).toEqual({ forward: 0.6, right: 0, up: 0.6, yaw: 0 });
    expect(sticksOf(new Set(["ArrowLeft", "."]), true)).toEqual({ forward: 0, right: -1, up: 0, yaw: 1 });
    expect(sticksOf(new Set(["x", "Enter"]), true)).toEqual({ forward: 0, right: 0, up: 0, yaw: 0 });
  });
});
