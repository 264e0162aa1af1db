/** Braking as measured on PX4 (flight.md 6.1). */
export type Braking = { readonly decelMps2: number; readonly jerkMps3: number };
export const BRAKING_MEASURED: Braking = { decelMps2: 2.6, jerkMps3: 4 };

/** Metres from the decision to standstill. */
export function stopDistanceM(speedMps: number, latencyS: number, braking: Braking = BRAKING_MEASURED): number {
  const { decelMps2, jerkMps3 } = braking;
  return speedMps ** 2 / (2 * decelMps2) + (speedMps * decelMps2) / (2 * jerkMps3) + speedMps * latencyS;
}

const GNSS_M = 3;
const MAP_M = 1;
const HOLD_M = 3;
const GUST_M = 5;

/** How far inside the legal edge the uploaded fence must lie, with one second of latency. */
export function contingencyBufferM(speedMps: number): number {
  return GNSS_M + MAP_M + HOLD_M + stopDistanceM(speedMps, 1) + GUST_M;
}
