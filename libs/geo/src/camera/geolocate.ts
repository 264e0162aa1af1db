import { degOf, type EnuPointAmsl, wrap360Deg } from "../enu/index.js";
import { type CastOptions, castRay, type SurfaceFn } from "./cast.js";
import { type ErrorEllipse, ellipseOf, type GroundCovariance, SIGMA_TO_90 } from "./ellipse.js";
import { type CameraPose, type PicturePoint, rayThroughPixel } from "./pose.js";

/** One-sigma errors of what a click rests on (correlation.md section 5). Learn them per airframe. */
export type PoseSigmas = {
  readonly rollDeg: number;
  readonly pitchDeg: number;
  readonly yawDeg: number;
  readonly horizontalM: number;
  readonly heightM: number;
  readonly groundM: number;
  readonly timeS: number;
  readonly hfovShare: number;
  readonly pixelShare: number;
};
export const SIGMAS_DEFAULT: PoseSigmas = {
  rollDeg: 0.5,
  pitchDeg: 0.5,
  yawDeg: 1.5,
  horizontalM: 1.5,
  heightM: 2.5,
  groundM: 1,
  timeS: 0.04,
  hfovShare: 0.01,
  pixelShare: 0.001,
};

export type GeolocateOptions = CastOptions & {
  /** Ground alone, for the slope at the place that was hit; level where absent. */
  readonly ground?: SurfaceFn;
  /** Speed over ground: what a wrong time of the frame costs. */
  readonly velocity?: { readonly eastMps: number; readonly northMps: number };
  readonly minDepressionDeg?: number;
  readonly maxSemiMajor90M?: number;
};

export type GroundFix =
  | {
      readonly kind: "fix";
      readonly point: EnuPointAmsl;
      readonly slantM: number;
      readonly depressionDeg: number;
      readonly covariance: GroundCovariance;
      readonly ellipse: ErrorEllipse;
    }
  /** Ground is hit, but so flat that the place would be kilometres uncertain: show a sector instead. */
  | {
      readonly kind: "tooShallow";
      readonly bearingDeg: number;
      readonly depressionDeg: number;
      readonly nearestM: number;
    }
  | { readonly kind: "noGround"; readonly bearingDeg: number };

/** The place on the ground (or roof) under a picture point, with its error; refuses what no one should rely on. */
export function pixelToGround(
  pose: CameraPose,
  sigmas: PoseSigmas,
  pixel: PicturePoint,
  surface: SurfaceFn,
  options: GeolocateOptions,
): GroundFix {
  const ray = rayThroughPixel(pose, pixel);
  const rayBearingDeg = wrap360Deg(degOf(Math.atan2(ray.east, ray.north)));
  const depressionDeg = -degOf(Math.asin(Math.max(-1, Math.min(1, ray.up))));
  const hit = castRay(pose, ray, surface, options);
  if (hit === undefined) return { kind: "noGround", bearingDeg: rayBearingDeg };
  const shallow = { kind: "tooShallow", bearingDeg: rayBearingDeg, depressionDeg, nearestM: hit.slantM } as const;
  if (depressionDeg < (options.minDepressionDeg ?? 15)) return shallow;
  const covariance = groundCovariance(pose, sigmas, pixel, hit, options);
  if (covariance === undefined) return shallow;
  const ellipse = ellipseOf(covariance);
  if (ellipse.semiMajorM * SIGMA_TO_90 > (options.maxSemiMajor90M ?? 75)) return shallow;
  const point = { eastM: hit.eastM, northM: hit.northM, altAmslM: hit.altAmslM };
  return { kind: "fix", point, slantM: hit.slantM, depressionDeg, covariance, ellipse };
}

/** A plane through the place that was hit, with the ground's slope there. */
type Plane = EnuPointAmsl & { readonly slopeEast: number; readonly slopeNorth: number };
const SLOPE_BASE_M = 5;

function planeAt(hit: EnuPointAmsl, ground: SurfaceFn | undefined): Plane {
  if (ground === undefined || Math.abs(hit.altAmslM - ground(hit.eastM, hit.northM)) > 1) {
    return { ...hit, slopeEast: 0, slopeNorth: 0 };
  }
  const { eastM, northM } = hit;
  return {
    ...hit,
    slopeEast: (ground(eastM + SLOPE_BASE_M, northM) - ground(eastM - SLOPE_BASE_M, northM)) / (2 * SLOPE_BASE_M),
    slopeNorth: (ground(eastM, northM + SLOPE_BASE_M) - ground(eastM, northM - SLOPE_BASE_M)) / (2 * SLOPE_BASE_M),
  };
}

function onPlane(pose: CameraPose, pixel: PicturePoint, plane: Plane) {
  const ray = rayThroughPixel(pose, pixel);
  const sink = ray.up - ray.east * plane.slopeEast - ray.north * plane.slopeNorth;
  const gapM =
    plane.altAmslM +
    plane.slopeEast * (pose.eastM - plane.eastM) +
    plane.slopeNorth * (pose.northM - plane.northM) -
    pose.altAmslM;
  const lengthM = gapM / sink;
  if (!(lengthM > 0) || sink >= 0) return undefined;
  return { eastM: pose.eastM + ray.east * lengthM, northM: pose.northM + ray.north * lengthM };
}

/** First-order error by central differences at the measured pose; undefined where a varied ray misses the plane. */
function groundCovariance(
  pose: CameraPose,
  sigmas: PoseSigmas,
  pixel: PicturePoint,
  hit: EnuPointAmsl,
  options: GeolocateOptions,
): GroundCovariance | undefined {
  const plane = planeAt(hit, options.ground);
  let [ee, en, nn] = [0, 0, 0];
  for (const vary of variations(pose, sigmas, pixel, options)) {
    const more = onPlane(...vary(1), plane);
    const less = onPlane(...vary(-1), plane);
    if (more === undefined || less === undefined) return undefined;
    const dE = (more.eastM - less.eastM) / 2;
    const dN = (more.northM - less.northM) / 2;
    ee += dE * dE;
    en += dE * dN;
    nn += dN * dN;
  }
  return { ee, en, nn };
}

type Variation = (sign: 1 | -1) => [CameraPose, PicturePoint];

function variations(pose: CameraPose, s: PoseSigmas, pixel: PicturePoint, options: GeolocateOptions): Variation[] {
  const turned = (change: (sign: number) => Partial<CameraPose>): Variation => {
    return (sign) => [{ ...pose, ...change(sign) }, pixel];
  };
  // Height of the aircraft and of the ground act alike on the ray: only their difference counts.
  const heightM = Math.hypot(s.heightM, s.groundM);
  const eastM = (options.velocity?.eastMps ?? 0) * s.timeS;
  const northM = (options.velocity?.northMps ?? 0) * s.timeS;
  return [
    turned((k) => ({ rollDeg: pose.rollDeg + k * s.rollDeg })),
    turned((k) => ({ pitchDeg: pose.pitchDeg + k * s.pitchDeg })),
    turned((k) => ({ yawDeg: pose.yawDeg + k * s.yawDeg })),
    turned((k) => ({ eastM: pose.eastM + k * s.horizontalM })),
    turned((k) => ({ northM: pose.northM + k * s.horizontalM })),
    turned((k) => ({ altAmslM: pose.altAmslM + k * heightM })),
    turned((k) => ({ eastM: pose.eastM + k * eastM, northM: pose.northM + k * northM })),
    turned((k) => ({ hfovDeg: pose.hfovDeg * (1 + k * s.hfovShare) })),
    (sign) => [pose, { u: pixel.u + sign * s.pixelShare, v: pixel.v }],
    (sign) => [pose, { u: pixel.u, v: pixel.v + sign * s.pixelShare * pose.aspect }],
  ];
}
