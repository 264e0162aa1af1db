import { type EnuPointAmsl, radOf } from "../enu/index.js";

/**
 * A pinhole camera. Yaw clockwise from true north at the middle of the picture, pitch negative down, roll positive
 * with the right side down. `aspect` is width over height; square pixels; no lens distortion.
 */
export type CameraPose = EnuPointAmsl & {
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly rollDeg: number;
  readonly hfovDeg: number;
  readonly aspect: number;
};
/** Place in the picture: 0,0 is the upper left corner, 1,1 the lower right. */
export type PicturePoint = { readonly u: number; readonly v: number };
/** Direction in the local frame; unit length. */
export type EnuDirection = { readonly east: number; readonly north: number; readonly up: number };

export type CameraAxes = {
  readonly forward: EnuDirection;
  readonly right: EnuDirection;
  readonly upward: EnuDirection;
  readonly halfWidth: number;
  readonly halfHeight: number;
};

export function cameraAxes(pose: CameraPose): CameraAxes {
  const yaw = radOf(pose.yawDeg);
  const pitch = radOf(pose.pitchDeg);
  const roll = radOf(pose.rollDeg);
  const [sinY, cosY, sinP, cosP] = [Math.sin(yaw), Math.cos(yaw), Math.sin(pitch), Math.cos(pitch)];
  const [sinR, cosR] = [Math.sin(roll), Math.cos(roll)];
  const level = { east: cosY, north: -sinY, up: 0 };
  const raised = { east: -sinY * sinP, north: -cosY * sinP, up: cosP };
  const halfWidth = Math.tan(radOf(pose.hfovDeg) / 2);
  return {
    forward: { east: sinY * cosP, north: cosY * cosP, up: sinP },
    right: blend(level, cosR, raised, -sinR),
    upward: blend(raised, cosR, level, sinR),
    halfWidth,
    halfHeight: halfWidth / pose.aspect,
  };
}

const blend = (a: EnuDirection, p: number, b: EnuDirection, q: number): EnuDirection => ({
  east: a.east * p + b.east * q,
  north: a.north * p + b.north * q,
  up: a.up * p + b.up * q,
});

/** Direction through a place in the picture. */
export function rayThroughPixel(pose: CameraPose, pixel: PicturePoint): EnuDirection {
  const { forward, right, upward, halfWidth, halfHeight } = cameraAxes(pose);
  const x = (2 * pixel.u - 1) * halfWidth;
  const y = (1 - 2 * pixel.v) * halfHeight;
  const east = forward.east + x * right.east + y * upward.east;
  const north = forward.north + x * right.north + y * upward.north;
  const up = forward.up + x * right.up + y * upward.up;
  const length = Math.hypot(east, north, up);
  return { east: east / length, north: north / length, up: up / length };
}

export type Projection =
  | {
      readonly kind: "ahead";
      readonly u: number;
      readonly v: number;
      readonly slantM: number;
      readonly inFrame: boolean;
    }
  | { readonly kind: "behind" };

/** Where a point in space lies in the picture; occlusion is not asked here. */
export function groundToPixel(pose: CameraPose, point: EnuPointAmsl): Projection {
  const { forward, right, upward, halfWidth, halfHeight } = cameraAxes(pose);
  const east = point.eastM - pose.eastM;
  const north = point.northM - pose.northM;
  const up = point.altAmslM - pose.altAmslM;
  const depthM = east * forward.east + north * forward.north + up * forward.up;
  if (depthM <= 1e-9) return { kind: "behind" };
  const x = (east * right.east + north * right.north + up * right.up) / depthM / halfWidth;
  const y = (east * upward.east + north * upward.north + up * upward.up) / depthM / halfHeight;
  const inFrame = Math.abs(x) <= 1 && Math.abs(y) <= 1;
  return { kind: "ahead", u: (x + 1) / 2, v: (1 - y) / 2, slantM: Math.hypot(east, north, up), inFrame };
}

/** Vertical field of view of a pose. */
export function vfovDeg(pose: CameraPose): number {
  return (2 * Math.atan(Math.tan(radOf(pose.hfovDeg) / 2) / pose.aspect) * 180) / Math.PI;
}

/** Horizontal field of view at a zoom factor, from that at zoom 1. */
export function zoomedHfovDeg(hfovAtOneDeg: number, zoom: number): number {
  return (2 * Math.atan(Math.tan(radOf(hfovAtOneDeg) / 2) / zoom) * 180) / Math.PI;
}

/** Picture points on a metre at a slant range (EN 62676-4: 25 detect, 62 observe, 125 recognise, 250 identify). */
export function pixelsPerM(widthPx: number, hfovDeg: number, slantM: number): number {
  return widthPx / (2 * slantM * Math.tan(radOf(hfovDeg) / 2));
}

/** Highest pixels per metre anywhere in the picture over level ground (flight.md 7.5); 0 where no ground shows. */
export function nearestGroundPixelsPerM(pose: CameraPose, heightAboveGroundM: number, widthPx: number): number {
  const halfVfov = radOf(vfovDeg(pose)) / 2;
  const steepest = halfVfov - radOf(pose.pitchDeg);
  if (steepest <= 0) return 0;
  const slantM = heightAboveGroundM / Math.sin(Math.min(steepest, Math.PI / 2));
  return pixelsPerM(widthPx, pose.hfovDeg, slantM * Math.cos(halfVfov));
}
