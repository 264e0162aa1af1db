import type { AircraftSample, Clock } from "@outrider/contract";
import { describe, expect, it } from "vitest";
import { SampleBook } from "./samples.js";

const row: AircraftSample = {
  handle: 1,
  ageMs: 40,
  linkAgeMs: 100,
  latDeg: 39.7,
  lonDeg: -105,
  altAmslM: 1650,
  altAglM: undefined,
  velNorthMps: 0,
  velEastMps: 0,
  velDownMps: 0,
  headingDeg: 0,
  rollDeg: 0,
  pitchDeg: 0,
  gimbalPitchDeg: 0,
  gimbalYawDeg: 0,
  hfovDeg: 60,
  batteryPct: 90,
  batteryWh: 200,
  turnInS: undefined,
  homeInS: undefined,
  windNorthMps: 0,
  windEastMps: 0,
  mode: "hold",
  link: "live",
  control: "ours",
  armed: false,
  inAir: false,
  failsafe: false,
  positionOk: true,
  gimbalOk: true,
};

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
