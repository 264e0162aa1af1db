import type { LevelPower } from "./reserve.js";

/** The airspeed of least energy per metre over ground in a headwind (negative: tailwind), by 0.1 m/s steps. */
export function bestRangeAirspeed(
  power: LevelPower,
  headwindMps: number,
  airspeedMaxMps: number,
): { readonly airspeedMps: number; readonly joulePerM: number } {
  let best = { airspeedMps: airspeedMaxMps, joulePerM: Number.POSITIVE_INFINITY };
  for (let tenths = 10; tenths <= Math.round(airspeedMaxMps * 10); tenths++) {
    const airspeedMps = tenths / 10;
    const groundSpeedMps = airspeedMps - headwindMps;
    if (groundSpeedMps <= 0) continue;
    const joulePerM = power(airspeedMps) / groundSpeedMps;
    if (joulePerM < best.joulePerM) best = { airspeedMps, joulePerM };
  }
  return best;
}
