import type { Clock } from "@outrider/contract";
import { aircraftSample, onDock } from "@outrider/contract/testing";
import { describe, expect, it } from "vitest";
import { SampleBook } from "./samples.js";

const row = aircraftSample({ ageMs: 40, linkAgeMs: 100, ...onDock, altAmslM: 1650 });

function rig() {
  let nowMs = 1_000;
  const clock: Clock = { nowMs: () => nowMs, after: () => () => undefined };
  const book = new SampleBook(clock, () => 1600);
  const hear = (): number => book.take({ tSentMs: nowMs, samples: [row] }, () => "u1");
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { book, hear, pass };
}

describe("the revision of samples", () => {
  it("stays while only time passes, although the ages grow", () => {
    const { book, hear, pass } = rig();
    hear();
    const before = book.revision();
    pass(500);
    expect(book.revision()).toBe(before);
    expect(book.latest("u1")).toMatchObject({ ageMs: 540, linkAgeMs: 600, altAglM: 50, link: "live" });
    pass(250);
    expect(book.latest("u1")).toMatchObject({ ageMs: 790 });
  });

  it("grows with a new row, with a link that falls late and then lost in silence, and with a turn time that changes", () => {
    const { book, hear, pass } = rig();
    const seen: number[] = [];
    const look = (): void => {
      seen.push(book.revision());
    };
    look();
    hear();
    look();
    pass(2_450);
    look();
    pass(1_000);
    look();
    book.setExtra("u1", { turnInS: 30, homeInS: 20 });
    look();
    expect(new Set(seen).size).toBe(5);
    book.setExtra("u1", { turnInS: 30, homeInS: 20 });
    expect(book.revision()).toBe(seen.at(-1));
    expect(book.latest("u1")).toMatchObject({ link: "lost", turnInS: 30, homeInS: 20 });
  });
});
