import { describe, expect, it } from "vitest";
import { type Bench, bench, type FakeAutopilot, flying } from "../testing/index.js";

const onGround = 1;
const landing = 4;
const takingOff = 3;

const say = (b: Bench, a: FakeAutopilot, landedState: number, forMs: number): void => {
  a.landedState = landedState;
  for (let ms = 0; ms < forMs; ms += 200) {
    a.send({ name: "EXTENDED_SYS_STATE", landedState });
    b.clock.run(200);
  }
};

/** In the order in which they were told, each once. */
const story = (b: Bench): string[] => {
  const seen = new Map(b.station.facts().map((fact) => [fact.seq, fact.type]));
  return [...seen.values()].filter((type) => ["Airborne", "Landed", "Disarmed"].includes(type));
};

describe("a landing", () => {
  it("is told once where PX4's land detector lets go of it for a moment, as it does after touching down", () => {
    const b = bench();
    const a = flying(b);
    say(b, a, landing, 2_000);
    say(b, a, onGround, 600);
    say(b, a, landing, 600);
    expect(story(b)).toEqual(["Airborne"]);
    say(b, a, onGround, 2_000);
    a.armed = false;
    say(b, a, onGround, 2_000);
    expect(story(b)).toEqual(["Airborne", "Landed", "Disarmed"]);
  });

  it("is told within 1.2 s of standing, and at once when it disarms", () => {
    const b = bench();
    const a = flying(b);
    say(b, a, onGround, 800);
    expect(story(b)).toEqual(["Airborne"]);
    say(b, a, onGround, 600);
    expect(story(b)).toEqual(["Airborne", "Landed"]);
    const c = bench();
    const quick = flying(c);
    say(c, quick, onGround, 200);
    quick.armed = false;
    c.clock.run(1_000);
    expect(story(c)).toEqual(["Airborne", "Landed", "Disarmed"]);
  });

  it("is not told by silence: one word of the ground and then nothing is a lost link", () => {
    const b = bench();
    const a = flying(b);
    say(b, a, onGround, 200);
    a.off = true;
    b.clock.run(10_000);
    expect(story(b)).toEqual(["Airborne"]);
    expect(b.station.types()).toContain("LinkLost");
  });

  it.each([2, takingOff, landing])(
    "hides no second take-off: told with the first word of it (landed state %i)",
    (up) => {
      const b = bench();
      const a = flying(b);
      say(b, a, onGround, 1_600);
      expect(story(b)).toEqual(["Airborne", "Landed"]);
      a.landedState = up;
      a.send({ name: "EXTENDED_SYS_STATE", landedState: up });
      b.clock.run(50);
      expect(story(b)).toEqual(["Airborne", "Landed", "Airborne"]);
    },
  );
});
