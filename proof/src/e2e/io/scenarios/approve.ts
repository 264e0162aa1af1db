import { flightSteps } from "../../../rig/flight-steps.js";
import { shoot } from "../browser.js";
import { check } from "../check.js";
import { approveWithSpace, inOrder, proposed, report } from "../flights.js";
import { places } from "../places.js";
import type { Scenario } from "../scenario.js";
import { onWatch, runNowMs } from "../world.js";

const address = "Haight St & Masonic Ave";

/** A call, a card, a held key, and an aircraft over the place. */
export const approve: Scenario = {
  name: "policy approve: a call is flown to the scene",
  before: onWatch,
  run: async (world) => {
    const { pilot, record, reporters } = world;
    const incidentId = await report(world, reporters.call(await runNowMs(world), places.haightMasonic, address));
    const offer = await proposed(world, incidentId);
    check(offer.data.policy.kind === "approve", `a call should need approval, the policy is ${offer.data.policy.kind}`);
    const { callSign, uid } = offer.data.choice;
    await pilot.cardSays([callSign, address, /Shots fired/i]);
    await shoot(pilot.page, "04-card");
    const approved = await approveWithSpace(world, incidentId);
    check(approved.data.uid === uid, "another aircraft was approved than the card named");
    check(approved.by.kind === "person", `the approval has no person: ${JSON.stringify(approved.by)}`);
    await shoot(pilot.page, "05-approved");
    await record.waitFor("Airborne", (f) => f.data.uid === uid, 90_000, offer.seq);
    await pilot.phase(callSign, /Climbing|En route/, 15_000);
    await shoot(pilot.page, "06-climbing");
    await pilot.phase(callSign, /En route/, 60_000);
    await shoot(pilot.page, "07-en-route");
    await record.waitFor("OnScene", (f) => f.data.uid === uid, 120_000, offer.seq);
    const strip = await pilot.phase(callSign, /On scene/, 10_000);
    check(/Shots fired/i.test(strip), `the strip does not say its job: ${strip}`);
    await shoot(pilot.page, "08-on-scene");
    const facts = record.facts.filter((f) => f.seq >= offer.seq);
    inOrder(facts, flightSteps.slice(0, flightSteps.indexOf("OnScene") + 1));
    const arms = facts.filter((f) => f.type === "OrderIssued" && f.data.act.verb === "arm" && f.data.uid === uid);
    check(arms.length === 1, `arm was ordered ${arms.length} times, it must be once`);
  },
};
