import { message } from "@outrider/mavlink";
import { describe, expect, it } from "vitest";
import { doorOf } from "../autopilot/index.js";
import { byteNoise, FakeClock, fakeChance, lossyPipe, type PipeFaults } from "../testing/index.js";
import { EventDesk, eventTiming, TextJoiner } from "./index.js";

/** Ids of PX4 v1.17: arming denied, home not set, and the two summaries around a block of checks. */
const [denied, home, arming, health] = [16_910_493, 16_856_624, 27_825_120, 18_691_879];

/** An autopilot that keeps its events and gives them again when asked, as PX4 does. */
function world(faults: PipeFaults, seed: number) {
  const clock = new FakeClock();
  const chance = fakeChance(seed);
  const kept: { id: number; logLevels: number; modes: number }[] = [];
  const said: string[] = [];
  let asked = 0;
  const desk = new EventDesk({
    door: doorOf(12),
    sysid: () => 1,
    send: (sent) => {
      asked++;
      if (sent.name === "REQUEST_EVENT") up([sent.firstSequence ?? 0, sent.lastSequence ?? 0]);
      return true;
    },
  });
  const air = byteNoise(chance, faults.noise ?? 0, (event) => {
    if (event.name !== "EVENT") return;
    const heard = desk.hear(event, clock.nowMs());
    if (heard !== undefined) said.push(heard.text);
  });
  const down = lossyPipe<number>(clock, chance, faults, (seq) => {
    const event = kept[seq];
    if (event === undefined) return;
    air(
      message("EVENT", {
        id: event.id,
        sequence: seq,
        logLevels: event.logLevels,
        arguments: [event.modes, 0, 0, 0, 0],
      }),
    );
  });
  const up = lossyPipe<[number, number]>(clock, chance, faults, ([first, last]) => {
    for (let seq = first; seq <= last; seq++) down(seq);
  });
  const say = (id: number, logLevels = 0x33, modes = 16): void => {
    kept.push({ id, logLevels, modes });
    down(kept.length - 1);
  };
  const run = (forMs: number): void => {
    for (let t = 0; t < forMs; t += 100) {
      clock.run(100);
      if (t % 3_000 === 0)
        desk.hear(message("CURRENT_EVENT_SEQUENCE", { sequence: Math.max(0, kept.length - 1) }), clock.nowMs());
      desk.update(clock.nowMs());
    }
  };
  return { say, run, said, desk, asked: () => asked };
}

describe("events of an autopilot", () => {
  it.each([
    ["nothing lost", { loss: 0, duplicate: 0, delayMs: 5 }],
    ["20 % loss, doubled, reordered", { loss: 0.2, duplicate: 0.2, delayMs: 60 }],
    ["2 s of delay", { loss: 0.05, duplicate: 0.1, delayMs: 2_000 }],
    ["one byte in two hundred turned", { loss: 0, duplicate: 0.1, delayMs: 20, noise: 0.005 }],
  ])("are each taken once with %s: what is lost is asked for", (_name, faults) => {
    for (let seed = 1; seed <= 20; seed++) {
      const { say, run, said } = world(faults, seed);
      say(denied);
      run(3_100);
      const first = said.length;
      for (let n = 0; n < 20; n++) say(denied);
      run(30_000);
      expect(said.length - first, `seed ${seed}`).toBeGreaterThanOrEqual(19);
      expect(said.length).toBeLessThanOrEqual(21);
    }
  });

  it("that are gone for good are not asked for for ever", () => {
    const { run, desk, asked } = world({ loss: 1, duplicate: 0, delayMs: 5 }, 1);
    desk.hear(message("EVENT", { id: denied, sequence: 0 }), 0);
    desk.hear(message("EVENT", { id: denied, sequence: 9 }), 0);
    run(20_000);
    expect(asked()).toBe(eventTiming.tries);
  });

  it("give the checks that keep it from arming, and forget them with the next block", () => {
    const { say, run, desk } = world({ loss: 0, duplicate: 0, delayMs: 1 }, 1);
    for (const id of [arming, home, health]) {
      say(id);
      run(100);
    }
    expect(desk.checks.failing).toEqual(["Home position not set"]);
    for (const id of [arming, health]) {
      say(id);
      run(100);
    }
    expect(desk.checks.failing).toEqual([]);
  });

  it("do not count as checks of arming where they are warnings, or concern other modes", () => {
    const { say, run, desk } = world({ loss: 0, duplicate: 0, delayMs: 1 }, 1);
    for (const [id, level, modes] of [
      [arming, 0, 0],
      [home, 0x44, 16],
      [home, 0x33, 2],
      [health, 0, 0],
    ] as const) {
      say(id, level, modes);
      run(100);
    }
    expect(desk.checks.failing).toEqual([]);
  });

  it("are not said twice where the same words came as a text", () => {
    const texts = new TextJoiner();
    const text = message("STATUSTEXT", { severity: 2, text: "Reposition is outside geofence\t" });
    expect(texts.hear(1, text, 1_000)).toHaveLength(1);
    expect(texts.event({ severity: 2, text: "Reposition is outside geofence." }, 1_050)).toEqual([]);
  });
});
