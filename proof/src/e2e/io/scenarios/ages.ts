import { check, found, pause } from "../check.js";
import { inAir } from "../flights.js";
import type { Scenario } from "../scenario.js";
import { setRate } from "../world.js";

/** Positions come often enough, and the age that the screen shows is the age that the wire says. */
export const ages: Scenario = {
  name: "samples reach the page, and ages on screen are true",
  run: async (world) => {
    const { pilot } = world;
    const { uid, callSign } = found(await inAir(world), "nothing is in the air");
    await setRate(world, 1);
    await pause(1_500);
    const from = await pilot.heard(uid);
    const all = await pilot.linkAges(callSign, uid, 30);
    const until = await pilot.heard(uid);
    const perS = ((until.rows - from.rows) * 1000) / (until.atMs - from.atMs);
    // A page that stood still for want of a graphics card had no chance to draw: that is not what is asked here.
    const seen = all.filter((one, i) => one.stallMs < 150 && (all[i - 1]?.stallMs ?? 0) < 150);
    check(seen.length >= 6, `the page stood still ${30 - seen.length} of 30 times: too busy a machine to tell`);
    check(perS >= 9.5, `${perS.toFixed(1)} samples a second reached the page, 10 are promised`);
    const off = seen.map((one) => Math.abs(one.shownS - one.wireS)).sort((a, b) => a - b);
    const told = seen.map((one) => `${one.shownS.toFixed(1)}/${one.wireS.toFixed(2)}`).join(" ");
    check(
      (off[Math.floor(off.length * 0.9)] ?? Infinity) <= 0.3,
      `shown and true age differ by more than 0.3 s: ${told}`,
    );
    check(
      seen.every((one) => one.word !== "link lost"),
      `the link counts as lost while it lives: ${told}`,
    );
    // Heartbeats come once a second: an age up to that and a busy moment is a living link's. Late begins at 2.5 s.
    const late = seen.filter((one) => one.shownS > 2.5).length;
    check(late === 0, `${late} of ${seen.length} ages are above 2.5 s while the link lives: ${told}`);
  },
};
