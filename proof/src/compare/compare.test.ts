import { describe, expect, it } from "vitest";
import { compare, differences, sameText } from "./compare.js";
import { orphans, renderTables, tableEnd, tableStart, verdictOf, withTables } from "./report.js";
import type { Story } from "./story.js";
import { type Track, TrackWriter } from "./track.js";

const story: Story = { capture: "a", sysid: 1, what: "a flight", dynamics: false };

function track(change: (track: Track) => void = () => undefined): Track {
  const made = new TrackWriter().track;
  made.turns.push({ tS: 1, what: "Hold" }, { tS: 9, what: "Takeoff" });
  made.texts.push({ tS: 2, what: "Landing detected" }, { tS: 4, what: "Disarmed by landing" });
  made.answers.push({ tS: 1, command: 400, result: 0 });
  change(made);
  return made;
}

const failing = (px4: Track, ours: Track): readonly string[] =>
  compare(story, px4, ours).flatMap((row) => (row.within ? [] : [`${row.id} ${row.difference}`]));

describe("comparing two flights", () => {
  it("finds nothing between a flight and itself", () => {
    expect(compare(story, track(), track()).length).toBeGreaterThan(2);
    expect(failing(track(), track())).toEqual([]);
  });

  it("tells a mode that is missing and one too many", () => {
    const other = track((made) => made.turns.splice(1, 1, { tS: 9, what: "Land" }));
    expect(failing(track(), other)).toEqual(["a: modes − Takeoff; + Land"]);
  });

  it("tells another answer to a command, and takes no notice of answers that overtake one another", () => {
    const refused = track((made) => made.answers.splice(0, 1, { tS: 1, command: 400, result: 1 }));
    expect(failing(track(), refused)).toEqual(["a: answers to commands − 400: 0; + 400: 1"]);
    const two = track((made) => made.answers.push({ tS: 2, command: 22, result: 0 }));
    const turned = track((made) => made.answers.unshift({ tS: 0, command: 22, result: 0 }));
    expect(failing(two, turned)).toEqual([]);
  });

  it("lets a time differ by its noise or 15 percent, and not by more, and never lets it be missing", () => {
    const at = (tS: number) => track((made) => made.texts.splice(1, 1, { tS, what: "Disarmed by landing" }));
    const landing = (made: Track): Track => {
      made.texts.unshift({ tS: 1, what: "RTL: land at destination" });
      return made;
    };
    expect(failing(landing(track()), landing(at(4.29)))).toEqual([]);
    expect(failing(landing(track()), landing(at(4.4)))).toEqual(["a: landing, disarmed after landed +20 %"]);
    const silent = track((made) => made.texts.splice(0, 2));
    expect(failing(landing(track()), landing(silent)).some((row) => row.endsWith("landed missing"))).toBe(true);
  });

  it("leaves out what only the computer under PX4 says", () => {
    const chatty = track((made) => made.texts.push({ tS: 5, what: "[logger] ./log/a.ulg" }));
    expect(failing(chatty, track())).toEqual([]);
  });

  it("compares how the body moves only where a simulator outside PX4 flew it", () => {
    const flown = (made: Track): void => {
      made.texts.unshift({ tS: 0, what: "RTL: start return at 330 m" }, { tS: 1, what: "RTL: land at destination" });
      for (const tS of [0.2, 0.8])
        made.fixes.push({ tS, northM: tS * 100, eastM: 0, altAmslM: 330, speedMps: 100, upMps: 0 });
    };
    const whats = (dynamics: boolean) =>
      compare({ ...story, dynamics }, track(flown), track(flown)).map((row) => row.what);
    expect(whats(true)).toContain("return, cruise");
    expect(whats(false)).not.toContain("return, cruise");
  });
});

describe("texts", () => {
  it("are equal with heights up to 2 m apart and no other number", () => {
    expect(sameText("RTL: start return at 361 m (61 m above", "RTL: start return at 360 m (60 m above")).toBe(true);
    expect(sameText("RTL: start return at 361 m (61 m above", "RTL: start return at 361 m (30 m above")).toBe(false);
    expect(sameText("Geofence violation for waypoint 3", "Geofence violation for waypoint 2")).toBe(false);
  });

  it("make the smallest difference of two lists", () => {
    expect(differences(["a", "b", "c"], ["a", "c", "d"])).toEqual({ missing: ["b"], extra: ["d"] });
    expect(differences([], ["a"])).toEqual({ missing: [], extra: ["a"] });
  });
});

describe("the report", () => {
  const rows = compare(
    story,
    track(),
    track((made) => made.turns.pop()),
  );
  const known = { "a: modes": "told", "a: texts": "was mended", "a: gone": "no such line", "b: modes": "not compared" };

  it("knows listed differences, those that are none any more, and those of lines that are gone", () => {
    const by = (id: string) => rows.find((row) => row.id === id);
    const [modes, texts] = [by("a: modes"), by("a: texts")];
    expect(modes && verdictOf(modes, {})).toBe("differs");
    expect(modes && verdictOf(modes, known)).toBe("known");
    expect(texts && verdictOf(texts, known)).toBe("stale");
    expect(orphans(rows, ["a"], known)).toEqual(["a: gone"]);
  });

  it("stands between its markers, and what is around them stays", () => {
    const tables = renderTables([story], rows, known);
    expect(tables).toContain("3 lines of 1 recordings: 1 hold, 1 are known to differ, 0 differ.");
    expect(tables).toContain("| modes | Hold → Takeoff | 1 | − Takeoff: told |");
    const text = `# Top\n\n${tableStart}\nbefore\n${tableEnd}\n\nbelow\n`;
    const written = withTables(text, tables);
    expect(written).toContain("# Top");
    expect(written).toContain("below");
    expect(written).not.toContain("before");
    expect(withTables(written, tables)).toBe(written);
    expect(withTables("# Top\n", tables)).toContain(tableStart);
  });
});
