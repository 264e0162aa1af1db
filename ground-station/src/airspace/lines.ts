import {
  distanceM,
  distanceToEdgeM,
  type EnuPoint,
  pointInRing,
  segmentsTouch,
  segmentToZoneM,
  signedDistanceToZoneM,
  someSide,
} from "@outrider/geo";
import type { Site } from "./site.js";

/** Metres from the fence's edge, negative outside. */
export function fenceMarginM(site: Site, point: EnuPoint): number {
  const insideM = site.insideConvexM(point);
  if (insideM > 0) return insideM;
  const edgeM = distanceToEdgeM(point, site.fence);
  return pointInRing(point, site.fence) ? edgeM : -edgeM;
}

export const segmentInsideFence = (site: Site, from: EnuPoint, to: EnuPoint): boolean =>
  pointInRing(from, site.fence) &&
  pointInRing(to, site.fence) &&
  (site.fenceIsConvex || !someSide(site.fence, (a, b) => segmentsTouch(from, to, a, b)));

/** Name of the exclusion zone that a straight flight comes too near to. */
export function zoneInTheWay(site: Site, from: EnuPoint, to: EnuPoint): string | undefined {
  const gapM = site.config.launch.horizontalBufferM;
  return site.exclusions.find(({ shape }) => segmentToZoneM(from, to, shape) <= gapM)?.name;
}

export const zonesAt = (site: Site, point: EnuPoint, radiusM: number): string[] =>
  site.exclusions.filter(({ shape }) => signedDistanceToZoneM(point, shape) <= radiusM).map(({ name }) => name);

/** Privacy zones within `radiusM` of a place, without those that hold `except`: what was approved to be watched lies there. */
export const privacyAt = (site: Site, point: EnuPoint, radiusM: number, except?: EnuPoint): string[] =>
  site.privacy
    .filter(({ shape }) => signedDistanceToZoneM(point, shape) <= radiusM)
    .filter(({ shape }) => except === undefined || signedDistanceToZoneM(except, shape) > 0)
    .map(({ name }) => name);

/**
 * Height at which a straight level flight keeps the vertical buffer over ground and roofs, and whether all of it lies
 * within the height model.
 */
export function clearHeight(
  site: Site,
  from: EnuPoint,
  to: EnuPoint,
): { readonly altAmslM: number; readonly covered: boolean } {
  const { horizontalBufferM, verticalBufferM } = site.config.launch;
  const { terrain } = site.obstacles;
  const covered = terrain.covers(from.eastM, from.northM) && terrain.covers(to.eastM, to.northM);
  return { altAmslM: site.obstacles.maxSurfaceAlong(from, to, horizontalBufferM) + verticalBufferM, covered };
}

const TOO_LOW = "roofs or ground on the line need";
export const isTooLow = (problem: string): boolean => problem.startsWith(TOO_LOW);

/**
 * Why a straight level flight at a height is not proven safe; undefined when it is. How much height is missing is dear
 * to find and only said where it is asked for.
 */
export function lineProblem(
  site: Site,
  from: EnuPoint,
  to: EnuPoint,
  altAmslM: number,
  detail: "howMuch" | "whether" = "howMuch",
): string | undefined {
  const zone = zoneInTheWay(site, from, to);
  if (zone !== undefined) return `the line enters ${zone}`;
  if (!segmentInsideFence(site, from, to)) return "the line leaves the fence";
  const { horizontalBufferM, verticalBufferM } = site.config.launch;
  const { terrain } = site.obstacles;
  if (!terrain.covers(from.eastM, from.northM) || !terrain.covers(to.eastM, to.northM))
    return "the line leaves the height model";
  const mayBeM = altAmslM - verticalBufferM + 0.01;
  if (detail === "whether")
    return site.obstacles.isOver(from, to, horizontalBufferM, mayBeM) ? `${TOO_LOW} more height` : undefined;
  const shortM = site.obstacles.maxSurfaceOver(from, to, horizontalBufferM, mayBeM) - mayBeM;
  return shortM > 0 ? `${TOO_LOW} ${Math.ceil(shortM)} m more height` : undefined;
}

/** Points on a line, at most `stepM` apart, both ends included. */
export function pointsAlong(from: EnuPoint, to: EnuPoint, stepM: number): EnuPoint[] {
  const pieces = Math.max(1, Math.ceil(distanceM(from, to) / stepM));
  const eastM = to.eastM - from.eastM;
  const northM = to.northM - from.northM;
  const points: EnuPoint[] = [];
  for (let i = 0; i <= pieces; i++)
    points.push({ eastM: from.eastM + (eastM * i) / pieces, northM: from.northM + (northM * i) / pieces });
  return points;
}
