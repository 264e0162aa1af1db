import { degOf, radOf, wrap180Deg } from "./angle.js";
import type { EnuPoint, LatLon } from "./point.js";

const SEMI_MAJOR_M = 6_378_137;
const ECCENTRICITY_SQ = 6.694_379_990_141_317e-3;

/** A local tangent frame: the same one must be used for every position of a site. */
export type LocalFrame = {
  readonly origin: LatLon;
  toLocal(point: LatLon): EnuPoint;
  toGeo(point: EnuPoint): LatLon;
};

/**
 * East and north of the WGS84 tangent plane at `origin`, of points on the ellipsoid. Height is carried beside it and
 * never mixed in, so a level flight stays level. Distances in the plane fall short of the geodesic by d³/6R²: 1 mm at
 * 6 km, 0.5 m at 50 km.
 * @throws RangeError when the origin is not a position between 89° south and 89° north
 */
export function localFrame(origin: LatLon): LocalFrame {
  if (!(Math.abs(origin.latDeg) <= 89 && Math.abs(origin.lonDeg) <= 180)) {
    throw new RangeError(`local frame origin must be |lat| ≤ 89°, |lon| ≤ 180°: ${origin.latDeg}, ${origin.lonDeg}`);
  }
  const sin0 = Math.sin(radOf(origin.latDeg));
  const cos0 = Math.cos(radOf(origin.latDeg));
  const normal0M = SEMI_MAJOR_M / Math.sqrt(1 - ECCENTRICITY_SQ * sin0 * sin0);
  const meridian0M = (normal0M * (1 - ECCENTRICITY_SQ)) / (1 - ECCENTRICITY_SQ * sin0 * sin0);
  const offsetM = normal0M * ECCENTRICITY_SQ * sin0 * cos0;
  const toLocal = (point: LatLon): EnuPoint => {
    const sin = Math.sin(radOf(point.latDeg));
    const cos = Math.cos(radOf(point.latDeg));
    const turn = radOf(wrap180Deg(point.lonDeg - origin.lonDeg));
    const normalM = SEMI_MAJOR_M / Math.sqrt(1 - ECCENTRICITY_SQ * sin * sin);
    const northM = cos0 * normalM * (1 - ECCENTRICITY_SQ) * sin - sin0 * normalM * cos * Math.cos(turn) + offsetM;
    return { eastM: normalM * cos * Math.sin(turn), northM };
  };
  const toGeo = (point: EnuPoint): LatLon => {
    let latRad = radOf(origin.latDeg);
    let turn = 0;
    // Newton with the origin's Jacobian: each round shrinks the error about a thousandfold within 10 km.
    for (let round = 0; round < 8; round++) {
      const guess = toLocal({ latDeg: degOf(latRad), lonDeg: origin.lonDeg + degOf(turn) });
      const missEastM = point.eastM - guess.eastM;
      const missNorthM = point.northM - guess.northM;
      latRad += missNorthM / meridian0M;
      turn += missEastM / (normal0M * cos0);
      if (Math.abs(missEastM) + Math.abs(missNorthM) < 1e-6) break;
    }
    return { latDeg: degOf(latRad), lonDeg: wrap180Deg(origin.lonDeg + degOf(turn)) };
  };
  return { origin, toLocal, toGeo };
}
