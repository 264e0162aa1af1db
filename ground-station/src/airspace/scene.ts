import { contingencyBufferM, destination, distanceM, type EnuPoint } from "@outrider/geo";
import { fenceMarginM, zonesAt } from "./lines.js";
import type { Site } from "./site.js";

/** The circle flown round an incident. */
export type Scene = {
  readonly point: EnuPoint;
  readonly groundAmslM: number;
  readonly altAmslM: number;
  readonly radiusM: number;
  /** Distance of the circle from fence and exclusion zones; negative where it breaks one. */
  readonly marginM: number;
  /** Where the way there ends: on the circle, on the side it comes from. */
  readonly entry: EnuPoint;
};

export const SCENE_SPEED_MPS = 5;
/** How far inside the fence the circle must stay, so that what stops it there stops inside. */
export const ORBIT_NEED_M = contingencyBufferM(SCENE_SPEED_MPS);

const radiusShares = [1, 0.6, 0.35];
const MIN_RADIUS_M = 20;
const CHORDS = 12;

/** The widest allowed circle that stays under the ceiling and far enough inside the lines; the last tried one with its breach if none does. */
export function sceneFor(site: Site, point: EnuPoint, from: EnuPoint): Scene {
  const wanted = site.config.launch.orbitRadiusM;
  const radii = radiusShares.map((share) => Math.max(MIN_RADIUS_M, wanted * share));
  const ceilingAmslM = site.groundAmslM(point) + site.ceilingAglM;
  let scene: Scene | undefined;
  for (const radiusM of radii) {
    scene = circleAt(site, point, from, radiusM);
    if (scene.marginM >= ORBIT_NEED_M && scene.altAmslM <= ceilingAmslM) break;
  }
  return scene ?? circleAt(site, point, from, MIN_RADIUS_M);
}

function circleAt(site: Site, point: EnuPoint, from: EnuPoint, radiusM: number): Scene {
  const { sceneAglM, horizontalBufferM, verticalBufferM } = site.config.launch;
  const corners = Array.from({ length: CHORDS }, (_, i) => destination(point, (360 / CHORDS) * i, radiusM));
  let surfaceM = site.obstacles.maxSurfaceAlong(point, point, radiusM + horizontalBufferM);
  for (const corner of corners)
    surfaceM = Math.max(surfaceM, site.obstacles.maxSurfaceAlong(point, corner, horizontalBufferM));
  const groundAmslM = site.groundAmslM(point);
  const toZoneM = zonesAt(site, point, radiusM + horizontalBufferM).length > 0 ? -1 : Number.POSITIVE_INFINITY;
  const gapM = distanceM(point, from);
  const share = gapM > radiusM ? radiusM / gapM : 0;
  return {
    point,
    groundAmslM,
    altAmslM: Math.max(groundAmslM + sceneAglM, surfaceM + verticalBufferM),
    radiusM,
    marginM: Math.min(toZoneM, fenceMarginM(site, point) - radiusM),
    entry: {
      eastM: point.eastM + (from.eastM - point.eastM) * share,
      northM: point.northM + (from.northM - point.northM) * share,
    },
  };
}
