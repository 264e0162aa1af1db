import { describe, expect, it } from "vitest";
import { standing, standingWords } from "./standing.js";

describe("since when a line stands", () => {
  it("counts from its first sight, and says where it may be older than this page", () => {
    const first = standing(undefined, ["bridge"], 1_000);
    const later = standing(first, ["bridge", "sim"], 61_000);
    const words = [...later].map(([id, one]) => `${id} ${standingWords(one, 131_000)}`);
    expect(words).toEqual(["bridge For 2:10 or longer", "sim For 1:10"]);
  });

  it("begins anew for what was gone in between", () => {
    const gone = standing(standing(standing(undefined, [], 0), ["sim"], 1_000), [], 5_000);
    expect(standing(gone, ["sim"], 9_000).get("sim")).toEqual({ sinceMs: 9_000, before: false });
  });
});
