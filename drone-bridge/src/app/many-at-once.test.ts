import { MavCmd } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { bench, FakeAutopilot, uidA } from "../testing/index.js";

const count = 20;
const uidOf = (n: number): string => `4f55545249444552000000${(n + 16).toString(16)}`;

/** Twenty aircraft that all speak for the first time in the same moment, and all answer at once. */
function squadron(): { b: ReturnType<typeof bench>; all: FakeAutopilot[]; sent: () => number } {
  const b = bench();
  const all = Array.from(
    { length: count },
    (_, n) => new FakeAutopilot(b, { uid: uidOf(n), sysid: n + 1, port: 20_000 + n }),
  );
  const sent = (): number => [...b.radio.sent.values()].reduce((sum, datagrams) => sum + datagrams.length, 0);
  return { b, all, sent };
}

describe("twenty aircraft that come up at once", () => {
  it("are asked who they are at once, and the rest in small portions, so that the bridge stays awake", () => {
    const { b, sent } = squadron();
    const perMs: number[] = [];
    for (let ms = 0; ms < 3_000; ms++) {
      const before = sent();
      b.clock.run(1);
      perMs.push(sent() - before);
    }
    // Twenty heartbeats of ours may fall on one round, with two greetings and what their answers lead to.
    expect(Math.max(...perMs)).toBeLessThanOrEqual(count + 2 * 14);
  });

  it("are all greeted within two seconds", () => {
    const { b, all } = squadron();
    b.clock.run(2_000);
    expect(all.map((one) => one.commands(MavCmd.SET_MESSAGE_INTERVAL) > 0)).toEqual(all.map(() => true));
    expect(b.station.facts("AircraftIdentified")).toHaveLength(count);
  });

  it("are named to the station once for all, before their first samples", () => {
    const { b } = squadron();
    const lists = (): number => b.station.texts.filter((text) => text["kind"] === "handles").length;
    const before = lists();
    const named = (): number => {
      const last = b.station.texts.filter((text) => text["kind"] === "handles").at(-1);
      return Array.isArray(last?.["handles"]) ? last["handles"].length : 0;
    };
    while (b.station.frames.length === 0) b.clock.run(1);
    expect(named()).toBe(count);
    expect(lists() - before).toBe(1);
  });

  it("and a hundred more that were made up leave the site's own its place", () => {
    const b = bench();
    const strangers = Array.from({ length: 100 }, (_, n) => {
      const one = new FakeAutopilot(b, { uid: uidOf(n), sysid: 2 + (n % 250), port: 20_000 + n });
      return one;
    });
    b.clock.run(1_500);
    for (const one of strangers) one.off = true;
    new FakeAutopilot(b, { uid: uidA, sysid: 1, port: 1 });
    b.clock.run(1_500);
    expect(b.station.facts("AircraftIdentified").at(-1)?.data).toMatchObject({ uid: uidA });
    expect(b.bridge.stats().aircraft).toBe(65);
    expect(b.problems).toEqual([expect.stringContaining("too many aircraft")]);
  });
});
