import type { CameraAim, FixedCameraConfig, GeoPoint } from "@outrider/contract";
import { bearingDeg, type EnuPoint, type FixedCamera, turnDeg, type World } from "@outrider/geo";

/** A configured camera with its place in the site's frame. */
export type PlacedCamera = { readonly config: FixedCameraConfig; readonly camera: FixedCamera };

/** Where a camera that turns looks now, or why nobody knows. */
export type PresentAim =
  | { readonly kind: "known"; readonly aim: CameraAim /** When it said so, run time. */; readonly atMs: number }
  | { readonly kind: "unknown"; readonly why: string };

const pictureAspect = 16 / 9;

/** Picture height follows from its width: configuration names the horizontal angle alone. */
const vfovOf = (hfovDeg: number): number =>
  (Math.atan(Math.tan((hfovDeg * Math.PI) / 360) / pictureAspect) * 360) / Math.PI;

export function placeCamera(config: FixedCameraConfig, world: World): PlacedCamera {
  const at = world.frame.toLocal(config.point);
  return {
    config,
    camera: {
      ...at,
      id: config.cameraId,
      altAmslM: world.terrain.groundAmslM(at.eastM, at.northM) + config.heightAglM,
      azimuthDeg: config.azimuthDeg,
      tiltDeg: config.pitchDeg,
      hfovDeg: config.hfovDeg,
      vfovDeg: vfovOf(config.hfovDeg),
      rangeM: config.rangeM,
    },
  };
}

/** The same camera looking elsewhere; at its widest where nobody knows how far it is zoomed. */
export function placedAt({ azimuthDeg, pitchDeg, hfovDeg }: CameraAim, { camera, config }: PlacedCamera): PlacedCamera {
  const lens = { hfovDeg: hfovDeg ?? config.hfovDeg, vfovDeg: vfovOf(hfovDeg ?? config.hfovDeg) };
  return { config, camera: { ...camera, azimuthDeg, tiltDeg: pitchDeg, ...lens } };
}

const stepM = 2;
const targetHeightM = 1.5;
const ownWallM = 3;

/** What a camera sees of the ground: its place, then the end of clear sight along each ray, left to right. */
export function seenPolygon({ camera }: PlacedCamera, world: World, rays = 40): GeoPoint[] {
  const lowest = Math.tan(((camera.tiltDeg - camera.vfovDeg / 2) * Math.PI) / 180);
  const points: GeoPoint[] = [world.frame.toGeo(camera)];
  const spreadDeg = Math.min(359, camera.hfovDeg);
  for (let i = 0; i <= rays; i++) {
    const azimuth = ((camera.azimuthDeg - spreadDeg / 2 + (spreadDeg * i) / rays) * Math.PI) / 180;
    const outM = clearAlong(camera, world, Math.sin(azimuth), Math.cos(azimuth), lowest);
    points.push(
      world.frame.toGeo({
        eastM: camera.eastM + Math.sin(azimuth) * outM,
        northM: camera.northM + Math.cos(azimuth) * outM,
      }),
    );
  }
  return points;
}

/** How far out a person on the ground is seen before something first hides them. */
function clearAlong(camera: FixedCamera, world: World, east: number, north: number, lowest: number): number {
  const { obstacles, terrain } = world;
  let steepest = Number.NEGATIVE_INFINITY;
  let seenM = ownWallM;
  for (let outM = ownWallM; outM <= camera.rangeM; outM += stepM) {
    const eastM = camera.eastM + east * outM;
    const northM = camera.northM + north * outM;
    const topM = obstacles.surfaceAmslM(eastM, northM) - camera.altAmslM;
    const targetM = terrain.groundAmslM(eastM, northM) + targetHeightM - camera.altAmslM;
    const inside = topM > targetM;
    if (inside || targetM / outM < steepest) {
      // The house that it hangs on does not end its sight.
      if (outM > ownWallM + 3 * stepM) break;
    } else if (targetM / outM >= lowest) seenM = outM;
    steepest = Math.max(steepest, topM / outM);
  }
  return seenM;
}

/** Whether a point is in the picture if the camera were turned to it. */
export function turnedTo(camera: FixedCamera, point: EnuPoint & { altAmslM: number }): FixedCamera {
  const flatM = Math.hypot(point.eastM - camera.eastM, point.northM - camera.northM);
  const tiltDeg = (Math.atan2(point.altAmslM - camera.altAmslM, flatM) * 180) / Math.PI;
  return { ...camera, azimuthDeg: bearingDeg(camera, point), tiltDeg };
}

export const turnNeededDeg = (camera: FixedCamera, point: EnuPoint): number =>
  Math.abs(turnDeg(camera.azimuthDeg, bearingDeg(camera, point)));
