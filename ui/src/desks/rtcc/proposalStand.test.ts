import type { AdviceView } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { adviceUnread } from "./AdvicePanel.js";
import { proposalStand } from "./proposalStand.js";

describe("how an incident's proposal stands", () => {
  it("follows the newest word on it", () => {
    expect(proposalStand([])).toBe("none");
    expect(proposalStand(["IncidentOpened", "LaunchProposed", "NoteAdded"])).toBe("open");
    expect(proposalStand(["LaunchProposed", "LaunchApproved"])).toBe("going");
    expect(proposalStand(["LaunchProposed", "LaunchExpired"])).toBe("over");
    expect(proposalStand(["LaunchProposed", "LaunchExpired", "LaunchProposed"])).toBe("open");
  });
});

describe("a sentence that nobody has read", () => {
  // Only what the function looks at; the rest of a view does not matter here.
  const told = (more: Partial<AdviceView>) =>
    ({ units: ["3A12", "3A21"], readBy: [], sentMs: 1_000, withdrawn: undefined, ...more }) as unknown as AdviceView;

  it("asks for the radio after half a minute, while any unit has not read it", () => {
    expect(adviceUnread(told({}), 30_999)).toBe(false);
    expect(adviceUnread(told({}), 31_000)).toBe(true);
    expect(adviceUnread(told({ readBy: [{ unit: "3A12", tMs: 2_000 }] }), 31_000)).toBe(true);
  });

  it("asks no more when all have read it or it was taken back", () => {
    const all = ["3A12", "3A21"].map((unit) => ({ unit, tMs: 2_000 }));
    expect(adviceUnread(told({ readBy: all }), 31_000)).toBe(false);
    expect(adviceUnread(told({ withdrawn: "wrong corner" }), 31_000)).toBe(false);
  });

  it("says that the aircraft turned away before it saw the place, and that it is home", () => {
    const flown = ["LaunchProposed", "LaunchApproved", "Airborne"];
    expect(proposalStand(flown)).toBe("flying");
    expect(proposalStand([...flown, "Returning"])).toBe("turned");
    expect(proposalStand([...flown, "Returning", "Landed", "Docked"])).toBe("home");
    expect(proposalStand([...flown, "Returning", "Landed", "LaunchProposed"])).toBe("open");
  });
});
