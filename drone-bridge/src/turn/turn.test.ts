import { describe, expect, it } from "vitest";
import { Turn } from "./index.js";

describe("a turn", () => {
  it("lets what arrives inside wait until what is being handled is done", () => {
    const log: string[] = [];
    const turn: Turn<number> = new Turn((thing) => {
      log.push(`begin ${thing}`);
      if (thing < 3) turn.take(thing + 1);
      log.push(`end ${thing}`);
    });
    turn.take(1);
    expect(log).toEqual(["begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3"]);
  });

  it("goes on after one that failed", () => {
    const seen: number[] = [];
    const turn = new Turn<number>((thing) => {
      if (thing === 1) throw new Error("one");
      seen.push(thing);
    });
    expect(() => turn.take(1)).toThrow("one");
    turn.take(2);
    expect(seen).toEqual([2]);
  });
});
