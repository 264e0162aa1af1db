import { describe, expect, it } from "vitest";
import { incidentToShow } from "./useRtcc.js";

const one = (incidentId: string, urgency: number, openedMs: number, closed = false) => ({
  incidentId,
  urgency,
  openedMs,
  closed,
});

describe("which incident is on the desk", () => {
  it("is the one a person chose, while it exists", () => {
    expect(incidentToShow([one("a", 9, 1), one("b", 1, 2)], "b")).toBe("b");
    expect(incidentToShow([one("a", 9, 1)], "gone")).toBe("a");
  });
  it("is else the most urgent open one, the newest of equals", () => {
    expect(incidentToShow([one("a", 5, 1), one("b", 5, 2), one("c", 9, 0, true)], undefined)).toBe("b");
    expect(incidentToShow([], undefined)).toBeUndefined();
  });
});
