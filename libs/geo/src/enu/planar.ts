import { degOf, radOf, wrap360Deg } from "./angle.js";
import type { EnuPoint } from "./point.js";

export function distanceM(from: EnuPoint, to: EnuPoint): number {
  const eastM = to.eastM - from.eastM;
  const northM = to.northM - from.northM;
  return Math.sqrt(eastM * eastM + northM * northM);
}

/** True bearing in [0, 360); 0 for coinciding points. */
export function bearingDeg(from: EnuPoint, to: EnuPoint): number {
  return wrap360Deg(degOf(Math.atan2(to.eastM - from.eastM, to.northM - from.northM)));
}

/** The point `distanceM` away in the given true direction. */
export function destination(from: EnuPoint, trackDeg: number, lengthM: number): EnuPoint {
  const track = radOf(trackDeg);
  return { eastM: from.eastM + lengthM * Math.sin(track), northM: from.northM + lengthM * Math.cos(track) };
}

/** Linear blend: 0 gives `from`, 1 gives `to`. */
export function between(from: EnuPoint, to: EnuPoint, share: number): EnuPoint {
  return {
    eastM: from.eastM + (to.eastM - from.eastM) * share,
    northM: from.northM + (to.northM - from.northM) * share,
  };
}

export function polylineLengthM(points: readonly EnuPoint[]): number {
  let lengthM = 0;
  let last: EnuPoint | undefined;
  for (const point of points) {
    if (last !== undefined) lengthM += distanceM(last, point);
    last = point;
  }
  return lengthM;
}
