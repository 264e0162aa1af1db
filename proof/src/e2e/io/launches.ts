import { check, found } from "./check.js";
import type { World } from "./world.js";

/** The launch that an aircraft flies, as the record says it. */
export async function inAirLaunch(world: World, uid: string): Promise<{ launchId: string; incidentId: string }> {
  await world.record.refresh();
  const offers = world.record.all("LaunchProposed", (f) => f.data.choice.uid === uid);
  const decided = new Set([
    ...world.record.all("LaunchApproved", () => true).map((f) => f.data.launchId),
    ...world.record.all("VetoWindowElapsed", () => true).map((f) => f.data.launchId),
  ]);
  const offer = found(
    offers.filter((one) => decided.has(one.data.launchId)).at(-1),
    "no decided launch of this aircraft is in the record",
  );
  check(offer.data.launchId !== "", "the launch has no id");
  return { launchId: offer.data.launchId, incidentId: offer.data.incidentId };
}
