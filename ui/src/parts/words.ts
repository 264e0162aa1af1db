/** How numbers are said on a desk. Inside everything is SI; this is the only place that turns it into words. */
export type Units = "imperial" | "metric";

const FOOT_M = 0.3048;
const MILE_M = 1609.344;
const KNOT_MPS = 0.514444;

/** `m:ss`, or `h:mm:ss` from an hour on. Negative counts as 0. */
export function clockSpan(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  const mm = Math.floor(s / 60) % 60;
  const ss = String(s % 60).padStart(2, "0");
  const h = Math.floor(s / 3600);
  return h > 0 ? `${h}:${String(mm).padStart(2, "0")}:${ss}` : `${mm}:${ss}`;
}

/** Seconds below two minutes, `m:ss` above: "52 s", "3:10". */
export function shortSpan(seconds: number): string {
  return seconds < 120 ? `${Math.max(0, Math.round(seconds))} s` : clockSpan(seconds);
}

/** An age as it stands beside a value: tenths below ten seconds. */
export function ageText(ageMs: number): string {
  const s = Math.max(0, ageMs) / 1000;
  return s < 10 ? `${s.toFixed(1)} s` : shortSpan(s);
}

/** Time of day on the desk's clock, `21:14:32`. */
export function timeOfDay(tMs: number): string {
  const d = new Date(tMs);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
}

export function heightText(m: number, units: Units): string {
  return units === "imperial" ? `${Math.round(m / FOOT_M)} ft` : `${Math.round(m)} m`;
}

/** Figure and unit apart, for telemetry where the unit is small. */
export function heightParts(m: number, units: Units): readonly [string, string] {
  return units === "imperial" ? [String(Math.round(m / FOOT_M)), "ft"] : [String(Math.round(m)), "m"];
}

export function distanceText(m: number, units: Units): string {
  if (units === "metric") return m < 1000 ? `${Math.round(m)} m` : `${(m / 1000).toFixed(1)} km`;
  const ft = m / FOOT_M;
  return ft < 1000 ? `${Math.round(ft / 10) * 10} ft` : `${(m / MILE_M).toFixed(2)} mi`;
}

export function windText(speedMps: number, gustMps: number, fromDeg: number, units: Units): string {
  const unit = units === "imperial" ? KNOT_MPS : 1;
  const name = units === "imperial" ? "kt" : "m/s";
  return `Wind ${compassPoint(fromDeg)} ${Math.round(speedMps / unit)}, gusts ${Math.round(gustMps / unit)} ${name}`;
}

const POINTS = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"] as const;
export function compassPoint(deg: number): string {
  return POINTS[Math.round((((deg % 360) + 360) % 360) / 45) % 8] ?? "N";
}
