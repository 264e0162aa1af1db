import { type Wind, windAlongTrack } from "../wind/index.js";

/** Quantiles of the wind on the way home: launch gates at 99.7 %, in flight 95 % (flight.md 1.7). */
export const Z_LAUNCH = 2.75;
export const Z_EN_ROUTE = 1.65;
const MODEL_MARGIN = 1.05;
const SECONDS_PER_HOUR = 3600;

/** Watts needed to hold an airspeed in level flight: the type's model, or the curve learnt for one tail number. */
export type LevelPower = (airspeedMps: number) => number;

/** Energy of one leg flown at an airspeed; Infinity where the wind does not let it make way. */
export function legEnergyWh(
  leg: HomeLeg,
  airspeedMps: number,
  power: LevelPower,
  wind: Wind,
  headwindExtraMps = 0,
): number {
  const { alongMps, crossMps } = windAlongTrack(wind, leg.trackDeg);
  if (Math.abs(crossMps) >= airspeedMps) return Number.POSITIVE_INFINITY;
  const groundSpeedMps = alongMps - headwindExtraMps + Math.sqrt(airspeedMps ** 2 - crossMps ** 2);
  if (groundSpeedMps <= 0) return Number.POSITIVE_INFINITY;
  return (power(airspeedMps) * leg.lengthM) / groundSpeedMps / SECONDS_PER_HOUR;
}

export const constantPowerWh = (powerW: number, seconds: number): number => (powerW * seconds) / SECONDS_PER_HOUR;

export type HomeLeg = { readonly lengthM: number; readonly trackDeg: number };

/** What it takes to come home from here. */
export type ReturnCase = {
  readonly legs: readonly HomeLeg[];
  readonly airspeedMps: number;
  readonly power: LevelPower;
  readonly wind: Wind;
  /** Standard deviation of the wind estimate; counted as headwind on every leg. */
  readonly windSigmaMps: number;
  readonly quantileZ: number;
  readonly hoverPowerW: number;
  /** Seconds of hover at home: landing, and waiting for the dock. */
  readonly hoverS: number;
  readonly climbPowerW: number;
  /** Seconds of climb to the return height, 0 where already there. */
  readonly climbS: number;
};

/** Energy to come home at the wind's quantile, 5 % model margin included; Infinity when home cannot be reached. */
export function returnEnergyWh(home: ReturnCase): number {
  const extraMps = home.quantileZ * home.windSigmaMps;
  let wh = constantPowerWh(home.hoverPowerW, home.hoverS) + constantPowerWh(home.climbPowerW, home.climbS);
  for (const leg of home.legs) wh += legEnergyWh(leg, home.airspeedMps, home.power, home.wind, extraMps);
  return wh * MODEL_MARGIN;
}

export type TurnState = {
  readonly energyWh: number;
  /** Energy that must still be there after landing (battery floor). */
  readonly floorWh: number;
  /** Reserve for the landing itself beyond the hover in `home`. */
  readonly landingWh: number;
  /** Power drawn while it stays (hover, orbit). */
  readonly stayPowerW: number;
  readonly home: ReturnCase;
};

/**
 * Seconds that the aircraft can stay where it is before it must turn for home (point of no return). 0: turn now.
 * Pass the lower of two battery estimates that disagree (flight.md 0.7).
 */
export function timeToMustTurnS(state: TurnState): number {
  const spareWh = state.energyWh - state.floorWh - state.landingWh - returnEnergyWh(state.home);
  if (!(spareWh > 0)) return 0;
  return state.stayPowerW > 0 ? (spareWh * SECONDS_PER_HOUR) / state.stayPowerW : Number.POSITIVE_INFINITY;
}

/** Metres out and back without a stay, with the wind along the leg (`headwindOutMps` positive on the way out). */
export function radiusOfActionM(
  energyWh: number,
  airspeedMps: number,
  power: LevelPower,
  headwindOutMps: number,
): number {
  const outMps = airspeedMps - headwindOutMps;
  const homeMps = airspeedMps + headwindOutMps;
  if (outMps <= 0 || homeMps <= 0) return 0;
  return (energyWh * SECONDS_PER_HOUR) / (power(airspeedMps) / outMps + power(airspeedMps) / homeMps);
}
