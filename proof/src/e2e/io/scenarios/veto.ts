import { shoot } from "../browser.js";
import { check, pause } from "../check.js";
import { proposed, report } from "../flights.js";
import { places } from "../places.js";
import type { Scenario } from "../scenario.js";
import { onWatch, runNowMs } from "../world.js";

/** Esc within the countdown keeps the aircraft in its dock. */
export const vetoRefused: Scenario = {
  name: "policy veto: refused with Esc, it stays in its dock",
  before: onWatch,
  run: async (world) => {
    const { pilot, record, reporters } = world;
    const posting = reporters.shots(await runNowMs(world), places.oakDivisadero, "Oak St near Divisadero St");
    const incidentId = await report(world, posting);
    const offer = await proposed(world, incidentId, 5_000);
    check(offer.data.policy.kind === "veto", `a gunshot alone should be veto, it is ${offer.data.policy.kind}`);
    await pilot.cardSays([/launches by itself/], 4_000);
    await pilot.page.keyboard.press("Escape");
    const declined = await record.waitFor("LaunchDeclined", (f) => f.data.launchId === offer.data.launchId, 5_000);
    check(declined.by.kind === "person", `refused by ${JSON.stringify(declined.by)}, it must be a person`);
    await shoot(pilot.page, "18-veto-refused");
    await pause(7_000);
    await record.refresh();
    const { launchId, choice } = offer.data;
    check(record.all("VetoWindowElapsed", (f) => f.data.launchId === launchId).length === 0, "it went on after Esc");
    check(record.all("Armed", (f) => f.data.uid === choice.uid, offer.seq).length === 0, "it armed after Esc");
  },
};

/** Nobody refuses: after five seconds it goes, and the record says by which rule. */
export const vetoElapses: Scenario = {
  name: "policy veto: launches by itself after 5 s",
  before: onWatch,
  run: async (world) => {
    const { pilot, record, reporters } = world;
    const posting = reporters.shots(await runNowMs(world), places.hayesAshbury, "Hayes St near Ashbury St");
    const incidentId = await report(world, posting);
    const offer = await proposed(world, incidentId, 5_000);
    const { launchId, choice } = offer.data;
    await pilot.card().waitFor({ timeout: 3_000 });
    await shoot(pilot.page, "19-veto-countdown");
    const elapsed = await record.waitFor("VetoWindowElapsed", (f) => f.data.launchId === launchId, 9_000);
    const tookS = (elapsed.tMs - offer.tMs) / 1000;
    check(tookS >= 4.9 && tookS < 6.5, `the countdown took ${tookS.toFixed(1)} s of run time, 5 are promised`);
    check(elapsed.data.picName !== "", "no pilot is named with it");
    await record.waitFor("Airborne", (f) => f.data.uid === choice.uid, 90_000, offer.seq);
    await pilot.phase(choice.callSign, /Climbing|En route|On scene/, 15_000);
    await shoot(pilot.page, "20-veto-airborne");
  },
};
