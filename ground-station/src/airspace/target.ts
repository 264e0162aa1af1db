import type { GeoPoint } from "@outrider/contract";
import type { EnuPoint } from "@outrider/geo";
import { clearHeight, fenceMarginM, segmentInsideFence, zoneInTheWay, zonesAt } from "./lines.js";
import type { Site } from "./site.js";

export type TargetAnswer =
  | { readonly kind: "fly"; readonly altAmslM: number; readonly groundAmslM: number }
  | { readonly kind: "refused"; readonly reason: string };

export type TargetWish = {
  readonly from: GeoPoint;
  readonly fromAltAmslM: number;
  readonly to: GeoPoint;
  /** Undefined: the site's height at a scene. */
  readonly altAglM: number | undefined;
  /** Circle round the target that must be inside the lines as well. */
  readonly radiusM: number;
};

/**
 * Turns a wished height over the ground into the AMSL height that the autopilot obeys whatever the frame says, and
 * refuses what lies below terrain plus margin, over the ceiling, or beyond a line. The aircraft flies diagonally to the
 * new height, so that is the line which has to be clear; where it is not, a higher one is tried.
 */
export function checkTarget(site: Site, wish: TargetWish): TargetAnswer {
  const { verticalBufferM, sceneAglM } = site.config.launch;
  const from = site.local(wish.from);
  const to = site.local(wish.to);
  const groundAmslM = site.groundAmslM(to);
  if (wish.altAglM !== undefined && wish.altAglM < site.config.bridge.minAglM)
    return refused(
      `${Math.round(wish.altAglM)} m above ground is below this site's minimum of ${site.config.bridge.minAglM} m.`,
    );
  const clear = clearHeight(site, from, to);
  if (!clear.covered) return refused("That is outside the height model: nothing proves it clear.");
  const wishedAmslM = groundAmslM + (wish.altAglM ?? sceneAglM);
  const lowestAmslM = highestRound(site, to, wish.radiusM) + verticalBufferM;
  if (wish.altAglM !== undefined && wishedAmslM < lowestAmslM)
    return refused(`At that height it would be less than ${verticalBufferM} m over what stands there.`);
  const zone =
    zoneInTheWay(site, from, to) ?? zonesAt(site, to, wish.radiusM + site.config.launch.horizontalBufferM)[0];
  if (zone !== undefined) return refused(`That would enter ${zone}.`);
  if (fenceMarginM(site, to) <= wish.radiusM || !segmentInsideFence(site, from, to))
    return refused("That is outside the fence, or the straight line to it is.");
  const startAmslM = Math.max(wishedAmslM, lowestAmslM);
  const topAmslM = Math.max(startAmslM, groundAmslM + site.ceilingAglM);
  const altAmslM = firstClear(site, from, wish.fromAltAmslM, to, startAmslM, topAmslM);
  if (altAmslM === undefined) return refused("Roofs or ground stand in the way: climb first.");
  if (altAmslM > groundAmslM + site.ceilingAglM)
    return refused(
      `Clear of what stands there means ${Math.round(altAmslM - groundAmslM)} m above ground, ceiling ${site.ceilingAglM} m.`,
    );
  return { kind: "fly", altAmslM, groundAmslM };
}

const LIFT_M = 5;

function firstClear(
  site: Site,
  from: EnuPoint,
  fromAltAmslM: number,
  to: EnuPoint,
  startAmslM: number,
  topAmslM: number,
): number | undefined {
  for (let altAmslM = startAmslM; altAmslM <= topAmslM; altAmslM += LIFT_M)
    if (diagonalClears(site, from, fromAltAmslM, to, altAmslM)) return altAmslM;
  return undefined;
}

function diagonalClears(site: Site, from: EnuPoint, fromAltAmslM: number, to: EnuPoint, altAmslM: number): boolean {
  const { horizontalBufferM, verticalBufferM } = site.config.launch;
  const path = [
    { ...from, altAmslM: fromAltAmslM },
    { ...to, altAmslM },
  ];
  return site.obstacles.clearanceAlong(path, horizontalBufferM).minClearanceM >= verticalBufferM - 0.01;
}

const highestRound = (site: Site, at: EnuPoint, radiusM: number): number =>
  site.obstacles.maxSurfaceAlong(at, at, radiusM + site.config.launch.horizontalBufferM);

const refused = (reason: string): TargetAnswer => ({ kind: "refused", reason });
