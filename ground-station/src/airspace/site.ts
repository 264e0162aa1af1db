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
  return {
    frame: ground.frame,
    obstacles: withPeaks(ground.obstacles),
    fence: config.site.fence.inclusion.map(local),
    exclusions: shapes(config.site.exclusionZones),
    privacy: shapes(config.site.privacyZones),
    ceilingAglM: config.site.fence.ceilingAglM,
    fenceVersion: fenceVersion({ inclusion: config.site.fence.inclusion, exclusions: config.site.exclusionZones }),
    config,
    local,
    groundAmslM: (point) => ground.obstacles.terrain.groundAmslM(point.eastM, point.northM),
  };
}
