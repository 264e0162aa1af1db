import { distanceM, type EnuPoint } from "../enu/index.js";
import type { RoadLine } from "./line.js";
import { segmentTree } from "./segment-tree.js";

type Segment = { readonly line: number; readonly part: number; readonly a: EnuPoint; readonly b: EnuPoint };
/** A place where a line is cut: `part` is the segment's number, `share` the place on it. */
export type Split = { readonly part: number; readonly share: number; readonly at: EnuPoint };

/** A road that ends this near another one is taken to meet it: drawn ends often stop at the kerb. */
const MEET_M = 4;

/**
 * Finds where lines must be cut so that they join: at crossings on one level, and where one ends beside another.
 * Sources cut roads at tile edges and rarely share points at crossings.
 */
export function findSplits(lines: readonly RoadLine[]): Split[][] {
  const splits: Split[][] = lines.map(() => []);
  const segments = lines.flatMap((line, i) => segmentsOf(line, i));
  if (segments.length === 0) return splits;
  const tree = segmentTree(segments);
  const near = (a: EnuPoint, b: EnuPoint, marginM: number): number[] =>
    tree
      .search(
        Math.min(a.eastM, b.eastM) - marginM,
        Math.min(a.northM, b.northM) - marginM,
        Math.max(a.eastM, b.eastM) + marginM,
        Math.max(a.northM, b.northM) + marginM,
      )
      .sort((p, q) => p - q);
  segments.forEach((segment, i) => {
    for (const j of near(segment.a, segment.b, 0)) {
      const other = segments[j];
      if (other !== undefined && j > i && lines[segment.line]?.level === lines[other.line]?.level) {
        cross(segment, other, splits);
      }
    }
  });
  lines.forEach((line, i) => {
    for (const end of [line.points[0], line.points.at(-1)]) {
      if (end === undefined) continue;
      for (const j of near(end, end, MEET_M)) {
        const other = segments[j];
        if (other !== undefined && other.line !== i) meet(end, other, splits);
      }
    }
  });
  return splits;
}

function segmentsOf(line: RoadLine, index: number): Segment[] {
  return line.points.slice(1).flatMap((b, part) => {
    const a = line.points[part];
    return a === undefined || (a.eastM === b.eastM && a.northM === b.northM) ? [] : [{ line: index, part, a, b }];
  });
}

function cross(one: Segment, two: Segment, splits: Split[][]): void {
  // Neighbouring segments of one line share an end, which is no crossing.
  if (one.line === two.line && Math.abs(one.part - two.part) <= 1) return;
  const dE = one.b.eastM - one.a.eastM;
  const dN = one.b.northM - one.a.northM;
  const fE = two.b.eastM - two.a.eastM;
  const fN = two.b.northM - two.a.northM;
  const det = dE * fN - dN * fE;
  if (Math.abs(det) < 1e-9) return;
  const share = ((two.a.eastM - one.a.eastM) * fN - (two.a.northM - one.a.northM) * fE) / det;
  const other = ((two.a.eastM - one.a.eastM) * dN - (two.a.northM - one.a.northM) * dE) / det;
  if (share < 0 || share > 1 || other < 0 || other > 1) return;
  const at = { eastM: one.a.eastM + share * dE, northM: one.a.northM + share * dN };
  splits[one.line]?.push({ part: one.part, share, at });
  splits[two.line]?.push({ part: two.part, share: other, at });
}

function meet(end: EnuPoint, other: Segment, splits: Split[][]): void {
  const dE = other.b.eastM - other.a.eastM;
  const dN = other.b.northM - other.a.northM;
  const along = ((end.eastM - other.a.eastM) * dE + (end.northM - other.a.northM) * dN) / (dE * dE + dN * dN);
  const share = Math.min(1, Math.max(0, along));
  const at = { eastM: other.a.eastM + share * dE, northM: other.a.northM + share * dN };
  if (distanceM(end, at) <= MEET_M) splits[other.line]?.push({ part: other.part, share, at });
}
