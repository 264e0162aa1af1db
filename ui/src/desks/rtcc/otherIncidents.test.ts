import type { IncidentSummary } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { otherIncidents } from "./otherIncidents.js";

// Only what the order reads of an incident.
const one = (incidentId: string, openedMs: number, closed = false): IncidentSummary =>
  ({ incidentId, openedMs, closed }) as IncidentSummary;
const ids = (list: readonly IncidentSummary[], chosen?: string): string =>
  otherIncidents(list, chosen)
    .shown.map((i) => i.incidentId)
    .join(" ");

describe("the other incidents", () => {
  it("stand open ones first, newest first, the closed after them", () => {
    expect(ids([one("c2", 9, true), one("o1", 1), one("c1", 5, true), one("o2", 7)])).toBe("o2 o1 c2 c1");
  });

  it("leave out the one on the desk, and closed ones before open ones where there are many", () => {
    const many = Array.from({ length: 30 }, (_, i) => one(`o${i}`, i));
    const { shown, moreOpen } = otherIncidents([...many, ...many.map((i) => ({ ...i, closed: true }))], "o29");
    expect([shown.length, shown[0]?.incidentId, moreOpen]).toEqual([23, "o28", 9]);
  });
});
