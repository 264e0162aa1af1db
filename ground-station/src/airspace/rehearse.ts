import type { GeoPoint } from "@outrider/contract";
import { WIND_UNKNOWN } from "./energy.js";
import { makePlan } from "./plan.js";
import type { Site } from "./site.js";

/** Shares of the way from the middle of the site to each corner of its fence. */
const SHARES = [0.2, 0.35, 0.5, 0.6, 0.7, 0.8] as const;
const MOST_CORNERS = 8;

/**
 * Flights that nobody asked for, to be planned and forgotten: the first call after a start must not wait until
 * the machine has compiled what it takes to answer it. One by one, since each holds up the loop for a moment.
 */
export function rehearsals(site: Site): readonly (() => void)[] {
  const { config } = site;
  const corners = config.site.fence.inclusion.slice(0, MOST_CORNERS);
  const middle = meanOf(config.site.fence.inclusion);
  const aircraft = config.aircraft[0];
  const type = config.aircraftTypes[aircraft?.type ?? ""];
  const dock = config.docks.find((one) => one.dockId === aircraft?.dockId);
  if (type === undefined || dock === undefined) return [];
  const others = config.docks.filter((one) => one !== dock);
  return corners.flatMap((corner) =>
    SHARES.map((share) => () => {
      const scene = between(middle, corner, share);
      makePlan(site, { planId: "rehearsal", type, dock, others, scene, aloft: WIND_UNKNOWN });
    }),
  );
}

const meanOf = (points: readonly GeoPoint[]): GeoPoint => ({
  latDeg: points.reduce((sum, point) => sum + point.latDeg, 0) / points.length,
  lonDeg: points.reduce((sum, point) => sum + point.lonDeg, 0) / points.length,
});

const between = (a: GeoPoint, b: GeoPoint, share: number): GeoPoint => ({
  latDeg: a.latDeg + (b.latDeg - a.latDeg) * share,
  lonDeg: a.lonDeg + (b.lonDeg - a.lonDeg) * share,
});
