import type { Incident } from "./incident-state.js";

export type ClockStatistics = {
  readonly count: number;
  /** Undefined when that share of the calls never got a camera: a time that was not reached must not look short. */
  readonly medianS: number | undefined;
  readonly p90S: number | undefined;
};

/** Seconds from the event to the camera on target; undefined where no camera came. */
export const secondsToCamera = (incident: Incident): number | undefined =>
  incident.clock.cameraOnTargetMs === undefined
    ? undefined
    : (incident.clock.cameraOnTargetMs - incident.clock.alertMs) / 1000;

/**
 * Median and 90th percentile over all calls for which something was proposed or refused. Those where no camera came
 * count as infinitely late: leaving refused and aborted launches out would make a bad month look good.
 */
export function clockStatistics(incidents: Iterable<Incident>): ClockStatistics {
  const seconds = [...incidents]
    .filter((incident) => incident.clock.proposedMs !== undefined || incident.outcome !== "open")
    .map((incident) => secondsToCamera(incident) ?? Number.POSITIVE_INFINITY)
    .sort((a, b) => a - b);
  const at = (share: number): number | undefined => {
    const value = seconds[Math.min(seconds.length - 1, Math.ceil(share * seconds.length) - 1)];
    return value === undefined || value === Number.POSITIVE_INFINITY ? undefined : value;
  };
  return { count: seconds.length, medianS: at(0.5), p90S: at(0.9) };
}
