import { describe, expect, it } from "vitest";
import { type AlarmItem, alarmBar, oldestUnread, soundsDue } from "./alarms.js";

const alarm = (over: Partial<AlarmItem>): AlarmItem => ({
  id: "a",
  level: "caution",
  about: "PLOVER",
  text: "PLOVER link late.",
  consequence: "Turns for home by itself at 10 s.",
  sinceMs: 1000,
  acknowledged: false,
  endedMs: undefined,
  ...over,
});

describe("alarm bar", () => {
  it("shows warnings first, unread first, and never hides by level: the rest is counted", () => {
    const bar = alarmBar(
      [
        alarm({ id: "c1" }),
        alarm({ id: "w-read", level: "warning", acknowledged: true }),
        alarm({ id: "c2" }),
        alarm({ id: "w-new", level: "warning", sinceMs: 5000 }),
      ],
      6000,
    );
    expect(bar.shown.map((a) => a.id)).toEqual(["w-new", "w-read", "c1"]);
    expect(bar.more).toBe(1);
  });

  it("keeps an ended alarm for ten seconds, last, then drops it", () => {
    const ended = alarm({ id: "e", level: "warning", endedMs: 10_000 });
    expect(alarmBar([ended, alarm({ id: "c" })], 15_000).shown.map((a) => a.id)).toEqual(["c", "e"]);
    expect(alarmBar([ended], 20_001).shown).toEqual([]);
  });

  it("groups a flood by aircraft, worst first", () => {
    const many = Array.from({ length: 12 }, (_, i) =>
      alarm({ id: `a${i}`, about: i % 3 === 0 ? "HERON" : "PLOVER", level: i === 0 ? "warning" : "caution" }),
    );
    const bar = alarmBar(many, 2000);
    expect(bar.flood).toBe(true);
    expect(bar.groups[0]).toEqual({ about: "HERON", count: 4, worst: "warning" });
  });

  it("acknowledges the oldest unread, warnings before cautions", () => {
    expect(oldestUnread([alarm({ id: "c", sinceMs: 1 }), alarm({ id: "w", level: "warning", sinceMs: 9 })])?.id).toBe(
      "w",
    );
    expect(oldestUnread([alarm({ acknowledged: true })])).toBeUndefined();
  });

  it("sounds an unread warning every 5 s, a read one once a minute, and stops with its cause", () => {
    const w = alarm({ id: "w", level: "warning" });
    expect(soundsDue([w], new Map(), 1000)[0]?.sayCallSign).toBe("PLOVER");
    expect(soundsDue([w], new Map([["w", 1000]]), 5999)).toEqual([]);
    expect(soundsDue([w], new Map([["w", 1000]]), 6000)).toHaveLength(1);
    expect(soundsDue([{ ...w, acknowledged: true }], new Map([["w", 1000]]), 30_000)).toEqual([]);
    expect(soundsDue([{ ...w, acknowledged: true }], new Map([["w", 1000]]), 61_000)).toHaveLength(1);
    expect(soundsDue([{ ...w, endedMs: 2000 }], new Map(), 99_000)).toEqual([]);
    expect(soundsDue([alarm({ acknowledged: true })], new Map([["a", 0]]), 99_000)).toEqual([]);
  });
});
