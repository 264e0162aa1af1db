import { shoot } from "../browser.js";
import { check } from "../check.js";
import { proposed, report } from "../flights.js";
import { places } from "../places.js";
import type { Scenario } from "../scenario.js";
import { runNowMs } from "../world.js";

/** Without a pilot on watch nothing is proposed; it says why and what to do, and a sign-on brings the proposal. */
export const nobodyOnWatch: Scenario = {
  name: "nobody on watch: says what to do, and a sign-on brings the proposal",
  run: async (world) => {
    const { pilot, record, reporters } = world;
    await pilot.signIn("All four at one seat");
    const at = await runNowMs(world);
    const incidentId = await report(world, reporters.call(at, places.fultonMasonic, "Fulton St & Masonic Ave"));
    const refusal = await record.waitFor("LaunchNotPossible", (f) => f.data.incidentId === incidentId, 5_000);
    const [reason] = refusal.data.reasons;
    check(
      refusal.data.reasons.some((one) => /watch/i.test(one.text) && one.doThis.length > 10),
      `the reasons do not say that nobody is on watch and what to do: ${JSON.stringify(reason)}`,
    );
    await shoot(pilot.page, "01-not-on-watch");
    await pilot.startWatch();
    pilot.stirring();
    await shoot(pilot.page, "02-on-watch");
    const offer = await proposed(world, incidentId);
    await pilot.cardSays(["Fulton St & Masonic Ave"]);
    await shoot(pilot.page, "03-proposed-after-sign-on");
    await pilot.page.keyboard.press("d");
    await pilot.page.keyboard.press("1");
    const declined = await record.waitFor("LaunchDeclined", (f) => f.data.launchId === offer.data.launchId, 5_000);
    check(declined.by.kind === "person", `the decline is not a person's: ${JSON.stringify(declined.by)}`);
    check(declined.data.reason.length > 5, "the decline has no reason");
  },
};
