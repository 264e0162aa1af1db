import { bearingDeg, between, type EnuPoint } from "@outrider/geo";
import type { Lane } from "./lanes.js";

export type LanePlace = { readonly eastM: number; readonly northM: number; readonly headingDeg: number };

/** A way through a junction from a stop line to where the next lane is clear: a curve through `by`. */
type Curve = { readonly from: EnuPoint; readonly by: EnuPoint; readonly to: EnuPoint };

/** Where vehicles are on the ground: along a lane, and in a curve from one lane to the next. */
export class LanePlaces {
  readonly #curves = new Map<number, Map<number, Curve>>();

  /** `cameFrom` and `next` are the lanes before and after, where they are known. */
  at(lane: Lane, progressM: number, cameFrom: Lane | undefined, next: Lane | undefined): LanePlace {
    if (cameFrom !== undefined && progressM < lane.clearM) {
      const behindM = cameFrom.lengthM - cameFrom.stopM;
      return onCurve(this.#curve(cameFrom, lane), (behindM + progressM) / (behindM + lane.clearM));
    }
    if (next !== undefined && progressM > lane.stopM) {
      const wholeM = lane.lengthM - lane.stopM + next.clearM;
      return onCurve(this.#curve(lane, next), (progressM - lane.stopM) / wholeM);
    }
    return onLane(lane, progressM);
  }

  #curve(lane: Lane, next: Lane): Curve {
    let from = this.#curves.get(lane.id);
    if (from === undefined) {
      from = new Map();
      this.#curves.set(lane.id, from);
    }
    let curve = from.get(next.id);
    if (curve === undefined) {
      curve = curveOf(lane, next);
      from.set(next.id, curve);
    }
    return curve;
  }
}

/** The middle of the lane at so many metres; clamped to its ends. */
export function onLane(lane: Lane, progressM: number): LanePlace {
  const { line, atM } = lane;
  let i = 1;
  while (i < atM.length - 1 && (atM[i] ?? 0) < progressM) i++;
  const [startM, endM] = [atM[i - 1] ?? 0, atM[i] ?? 0];
  const a = line[i - 1] ?? { eastM: 0, northM: 0 };
  const b = line[i] ?? a;
  const share = endM > startM ? Math.min(1, Math.max(0, (progressM - startM) / (endM - startM))) : 0;
  const point = between(a, b, share);
  return { eastM: point.eastM, northM: point.northM, headingDeg: bearingDeg(a, b) };
}

function curveOf(lane: Lane, next: Lane): Curve {
  const from = onLane(lane, lane.stopM);
  const to = onLane(next, next.clearM);
  return { from, to, by: whereTheyMeet(from, to) ?? between(from, to, 0.5) };
}

/** Where the tangents of both ends cross, ahead of the first and behind the second; undefined for a straight way. */
function whereTheyMeet(from: LanePlace, to: LanePlace): EnuPoint | undefined {
  const a = unit(from.headingDeg);
  const b = unit(to.headingDeg);
  const cross = a.eastM * b.northM - a.northM * b.eastM;
  if (Math.abs(cross) < 0.2) return undefined;
  const dE = to.eastM - from.eastM;
  const dN = to.northM - from.northM;
  const alongA = (dE * b.northM - dN * b.eastM) / cross;
  const alongB = (dE * a.northM - dN * a.eastM) / cross;
  if (alongA < 0 || alongB > 0) return undefined;
  return { eastM: from.eastM + a.eastM * alongA, northM: from.northM + a.northM * alongA };
}

function unit(headingDeg: number): EnuPoint {
  const rad = (headingDeg * Math.PI) / 180;
  return { eastM: Math.sin(rad), northM: Math.cos(rad) };
}

function onCurve({ from, by, to }: Curve, share: number): LanePlace {
  const t = Math.min(1, Math.max(0, share));
  const a = between(from, by, t);
  const b = between(by, to, t);
  const point = between(a, b, t);
  return { eastM: point.eastM, northM: point.northM, headingDeg: bearingDeg(a, b) };
}
