import type { GeoPoint } from "@outrider/contract";
import { pointInRing } from "@outrider/geo";

/** Zones are small: straight lines between their corners are straight in degrees as well. */
const flat = ({ latDeg, lonDeg }: GeoPoint) => ({ eastM: lonDeg, northM: latDeg });

/** Name of the first zone that holds a place. */
export const zoneAt = (
  point: GeoPoint,
  zones: readonly { readonly name: string; readonly ring: readonly GeoPoint[] }[],
): string | undefined => zones.find(({ ring }) => pointInRing(flat(point), ring.map(flat)))?.name;
