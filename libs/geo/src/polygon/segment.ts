import type { EnuPoint } from "../enu/index.js";

/** Distance from a point to the segment a–b. */
export function distanceToSegmentM(point: EnuPoint, a: EnuPoint, b: EnuPoint): number {
  const dE = b.eastM - a.eastM;
  const dN = b.northM - a.northM;
  const lengthSq = dE * dE + dN * dN;
  const along = lengthSq === 0 ? 0 : ((point.eastM - a.eastM) * dE + (point.northM - a.northM) * dN) / lengthSq;
  const share = Math.min(1, Math.max(0, along));
  // Math.hypot is several times slower, and this is asked for every leg of every route.
  const offE = point.eastM - a.eastM - share * dE;
  const offN = point.northM - a.northM - share * dN;
  return Math.sqrt(offE * offE + offN * offN);
}

const side = (a: EnuPoint, b: EnuPoint, p: EnuPoint): number =>
  (b.eastM - a.eastM) * (p.northM - a.northM) - (b.northM - a.northM) * (p.eastM - a.eastM);

/** Whether two segments share a point; touching counts. */
export function segmentsTouch(a: EnuPoint, b: EnuPoint, c: EnuPoint, d: EnuPoint): boolean {
  const s1 = side(a, b, c);
  const s2 = side(a, b, d);
  const s3 = side(c, d, a);
  const s4 = side(c, d, b);
  if (((s1 > 0 && s2 < 0) || (s1 < 0 && s2 > 0)) && ((s3 > 0 && s4 < 0) || (s3 < 0 && s4 > 0))) return true;
  return (
    (s1 === 0 && distanceToSegmentM(c, a, b) === 0) ||
    (s2 === 0 && distanceToSegmentM(d, a, b) === 0) ||
    (s3 === 0 && distanceToSegmentM(a, c, d) === 0) ||
    (s4 === 0 && distanceToSegmentM(b, c, d) === 0)
  );
}

/** Smallest distance between two segments; 0 where they touch. */
export function segmentDistanceM(a: EnuPoint, b: EnuPoint, c: EnuPoint, d: EnuPoint): number {
  if (segmentsTouch(a, b, c, d)) return 0;
  return Math.min(
    distanceToSegmentM(a, c, d),
    distanceToSegmentM(b, c, d),
    distanceToSegmentM(c, a, b),
    distanceToSegmentM(d, a, b),
  );
}
