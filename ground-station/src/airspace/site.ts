import type { Config, GeoPoint, Zone } from "@outrider/contract";
import type { EnuPoint, LocalFrame, Obstacles, Zone as Shape } from "@outrider/geo";
import { fenceVersion } from "./fence-version.js";
import { type PeakObstacles, withPeaks } from "./peaks.js";

/** Ground, roofs and the frame in which all of a site's geometry is done. The loaded city is one. */
export type Ground = { readonly frame: LocalFrame; readonly obstacles: Obstacles };

export type NamedShape = { readonly name: string; readonly shape: Shape };

/** The site's lines on the ground, in local metres. */
export type Site = Ground & {
  readonly obstacles: PeakObstacles;
  readonly fence: readonly EnuPoint[];
  /** A line between two places inside lies inside, and is nowhere nearer to the edge than at its ends. */
  readonly fenceIsConvex: boolean;
  readonly exclusions: readonly NamedShape[];
  readonly privacy: readonly NamedShape[];
  readonly ceilingAglM: number;
  /** Name of its fence by content. */
  readonly fenceVersion: string;
  readonly config: Config;
  local(point: GeoPoint): EnuPoint;
  groundAmslM(point: EnuPoint): number;
};

export function siteOf(config: Config, ground: Ground): Site {
  const local = (point: GeoPoint): EnuPoint => ground.frame.toLocal(point);
  const shapes = (zones: readonly Zone[]): NamedShape[] =>
    zones.map((zone) => ({ name: zone.name, shape: { kind: "polygon", ring: zone.ring.map(local) } }));
  const fence = config.site.fence.inclusion.map(local);
  return {
    frame: ground.frame,
    obstacles: withPeaks(ground.obstacles),
    fence,
    fenceIsConvex: isConvex(fence),
    exclusions: shapes(config.site.exclusionZones),
    privacy: shapes(config.site.privacyZones),
    ceilingAglM: config.site.fence.ceilingAglM,
    fenceVersion: fenceVersion({ inclusion: config.site.fence.inclusion, exclusions: config.site.exclusionZones }),
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
