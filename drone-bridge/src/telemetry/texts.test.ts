import { message } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { TextJoiner } from "./index.js";

const chunk = (text: string, id: number, chunkSeq: number) =>
  message("STATUSTEXT", { severity: 2, text, id, chunkSeq });
const first = "Arming denied: Resolve system health failures firs";

describe("texts of an autopilot", () => {
  it("are joined from chunks in any order", () => {
    const joiner = new TextJoiner();
    expect(joiner.hear(1, chunk("t\t", 7, 1), 0)).toEqual([]);
    expect(joiner.hear(1, chunk(first, 7, 0), 10)).toEqual([{ severity: 2, text: `${first}t` }]);
  });

  it("lose the TAB that says they are sent as an event too", () => {
    expect(new TextJoiner().hear(1, chunk("Takeoff detected\t", 0, 0), 0)).toEqual([
      { severity: 2, text: "Takeoff detected" },
    ]);
  });

  it("come without the chunk that never came, after a second", () => {
    const joiner = new TextJoiner();
    joiner.hear(1, chunk("t", 9, 1), 0);
    expect(joiner.overdue(900)).toEqual([]);
    expect(joiner.overdue(1_100)).toEqual([{ severity: 2, text: "[…]t" }]);
  });

  it("are not told again while they repeat", () => {
    const joiner = new TextJoiner();
    expect(joiner.hear(1, chunk("Low battery", 0, 0), 0).length).toBe(1);
    expect(joiner.hear(1, chunk("Low battery", 0, 0), 2_000).length).toBe(0);
    expect(joiner.hear(1, chunk("Low battery", 0, 0), 9_000).length).toBe(1);
  });
});
