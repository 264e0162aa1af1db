import { shoot } from "../browser.js";
import { check, pause } from "../check.js";
import { proposed, report } from "../flights.js";
import { places } from "../places.js";
import type { Scenario } from "../scenario.js";
import { onWatch, runNowMs } from "../world.js";

/** A gunshot and a call about it: one incident, and the policy that needs more of a human wins. */
export const merged: Scenario = {
  name: "call and gunshot are one incident, and approval is needed",
  before: onWatch,
  run: async (world) => {
    const { pilot, record, reporters, clerk } = world;
    const call = reporters.call(await runNowMs(world), places.coleCarl, "Cole St & Carl St");
    const incidentId = await report(world, call);
    const first = await proposed(world, incidentId);
    await pause(3_000);
    const shots = reporters.shots(await runNowMs(world), places.coleCarlNear, "Cole St near Carl St");
    const same = await report(world, shots);
    check(same === incidentId, "the gunshot 60 m away and 3 s later opened another incident");
    const merge = await record.waitFor("AlertMerged", (f) => f.data.incidentId === incidentId, 5_000);
    check(Math.abs(merge.data.distanceM - 60) < 15, `told ${merge.data.distanceM.toFixed(0)} m apart, it is about 60`);
    const { launchId } = first.data;
    const again = await record.waitFor(
      "LaunchProposed",
      (f) => f.data.launchId === launchId && f.data.version > 1,
      10_000,
    );
    check(again.data.policy.kind === "approve", `after the merge the policy is ${again.data.policy.kind}`);
    const answer = await clerk.get(`/incidents/${incidentId}`);
    // The station's own interface; what is used of it is checked just below.
    const body = answer.body as { alerts: { place: { point: unknown; error: { semiMajorM: number } } }[] };
    check(body.alerts.length === 2, `the incident holds ${body.alerts.length} alerts`);
    check(
      body.alerts.every((one) => one.place.error.semiMajorM > 0),
      "an alert has lost the error of its place",
    );
    check(
      JSON.stringify(body.alerts[0]?.place.point) !== JSON.stringify(body.alerts[1]?.place.point),
      "both alerts stand at one place",
    );
    await shoot(pilot.page, "21-merged");
    await pause(6_500);
    await record.refresh();
    check(record.all("VetoWindowElapsed", (f) => f.data.launchId === launchId).length === 0, "it launched by itself");
    await pilot.page.keyboard.press("d");
    await pilot.page.keyboard.press("1");
    await record.waitFor("LaunchDeclined", (f) => f.data.launchId === launchId, 5_000);
  },
};
