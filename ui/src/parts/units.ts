/** The units a person chose. Inside everything is SI; only this file turns it into feet, knots and miles. */
export type Units = "imperial" | "metric";

const FOOT_M = 0.3048;
const MILE_M = 1609.344;
const KNOT_MPS = 0.514444;

export type Figure = readonly [value: string, unit: string];

/** A height in m as a figure and its unit apart, for telemetry where the unit is small. */
export function heightParts(m: number, units: Units): Figure {
  return units === "imperial" ? [plain(m / FOOT_M), "ft"] : [plain(m), "m"];
}

/** A speed in m/s: knots, as in flight, or m/s. */
export function speedParts(mps: number, units: Units): Figure {
  return units === "imperial" ? [plain(mps / KNOT_MPS), "kt"] : [plain(mps), "m/s"];
}

/** A height in m: "186 ft", "57 m". */
export const formatHeight = (m: number, units: Units): string => heightParts(m, units).join(" ");

/** A way on the ground in m: feet in tens below 1000 ft, then miles; metres below 1 km, then km. */
export function formatDistance(m: number, units: Units): string {
  if (units === "metric") return m < 999.5 ? `${plain(m)} m` : `${(m / 1000).toFixed(1)} km`;
  const ft = Math.round(m / FOOT_M / 10) * 10;
  return ft < 1000 ? `${plain(ft)} ft` : `${(m / MILE_M).toFixed(2)} mi`;
}

/** A speed in m/s: "21 kt", "11 m/s". */
export const formatSpeed = (mps: number, units: Units): string => speedParts(mps, units).join(" ");

/** Whole figures without the minus of a rounded zero. */
const plain = (n: number): string => String(Math.round(n) + 0);
