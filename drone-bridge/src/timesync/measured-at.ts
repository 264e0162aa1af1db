import type { ClockEstimate } from "./machine.js";

/** A frame is believed to have been on its way for at most this long. */
const longestWayMs = 5_000;
/** An estimate worse than this is no better than the time of arrival. */
const uselessMs = 500;

/**
 * When something was measured, by our clock, from the aircraft's own stamp (time_boot_ms). Never later than it arrived
 * and never more than 5 s before: a wrong clock on board makes nothing look fresh, and nothing look ancient.
 */
export function measuredAtMs(stampMs: number, arrivedMs: number, clock: ClockEstimate | undefined): number {
  if (clock === undefined || clock.uncertaintyMs > uselessMs || !Number.isFinite(stampMs)) return arrivedMs;
  const measuredMs = stampMs - clock.offsetMs;
  return Math.min(arrivedMs, Math.max(arrivedMs - longestWayMs, measuredMs));
}
