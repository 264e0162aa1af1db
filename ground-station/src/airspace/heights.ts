import { distanceM, type EnuPoint, type EnuPointAmsl } from "@outrider/geo";
import { clearHeight, pointsAlong } from "./lines.js";
import type { Site } from "./site.js";

const PIECE_M = 80;
const STEP_M = 5;
const MAX_POINTS = 40;

export type HeightLine = {
  readonly points: readonly EnuPointAmsl[];
  readonly maxAglM: number;
};

/** A piece of a way: heights of the ground under it, and the lowest at which roofs beside it are cleared. */
export type Piece = {
  readonly to: EnuPoint;
  readonly lowestGroundM: number;
  readonly highestGroundM: number;
  readonly clearAmslM: number;
};

/**
 * Heights for a way over the ground: at least `aglM` above the ground under each piece and clear of every roof beside
 * it, in steps of 5 m so that the aircraft does not follow each bump. One level height where the ceiling allows it.
 */
export function heightLine(
  site: Site,
  way: readonly EnuPoint[],
  aglM: number,
  under: readonly Piece[] = piecesOf(site, way),
): HeightLine {
  const pieces = under.map((piece) => ({
    ...piece,
    needAmslM: Math.max(piece.highestGroundM + aglM, piece.clearAmslM),
  }));
  const highestM = Math.max(...pieces.map((piece) => piece.needAmslM));
  const lowestGroundM = Math.min(...pieces.map((piece) => piece.lowestGroundM));
  const stepped = (needM: number): number => Math.ceil(needM / STEP_M) * STEP_M;
  const level = highestM - lowestGroundM <= site.ceilingAglM;
  const first = way[0] ?? { eastM: 0, northM: 0 };
  const points: EnuPointAmsl[] = [];
  for (let at = 0; at <= pieces.length; at++) {
    const point = at === 0 ? first : (pieces[at - 1]?.to ?? first);
    const needM = Math.max(pieces[at - 1]?.needAmslM ?? 0, pieces[at]?.needAmslM ?? 0);
    points.push({ ...point, altAmslM: level ? highestM : stepped(needM) });
  }
  const kept = thin(points, way);
  const maxAglM = Math.max(...points.map((point) => point.altAmslM - site.groundAmslM(point)));
  return { points: kept.length <= MAX_POINTS ? kept : points, maxAglM };
}

/** What lies under each piece of a way, whatever height it is flown at. */
export function piecesOf(site: Site, way: readonly EnuPoint[]): Piece[] {
  const pieces: Piece[] = [];
  way.forEach((corner, i) => {
    const before = way[i - 1];
    if (before === undefined) return;
    const steps = pointsAlong(before, corner, PIECE_M);
    steps.forEach((to, k) => {
      const from = steps[k - 1];
      if (from === undefined) return;
      const middle = { eastM: (from.eastM + to.eastM) / 2, northM: (from.northM + to.northM) / 2 };
      const grounds = [from, middle, to].map((point) => site.groundAmslM(point));
      pieces.push({
        to,
        lowestGroundM: Math.min(...grounds),
        highestGroundM: Math.max(...grounds),
        clearAmslM: clearHeight(site, from, to).altAmslM,
      });
    });
  });
  return pieces;
}

/** Leaves out what lies on a level line between two kept points; corners of the way always stay. */
function thin(points: readonly EnuPointAmsl[], way: readonly EnuPoint[]): EnuPointAmsl[] {
  return points.filter((point, i) => {
    const before = points[i - 1];
    const after = points[i + 1];
    if (before === undefined || after === undefined) return true;
    if (way.some((corner) => distanceM(corner, point) < 0.5)) return true;
    return point.altAmslM !== before.altAmslM || point.altAmslM !== after.altAmslM;
  });
}
