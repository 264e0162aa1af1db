import { expect, it } from "vitest";
import { badAir, type PipeFaults } from "../testing/index.js";

/** The last word on its module, and on a stranger's drone that it hears, after half a minute of failure and recovery. */
function told(faults: PipeFaults, seed: number): { states: string[]; heard: number; last: unknown } {
  const { b, a } = badAir([faults], seed);
  b.clock.run(6_000);
  const arm = (status: number, error: string) => a.send({ name: "OPEN_DRONE_ID_ARM_STATUS", status, error });
  for (let n = 0; n < 60; n++) {
    if (n < 20 || n >= 40) arm(0, "");
    else arm(1, "no GNSS");
    b.clock.run(1_000);
  }
  b.clock.run(9_000);
  const states = b.station.facts("RemoteIdChanged").map(({ data }) => `${data["state"]} ${data["text"]}`);
  return { states, heard: states.length, last: states.at(-1) };
}

it.each<[string, PipeFaults]>([
  ["5 % loss, doubled", { loss: 0.05, duplicate: 0.1, delayMs: 50 }],
  ["20 % loss, doubled, reordered", { loss: 0.2, duplicate: 0.2, delayMs: 90 }],
  ["2 to 4 s on the way", { loss: 0.05, duplicate: 0.1, delayMs: 2_000 }],
  ["one byte in two hundred turned", { loss: 0, duplicate: 0.1, delayMs: 20, noise: 0.005 }],
])(
  "Remote ID: what its module says ends as over a good link with %s, and is never called good while it fails",
  (_name, faults) => {
    const good = told({ loss: 0, duplicate: 0, delayMs: 1 }, 1);
    expect(good.states.map((state) => state.split(" ")[0])).toEqual(["good", "failed", "good", "silent"]);
    for (let seed = 1; seed <= 3; seed++) {
      const { states, last } = told(faults, seed);
      expect(last, `seed ${seed}`).toBe(good.last);
      // Silence in between is said as such; it is never taken for health.
      const words = states.filter((state) => !state.startsWith("silent"));
      expect(words.filter((state, n) => state !== words[n - 1]).slice(0, 3), `seed ${seed}`).toEqual(
        good.states.slice(0, 3),
      );
    }
  },
);
