import { distanceM, type EnuPoint } from "../enu/index.js";
import { distanceToEdgeM, pointInRing, type Ring, segmentToRingM } from "./ring.js";
import { distanceToSegmentM } from "./segment.js";

/** An area on the map: exclusion or privacy zone, fence, obstacle. */
export type Zone =
  | { readonly kind: "polygon"; readonly ring: Ring }
  | { readonly kind: "circle"; readonly centre: EnuPoint; readonly radiusM: number };

/** Distance from a point to a zone's edge, negative inside. */
export function signedDistanceToZoneM(point: EnuPoint, zone: Zone): number {
  switch (zone.kind) {
    case "circle":
      return distanceM(point, zone.centre) - zone.radiusM;
    case "polygon": {
      const edgeM = distanceToEdgeM(point, zone.ring);
      return pointInRing(point, zone.ring) ? -edgeM : edgeM;
    }
  }
}

/** Distance from a segment to a zone; 0 where the segment touches or enters it. */
export function segmentToZoneM(from: EnuPoint, to: EnuPoint, zone: Zone): number {
  switch (zone.kind) {
    case "circle":
      return Math.max(0, distanceToSegmentM(zone.centre, from, to) - zone.radiusM);
    case "polygon":
      return segmentToRingM(from, to, zone.ring);
  }
}

/** For exclusion: the edge and everything nearer than `marginM` to it count as inside. */
export function insideExclusion(point: EnuPoint, zone: Zone, marginM = 0): boolean {
  return signedDistanceToZoneM(point, zone) <= marginM;
}

/** For inclusion (a fence one must stay in): the edge and the last `marginM` before it count as outside. */
export function insideInclusion(point: EnuPoint, zone: Zone, marginM = 0): boolean {
  return signedDistanceToZoneM(point, zone) < -marginM;
}

/** Whether a straight flight keeps more than `marginM` from a zone. */
export function segmentClearsZone(from: EnuPoint, to: EnuPoint, zone: Zone, marginM = 0): boolean {
  const gapM = segmentToZoneM(from, to, zone);
  return gapM > 0 && gapM >= marginM;
}

/** Points of a circle's outline that lie outside of it: sides touch the circle, so that the ring contains it. */
export function circleRing(centre: EnuPoint, radiusM: number, corners = 24): EnuPoint[] {
  const outerM = radiusM / Math.cos(Math.PI / corners);
  return Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners;
    return { eastM: centre.eastM + outerM * Math.cos(angle), northM: centre.northM + outerM * Math.sin(angle) };
  });
}
