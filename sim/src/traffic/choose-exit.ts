import type { Chance } from "@outrider/contract";
import type { Lane } from "./lanes.js";
import { turnOf } from "./right-of-way.js";
import type { Vehicle } from "./vehicle.js";

/** How many of a hundred take each way where all are there: most go straight on. */
const shares = { straight: 60, right: 22, left: 18, round: 1 } as const;
/** Few want into a driveway. */
const slowMps = 6;
const drivewayShare = 0.15;

/** Nobody turns round in a dead end shorter than this without standing in the street. */
const stubM = 30;

/**
 * The lane that a driver takes next where nothing is planned. Who is sought does not drive where it has been; turning
 * round is for dead ends. Undefined where the road ends and nobody may turn.
 */
export function chooseExit(
  vehicle: Pick<Vehicle, "driver" | "trail">,
  lane: Lane,
  lanes: ReadonlyMap<number, Lane>,
  chance: Pick<Chance, "unit">,
): number | undefined {
  const drawn = chance.unit();
  const exits = lane.exits.flatMap((id) => lanes.get(id) ?? []);
  const open = exits.filter((exit) => exit.exits.length > 0 || (exit.back !== undefined && exit.lengthM > stubM));
  const fresh = vehicle.driver === "sought" ? open.filter((exit) => !vehicle.trail.includes(exit.edge)) : open;
  const choices = [fresh, open, exits].find((list) => list.length > 0);
  if (choices === undefined) return lane.back;
  const weights = choices.map((exit) => shares[turnOf(lane, exit)] * (exit.limitMps < slowMps ? drivewayShare : 1));
  let left = drawn * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, exit] of choices.entries()) {
    left -= weights[index] ?? 0;
    if (left < 0) return exit.id;
  }
  return choices.at(-1)?.id;
}
