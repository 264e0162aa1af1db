import type { GeoPoint } from "@outrider/contract";
import { localFrame, pointInRing } from "@outrider/geo";

/** Whether a place is inside a polygon on the ground. */
export function insidePolygon(point: GeoPoint, ring: readonly GeoPoint[]): boolean {
  const frame = localFrame(point);
  return pointInRing(
    frame.toLocal(point),
    ring.map((corner) => frame.toLocal(corner)),
  );
}
