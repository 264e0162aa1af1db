import type { Config, GeoPoint, Zone } from "@outrider/contract";
import { type EnuPoint, type LocalFrame, type Obstacles, type Zone as Shape, signedAreaM2 } from "@outrider/geo";
import { fenceVersion } from "./fence-version.js";
import { type PeakObstacles, withPeaks } from "./peaks.js";
import { type TallNear, tallBuildings } from "./tall-buildings.js";

/** Ground, roofs and the frame in which all of a site's geometry is done. The loaded city is one. */
export type Ground = { readonly frame: LocalFrame; readonly obstacles: Obstacles };

export type NamedShape = { readonly name: string; readonly shape: Shape };

/** The site's lines on the ground, in local metres. */
export type Site = Ground & {
  readonly obstacles: PeakObstacles;
  readonly fence: readonly EnuPoint[];
  /** A line between two places inside lies inside, and is nowhere nearer to the edge than at its ends. */
  readonly fenceIsConvex: boolean;
  /** Metres to the edge of a convex fence from inside; not more than 0 outside, and always where it is not convex. */
  insideConvexM(point: EnuPoint): number;
  readonly exclusions: readonly NamedShape[];
  readonly privacy: readonly NamedShape[];
  readonly ceilingAglM: number;
  /** Buildings that reach into the lowest cruise height. */
  readonly tallNear: TallNear;
  /** Name of its fence by content. */
  readonly fenceVersion: string;
  readonly config: Config;
  local(point: GeoPoint): EnuPoint;
  groundAmslM(point: EnuPoint): number;
};

/** The lowest of the heights above ground at which a way is looked for. */
export const lowestCruiseAglM = ({ launch, site }: Config): number =>
  Math.min(launch.cruiseAglM, site.fence.ceilingAglM);

export function siteOf(config: Config, ground: Ground): Site {
  const local = (point: GeoPoint): EnuPoint => ground.frame.toLocal(point);
  const shapes = (zones: readonly Zone[]): NamedShape[] =>
    zones.map((zone) => ({ name: zone.name, shape: { kind: "polygon", ring: zone.ring.map(local) } }));
  const fence = config.site.fence.inclusion.map(local);
  const fenceIsConvex = isConvex(fence);
  return {
    frame: ground.frame,
    obstacles: withPeaks(ground.obstacles),
    fence,
    fenceIsConvex,
    insideConvexM: fenceIsConvex ? insideOf(fence) : () => 0,
    exclusions: shapes(config.site.exclusionZones),
    privacy: shapes(config.site.privacyZones),
    ceilingAglM: config.site.fence.ceilingAglM,
    fenceVersion: fenceVersion({ inclusion: config.site.fence.inclusion, exclusions: config.site.exclusionZones }),
    tallNear: tallBuildings(ground.obstacles, lowestCruiseAglM(config) - config.launch.verticalBufferM),
    config,
    local,
    groundAmslM: (point) => ground.obstacles.terrain.groundAmslM(point.eastM, point.northM),
  };
}

/** Every corner turns the same way, and only once round: a star turns the same way too. */
function isConvex(ring: readonly EnuPoint[]): boolean {
  let left = 0;
  let right = 0;
  let turnedRad = 0;
  ring.forEach((b, i) => {
    const a = ring[(i + ring.length - 1) % ring.length] ?? b;
    const c = ring[(i + 1) % ring.length] ?? b;
    const [abE, abN, bcE, bcN] = [b.eastM - a.eastM, b.northM - a.northM, c.eastM - b.eastM, c.northM - b.northM];
    const cross = abE * bcN - abN * bcE;
    if (cross > 0) left++;
    if (cross < 0) right++;
    turnedRad += Math.atan2(cross, abE * bcE + abN * bcN);
  });
  return (left === 0 || right === 0) && Math.abs(Math.abs(turnedRad) - 2 * Math.PI) < 1e-6;
}

/** Inside a convex ring the nearest side is the nearest of the lines that its sides lie on: no walk along the ring. */
function insideOf(ring: readonly EnuPoint[]): (point: EnuPoint) => number {
  const turn = signedAreaM2(ring) < 0 ? -1 : 1;
  const sides = ring.flatMap((a, i) => {
    const b = ring[(i + 1) % ring.length] ?? a;
    const lengthM = Math.hypot(b.eastM - a.eastM, b.northM - a.northM);
    if (lengthM === 0) return [];
    const eastPart = (-turn * (b.northM - a.northM)) / lengthM;
    const northPart = (turn * (b.eastM - a.eastM)) / lengthM;
    return [{ eastPart, northPart, offsetM: eastPart * a.eastM + northPart * a.northM }];
  });
  return ({ eastM, northM }) => {
    let nearestM = Number.POSITIVE_INFINITY;
    for (const side of sides) {
      const metres = side.eastPart * eastM + side.northPart * northM - side.offsetM;
      if (metres < nearestM) nearestM = metres;
    }
    return sides.length === 0 ? 0 : nearestM;
  };
}
