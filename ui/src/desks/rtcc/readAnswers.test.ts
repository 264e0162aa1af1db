import { describe, expect, it } from "vitest";
import { draftAnswer, groundAnswer, linkAnswer, readsAnswer, vehicleWords } from "./readAnswers.js";

const point = { latDeg: 37.77, lonDeg: -122.44 };
const error = { semiMajorM: 4, semiMinorM: 2, bearingDeg: 30 };

describe("answers of the station", () => {
  it("gives a place with its error, or says why the picture has none there", () => {
    expect(groundAnswer({ point, error, label: "Haight St" })).toEqual({
      kind: "place",
      point,
      error,
      label: "Haight St",
    });
    expect(groundAnswer({ place: { point, error, label: "" } })).toMatchObject({ kind: "place", point });
    expect(groundAnswer({ kind: "tooShallow", why: "too near the horizon" })).toEqual({
      kind: "none",
      why: "too near the horizon",
    });
    expect(groundAnswer({ point }).kind).toBe("none");
    expect(groundAnswer(null).kind).toBe("none");
  });
  it("takes a draft only with words in it", () => {
    expect(draftAnswer({ text: "Two casings.", units: ["3A12", 7], source: "seen by OSPREY" })).toEqual({
      text: "Two casings.",
      units: ["3A12"],
      source: "seen by OSPREY",
    });
    expect(draftAnswer({})).toBeUndefined();
  });
  it("counts rows that are no reads and puts the newest first", () => {
    const row = { readId: "r", readerName: "Cole St", plate: "7KBM042", confidence: 0.9, point, distanceM: 40 };
    const answer = readsAnswer({ reads: [{ ...row, atMs: 1 }, { ...row, atMs: 2 }, { plate: "" }] });
    expect(answer.reads.map((r) => r.atMs)).toEqual([2, 1]);
    expect(answer.bad).toBe(1);
  });
  it("builds the whole address of an officer's link", () => {
    expect(linkAnswer({ token: "abc" }, "https://x")?.url).toBe("https://x/o#abc");
    expect(linkAnswer({ token: "abc", path: "/o#abc", untilMs: 5 }, "https://x")).toEqual({
      url: "https://x/o#abc",
      untilMs: 5,
    });
    expect(linkAnswer({ url: "https://y/o#abc" }, "https://x")?.url).toBe("https://y/o#abc");
    expect(linkAnswer({}, "https://x")).toBeUndefined();
  });
  it("describes a vehicle by what is known of it", () => {
    expect(vehicleWords({ color: "silver", body: "sedan" })).toBe("silver sedan");
    expect(vehicleWords({})).toBe("vehicle");
  });
});
