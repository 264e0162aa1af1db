import Flatbush from "flatbush";
import { bearingDeg, degOf, type EnuPointAmsl, turnDeg } from "../enu/index.js";
import type { Obstacles } from "../terrain/index.js";

/**
 * A fixed camera as a sector: azimuth from true north at the middle of the picture, tilt negative down, at the present
 * zoom. `hfovDeg` of 360 is a camera that looks all round.
 */
export type FixedCamera = EnuPointAmsl & {
  readonly id: string;
  readonly azimuthDeg: number;
  readonly tiltDeg: number;
  readonly hfovDeg: number;
  readonly vfovDeg: number;
  readonly rangeM: number;
};

/** Its own pole or wall does not blind a camera. */
export const OWN_WALL_M = 3;

/** Whether a point lies in a camera's sector and range; what stands between is not asked. */
export function inSector(camera: FixedCamera, point: EnuPointAmsl): boolean {
  const flatM = Math.hypot(point.eastM - camera.eastM, point.northM - camera.northM);
  const upM = point.altAmslM - camera.altAmslM;
  if (Math.hypot(flatM, upM) > camera.rangeM) return false;
  const elevationDeg = degOf(Math.atan2(upM, flatM));
  if (Math.abs(elevationDeg - camera.tiltDeg) > camera.vfovDeg / 2) return false;
  if (camera.hfovDeg >= 360 || flatM === 0) return true;
  return Math.abs(turnDeg(camera.azimuthDeg, bearingDeg(camera, point))) <= camera.hfovDeg / 2;
}

/** Whether a camera truly sees a point: sector, range, and a clear line over ground and buildings. */
export function cameraSees(camera: FixedCamera, point: EnuPointAmsl, obstacles: Obstacles): boolean {
  return inSector(camera, point) && obstacles.lineOfSight(camera, point, { skipFromM: OWN_WALL_M }).clear;
}

/** Finds the cameras that truly see a point, nearest first. Built once for a list of cameras. */
export type SeeingCameras = (point: EnuPointAmsl) => FixedCamera[];

export function indexCameras(cameras: readonly FixedCamera[], obstacles: Obstacles): SeeingCameras {
  if (cameras.length === 0) return () => [];
  const tree = new Flatbush(cameras.length);
  for (const { eastM, northM, rangeM } of cameras) {
    tree.add(eastM - rangeM, northM - rangeM, eastM + rangeM, northM + rangeM);
  }
  tree.finish();
  return (point) => {
    const gapM = (camera: FixedCamera) => Math.hypot(camera.eastM - point.eastM, camera.northM - point.northM);
    return tree
      .search(point.eastM, point.northM, point.eastM, point.northM)
      .flatMap((i) => cameras[i] ?? [])
      .filter((camera) => cameraSees(camera, point, obstacles))
      .sort((a, b) => gapM(a) - gapM(b) || (a.id < b.id ? -1 : 1));
  };
}
