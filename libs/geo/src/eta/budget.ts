/** Seconds to camera on target, as measured (flight.md 2.1). Every number is configuration per type and dock. */
export type EtaProfile = {
  readonly dockS: number;
  readonly armS: number;
  readonly pointS: number;
  readonly climb: ClimbProfile;
};
export type ClimbRow = { readonly heightM: number; readonly seconds: number };
/** A climb by the autopilot's own take-off, spool-up and thrust ramp included. */
export type ClimbProfile = {
  /** Height above the dock → seconds from arm to passing it, rising; linear between the rows and beyond the last two. */
  readonly rows: readonly ClimbRow[];
  /** What it takes longer to stop at a height than to pass it: the last 5 m of 60 cost 5 s at 5 m/s. */
  readonly levelOffS: number;
};

/** PX4 with MPC_TKO_SPEED 3 and MPC_Z_V_AUTO_UP 5: level at 60 m after 21.5 s. */
export const CLIMB_TUNED: ClimbProfile = {
  rows: [
    { heightM: 0, seconds: 0 },
    { heightM: 10, seconds: 6 },
    { heightM: 20, seconds: 8.8 },
    { heightM: 30, seconds: 10.8 },
    { heightM: 40, seconds: 12.8 },
    { heightM: 50, seconds: 14.8 },
  ],
  levelOffS: 4.7,
};
/** PX4 as it comes, 1.5 and 3 m/s: level at 30 m after 20.7 to 23 s, at 60 m after 34, at 100 m after 48. */
export const CLIMB_DEFAULT: ClimbProfile = {
  rows: [
    { heightM: 0, seconds: 0 },
    { heightM: 10, seconds: 11 },
    { heightM: 20, seconds: 16.1 },
    { heightM: 30, seconds: 20.9 },
    { heightM: 50, seconds: 29.2 },
    { heightM: 60, seconds: 32.7 },
    { heightM: 100, seconds: 46.3 },
  ],
  levelOffS: 1.7,
};
export const ETA_DEFAULT: EtaProfile = { dockS: 10, armS: 1.5, pointS: 1.5, climb: CLIMB_TUNED };

const between = (value: number, low: number, high: number): number =>
  Math.min(1, Math.max(0, (value - low) / (high - low)));

/**
 * The climb of an autopilot set to a take-off speed (MPC_TKO_SPEED) and a climb speed (MPC_Z_V_AUTO_UP): between the
 * two that were measured by whichever speed is the slower one's; beyond them the nearer one, since none was flown.
 */
export function climbProfile(takeoffMps: number, climbMps: number): ClimbProfile {
  const share = Math.min(between(takeoffMps, 1.5, 3), between(climbMps, 3, 5));
  const mix = (slow: number, fast: number): number => slow + (fast - slow) * share;
  return {
    rows: CLIMB_DEFAULT.rows.map(({ heightM, seconds }) => ({
      heightM,
      seconds: mix(seconds, climbTimeS(heightM, CLIMB_TUNED)),
    })),
    levelOffS: mix(CLIMB_DEFAULT.levelOffS, CLIMB_TUNED.levelOffS),
  };
}

/** Seconds from arm to passing a height. */
export function climbTimeS(heightM: number, climb: ClimbProfile = CLIMB_TUNED): number {
  if (heightM <= 0) return 0;
  let low: ClimbRow = { heightM: 0, seconds: 0 };
  let high: ClimbRow | undefined;
  for (const row of climb.rows) {
    if (row.heightM <= 0) continue;
    if (high !== undefined) low = high;
    high = row;
    if (row.heightM >= heightM) break;
  }
  if (high === undefined) return 0;
  return low.seconds + ((heightM - low.heightM) / (high.heightM - low.heightM)) * (high.seconds - low.seconds);
}

/** Seconds from arm until it stands level at a height and can turn to its way. */
export const climbDoneS = (heightM: number, climb: ClimbProfile = CLIMB_TUNED): number =>
  heightM <= 0 ? 0 : climbTimeS(heightM, climb) + climb.levelOffS;

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
  endRadiusM = 0,
): number {
  if (groundSpeedMps <= 0 || slantM <= heightAboveTargetM) return 0;
  const beforeEndM = Math.sqrt(slantM ** 2 - heightAboveTargetM ** 2) - endRadiusM;
  return beforeEndM <= 0 ? 0 : Math.max(0, beforeEndM / groundSpeedMps + groundSpeedMps / 5.6 - pointS);
}

const DECEL_MPS2 = 2;
const SETTLE_S = 1.8;

/** Seconds that the last metres of a leg take, braking and settling included. */
export function lastMetresS(metres: number, groundSpeedMps: number): number {
  if (metres <= 0 || groundSpeedMps <= 0) return 0;
  const brakingM = groundSpeedMps ** 2 / (2 * DECEL_MPS2);
  const brakingS = Math.sqrt((2 * Math.min(metres, brakingM)) / DECEL_MPS2);
  return SETTLE_S + brakingS + Math.max(0, metres - brakingM) / groundSpeedMps;
}

export type EtaInput = {
  /** Path length and the seconds to fly it at constant speed (from `route`), so that wind and detours count. */
  readonly pathM: number;
  readonly cruiseS: number;
  readonly clearHeightM: number;
  readonly heightAboveTargetM: number;
  /** Slant at which the camera is good enough; 0 where nothing turns it, so that only arrival counts. */
  readonly sightSlantM: number;
  /** Preflight checks and uploads run beside the dock's opening. */
  readonly preflightS: number;
  /** Distance of the leg's end from the target: the circle's radius where it ends on a circle. */
  readonly endRadiusM?: number;
  /** It counts as there this far before the leg's end. */
  readonly doneBeforeM?: number;
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
  const climbS = climbDoneS(input.clearHeightM, profile.climb);
  const meanMps = input.cruiseS > 0 ? input.pathM / input.cruiseS : 0;
  const legS = input.cruiseS > 0 ? input.cruiseS + legOverheadS(meanMps) : 0;
  const sightS = earlySightS(input.sightSlantM, input.heightAboveTargetM, meanMps, profile.pointS, input.endRadiusM);
  const earlyS = Math.min(legS, Math.max(sightS, lastMetresS(input.doneBeforeM ?? 0, meanMps)));
  const arriveS = readyS + profile.armS + climbS + legS;
  return { readyS, armS: profile.armS, climbS, legS, earlyS, arriveS, cameraS: arriveS - earlyS };
}
