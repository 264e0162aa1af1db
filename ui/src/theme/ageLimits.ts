/** When a value is late and when it is lost, per stream, in ms. The one place that says so. */
export interface AgeLimit {
  readonly lateMs: number;
  readonly lostMs: number;
}

export type Stream =
  | "aircraft"
  | "video"
  | "phoneVideo"
  | "camera"
  | "dock"
  | "weather"
  | "officer"
  | "server"
  | "hotlist";

export const AGE_LIMITS: Readonly<Record<Stream, AgeLimit>> = {
  aircraft: { lateMs: 1000, lostMs: 3500 },
  video: { lateMs: 500, lostMs: 2000 },
  phoneVideo: { lateMs: 1000, lostMs: 3000 },
  camera: { lateMs: 1000, lostMs: 5000 },
  dock: { lateMs: 5000, lostMs: 15_000 },
  weather: { lateMs: 900_000, lostMs: 3_600_000 },
  officer: { lateMs: 10_000, lostMs: 60_000 },
  server: { lateMs: 1500, lostMs: 3000 },
  hotlist: { lateMs: 12 * 3_600_000, lostMs: 24 * 3_600_000 },
};

/** The four looks of a value. "never" is not "fine": nothing has ever been heard. */
export type Freshness = "live" | "late" | "lost" | "never";

/** Age in ms since capture, or undefined when there was never a value. */
export function freshness(ageMs: number | undefined, limit: AgeLimit): Freshness {
  if (ageMs === undefined || Number.isNaN(ageMs)) return "never";
  if (ageMs >= limit.lostMs) return "lost";
  return ageMs >= limit.lateMs ? "late" : "live";
}
