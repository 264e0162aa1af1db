import { formatDistance, formatHeight, formatSpeed, speedParts, type Units } from "./units.js";

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

/** The same formatters under the names that sentences use. */
export { formatDistance as distanceText, formatHeight as heightText, formatSpeed as speedText };

export function windText(speedMps: number, gustMps: number, fromDeg: number, units: Units): string {
  const [speed] = speedParts(speedMps, units);
  return `Wind ${compassPoint(fromDeg)} ${speed}, gusts ${speedParts(gustMps, units).join(" ")}`;
}

const POINTS = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"] as const;
export function compassPoint(deg: number): string {
  return POINTS[Math.round((((deg % 360) + 360) % 360) / 45) % 8] ?? "N";
}
