import type { CameraAim, CameraPose, FixedCameraConfig, GeoPoint } from "@outrider/contract";
import {
  castRay,
  degOf,
  type EnuPoint,
  pointInRing,
  radOf,
  turnDeg,
  type World,
  wrap180Deg,
  wrap360Deg,
} from "@outrider/geo";
import { type PlacedCamera, turnedTo } from "../../coverage/index.js";
import type { HeadPosition } from "../onvif/ptz-scale.js";

/** What a picture is framed on: the middle of a standing person, and what stands around. */
const personM = 1.5;
const framedM = 40;
const stepShare = 0.25;
/** The house that it hangs on does not end its sight. */
const ownWallM = 3;
const footprintRangeM = 1_500;
const pictureAspect = 16 / 9;

export type PrivacyRing = { readonly name: string; readonly ring: readonly EnuPoint[] };

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));
const halfTan = (hfovDeg: number): number => Math.tan(radOf(hfovDeg) / 2);
const hfovOf = (tan: number): number => 2 * degOf(Math.atan(tan));

/** What it shows at so many times its widest. */
export const hfovAt = (wideDeg: number, zoom: number): number => hfovOf(halfTan(wideDeg) / zoom);
const vfovOf = (hfovDeg: number): number => hfovOf(halfTan(hfovDeg) / pictureAspect);
const zoomAt = (wideDeg: number, hfovDeg: number): number => halfTan(wideDeg) / halfTan(hfovDeg);

export const homeAim = ({ azimuthDeg, pitchDeg, hfovDeg }: FixedCameraConfig): CameraAim => ({
  azimuthDeg,
  pitchDeg,
  hfovDeg,
});

/** Pan 0 of a head is the surveyed direction of its camera. */
export function headOf({ azimuthDeg, pitchDeg, hfovDeg }: CameraAim, config: FixedCameraConfig): HeadPosition {
  const zoom = hfovDeg === undefined ? undefined : zoomAt(config.hfovDeg, hfovDeg);
  return { panDeg: turnDeg(config.azimuthDeg, azimuthDeg), tiltDeg: pitchDeg, zoom };
}

export function aimOf({ panDeg, tiltDeg, zoom }: HeadPosition, config: FixedCameraConfig): CameraAim {
  const aim = { azimuthDeg: wrap360Deg(config.azimuthDeg + panDeg), pitchDeg: tiltDeg };
  return zoom === undefined ? aim : { ...aim, hfovDeg: hfovAt(config.hfovDeg, Math.max(1, zoom)) };
}

/**
 * Towards a person who stands at a place, at the height of the ground there. Zoomed so that some 40 m around are in the
 * picture, where it is known what its zoom does.
 */
export function aimAtPlace(
  { camera, config }: PlacedCamera,
  point: GeoPoint,
  world: World,
  zoomMax?: number,
): CameraAim {
  const { eastM, northM } = world.frame.toLocal(point);
  const at = { eastM, northM, altAmslM: world.terrain.groundAmslM(eastM, northM) + personM };
  const { azimuthDeg, tiltDeg } = turnedTo(camera, at);
  const aim = { azimuthDeg: wrap360Deg(azimuthDeg), pitchDeg: tiltDeg };
  if (zoomMax === undefined) return aim;
  const slantM = Math.hypot(eastM - camera.eastM, northM - camera.northM, at.altAmslM - camera.altAmslM);
  const hfovDeg = clamp(hfovOf(framedM / 2 / slantM), hfovAt(config.hfovDeg, zoomMax), config.hfovDeg);
  return { ...aim, hfovDeg };
}

export type AimStep = { readonly panDeg: number; readonly tiltDeg: number; readonly zoomTimes: number };

/** Steps of a pad in degrees: one is a quarter of what the picture shows, so that zoomed in it moves finely. */
export function stepOf(
  pad: { readonly right: number; readonly up: number; readonly nearer: number },
  hfovDeg: number,
): AimStep {
  return {
    panDeg: pad.right * hfovDeg * stepShare,
    tiltDeg: pad.up * vfovOf(hfovDeg) * stepShare,
    zoomTimes: 1.5 ** pad.nearer,
  };
}

export function steppedAim(from: CameraAim, step: AimStep, config: FixedCameraConfig, zoomMax = 1): CameraAim {
  const { azimuthDeg, pitchDeg, hfovDeg } = from;
  const turned = {
    azimuthDeg: wrap360Deg(azimuthDeg + step.panDeg),
    pitchDeg: clamp(pitchDeg + step.tiltDeg, -90, 90),
  };
  if (hfovDeg === undefined) return turned;
  const zoom = clamp(zoomAt(config.hfovDeg, hfovDeg) * step.zoomTimes, 1, zoomMax);
  return { ...turned, hfovDeg: hfovAt(config.hfovDeg, zoom) };
}

/** Greatest difference of two directions, degrees; lenses are compared where both are known. */
export function aimGapDeg(a: CameraAim, b: CameraAim): number {
  const lens = a.hfovDeg === undefined || b.hfovDeg === undefined ? 0 : Math.abs(a.hfovDeg - b.hfovDeg);
  return Math.max(Math.abs(wrap180Deg(a.azimuthDeg - b.azimuthDeg)), Math.abs(a.pitchDeg - b.pitchDeg), lens);
}

/** The pose of its pictures while it looks there; undefined while nobody knows how far it is zoomed. */
export function poseAt(
  { azimuthDeg, pitchDeg, hfovDeg }: CameraAim,
  { camera, config }: PlacedCamera,
): CameraPose | undefined {
  if (hfovDeg === undefined) return undefined;
  const { point } = config;
  return { point, altAmslM: camera.altAmslM, yawDeg: azimuthDeg, pitchDeg, rollDeg: 0, hfovDeg };
}

/** Name of the privacy zone in which the middle of its picture would lie, on ground or wall. */
export function privacyZoneAt(
  { azimuthDeg, pitchDeg }: CameraAim,
  { camera }: PlacedCamera,
  world: World,
  zones: readonly PrivacyRing[],
): string | undefined {
  if (zones.length === 0) return undefined;
  const [azimuth, pitch] = [radOf(azimuthDeg), radOf(pitchDeg)];
  const ray = {
    east: Math.sin(azimuth) * Math.cos(pitch),
    north: Math.cos(azimuth) * Math.cos(pitch),
    up: Math.sin(pitch),
  };
  const from = {
    eastM: camera.eastM + ray.east * ownWallM,
    northM: camera.northM + ray.north * ownWallM,
    altAmslM: camera.altAmslM + ray.up * ownWallM,
  };
  const middle = castRay(from, ray, world.obstacles.exactSurfaceAmslM, { rangeM: footprintRangeM });
  return middle && zoneOf(middle, zones);
}

export const zoneOf = (at: EnuPoint, zones: readonly PrivacyRing[]): string | undefined =>
  zones.find(({ ring }) => pointInRing(at, ring))?.name;
