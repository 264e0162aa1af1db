/** Seconds to camera on target, as measured (flight.md 2.1). Every number is configuration per type and dock. */
export type EtaProfile = {
  readonly dockS: number;
  readonly armS: number;
  readonly pointS: number;
  /** Height above the dock → seconds from arm to there, rising; linear between the lines and beyond the last two. */
  readonly climb: readonly ClimbRow[];
};
export type ClimbRow = { readonly heightM: number; readonly seconds: number };

/** PX4 with MPC_TKO_SPEED 3 and MPC_Z_V_AUTO_UP 5. */
export const CLIMB_TUNED: readonly ClimbRow[] = [
  { heightM: 0, seconds: 0 },
  { heightM: 10, seconds: 6 },
  { heightM: 20, seconds: 8.8 },
  { heightM: 30, seconds: 10.8 },
  { heightM: 40, seconds: 12.8 },
  { heightM: 50, seconds: 14.8 },
  { heightM: 55, seconds: 16.5 },
  { heightM: 60, seconds: 21.5 },
];
/** PX4 as it comes. */
export const CLIMB_DEFAULT: readonly ClimbRow[] = [
  { heightM: 0, seconds: 0 },
  { heightM: 10, seconds: 11 },
  { heightM: 20, seconds: 16.1 },
  { heightM: 30, seconds: 20.9 },
  { heightM: 50, seconds: 30.2 },
];
export const ETA_DEFAULT: EtaProfile = { dockS: 10, armS: 1.5, pointS: 1.5, climb: CLIMB_TUNED };

/** Seconds of climb to a height, from a table. */
export function climbTimeS(heightM: number, climb: readonly ClimbRow[] = CLIMB_TUNED): number {
  if (heightM <= 0) return 0;
  let low: ClimbRow = { heightM: 0, seconds: 0 };
  let high: ClimbRow | undefined;
  for (const row of climb) {
    if (row.heightM <= 0) continue;
    if (high !== undefined) low = high;
    high = row;
    if (row.heightM >= heightM) break;
  }
  if (high === undefined) return 0;
  return low.seconds + ((heightM - low.heightM) / (high.heightM - low.heightM)) * (high.seconds - low.seconds);
}

/** What acceleration and braking add to a leg at a ground speed. */
export const legOverheadS = (groundSpeedMps: number): number => groundSpeedMps / 2.8 + 1.8;

/** Seconds for a leg from standstill to standstill within 2 m; Infinity where it makes no way. */
export function legTimeS(lengthM: number, groundSpeedMps: number): number {
  if (lengthM <= 0) return 0;
  return groundSpeedMps > 0 ? lengthM / groundSpeedMps + legOverheadS(groundSpeedMps) : Number.POSITIVE_INFINITY;
}

/** Seconds that the camera is on target before the leg ends, when a slant range is enough to see. */
export function earlySightS(
  slantM: number,
  heightAboveTargetM: number,
  groundSpeedMps: number,
  pointS: number,
): number {
  if (groundSpeedMps <= 0 || slantM <= heightAboveTargetM) return 0;
  const horizontalM = Math.sqrt(slantM ** 2 - heightAboveTargetM ** 2);
  return Math.max(0, horizontalM / groundSpeedMps + groundSpeedMps / 5.6 - pointS);
}

export type EtaInput = {
  /** Path length and the seconds to fly it at constant speed (from `route`), so that wind and detours count. */
  readonly pathM: number;
  readonly cruiseS: number;
  readonly clearHeightM: number;
  readonly heightAboveTargetM: number;
  /** Slant at which the camera is good enough; 0 where only arrival counts. */
  readonly sightSlantM: number;
  /** Preflight checks and uploads run beside the dock's opening. */
  readonly preflightS: number;
};
export type EtaParts = {
  readonly readyS: number;
  readonly armS: number;
  readonly climbS: number;
  readonly legS: number;
  readonly earlyS: number;
  readonly arriveS: number;
  readonly cameraS: number;
};

/** The whole budget; `cameraS` is what the card shows, the parts are why. */
export function timeToCamera(input: EtaInput, profile: EtaProfile = ETA_DEFAULT): EtaParts {
  const readyS = Math.max(profile.dockS, input.preflightS);
  const climbS = climbTimeS(input.clearHeightM, profile.climb);
  const meanMps = input.cruiseS > 0 ? input.pathM / input.cruiseS : 0;
  const legS = input.cruiseS > 0 ? input.cruiseS + legOverheadS(meanMps) : 0;
  const earlyS = Math.min(legS, earlySightS(input.sightSlantM, input.heightAboveTargetM, meanMps, profile.pointS));
  const arriveS = readyS + profile.armS + climbS + legS;
  return { readyS, armS: profile.armS, climbS, legS, earlyS, arriveS, cameraS: arriveS - earlyS };
}
