import { check, found, pause } from "../check.js";
import { inAir } from "../flights.js";
import type { Scenario } from "../scenario.js";
import { setRate } from "../world.js";

const promisedS = 4;

/** The radio falls silent in flight: "link lost" is on the screen in time, and goes by itself when the radio is back. */
export const linkCut: Scenario = {
  name: "a silent radio is on the screen within 4 s of its last frame, and over by itself",
  run: async (world) => {
    const { pilot, clerk, record } = world;
    const { uid, callSign } = found(await inAir(world), "nothing is in the air");
    await setRate(world, 1);
    await pause(1_000);
    await record.refresh();
    const fromSeq = record.lastSeq;
    // Shorter than the aircraft waits before it turns for home by itself.
    const answer = await clerk.act("injectRun", { kind: "linkLoss", uid, seconds: 6 });
    check(answer.status < 300, `the radio is not silenced: ${answer.status} ${JSON.stringify(answer.body)}`);
    const ages = await pilot.linkAges(callSign, uid, 45);
    const lost = ages.find((one) => one.word === "link lost");
    const told = ages.map((one) => `${one.word} ${one.wireS.toFixed(1)}`).join(", ");
    // What a page that stood still could not draw, and the time between two looks, are not counted against it.
    const slackS = 0.25 + Math.max(...ages.map((one) => one.stallMs)) / 1000;
    check(lost !== undefined, `the strip never says "link lost": ${told}`);
    check(
      lost.wireS <= promisedS + slackS,
      `"link lost" came ${lost.wireS.toFixed(1)} s after the last frame: ${told}`,
    );
    check(
      ages.some((one) => one.word === "link late" && one.wireS < lost.wireS),
      `the link was lost without being late first: ${told}`,
    );
    check(ages.at(-1)?.word === "link age", `the link does not come back on the strip: ${told}`);
    await record.waitFor("LinkBack", (fact) => fact.data.uid === uid, 10_000, fromSeq);
    const home = record.all("ModeChanged", (fact) => fact.data.uid === uid && fact.data.mode === "return", fromSeq);
    check(home.length === 0, "six seconds of silence sent it home");
  },
};
