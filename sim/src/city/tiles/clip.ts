import type { EnuPoint } from "@outrider/geo";

/** A box to cut at, in the same units as the points. */
export type Box = { readonly min: number; readonly max: number };
/** A box whose sides differ. */
export type Bounds = { readonly xMin: number; readonly xMax: number; readonly yMin: number; readonly yMax: number };
export type TilePoint = { readonly x: number; readonly y: number };

type Side = {
  readonly keeps: (p: TilePoint) => boolean;
  readonly cut: (a: TilePoint, b: TilePoint) => TilePoint;
};

function sidesOf(box: Box | Bounds): Side[] {
  const { xMin, xMax, yMin, yMax } =
    "min" in box ? { xMin: box.min, xMax: box.max, yMin: box.min, yMax: box.max } : box;
  const atX = (limit: number) => (a: TilePoint, b: TilePoint) => ({
    x: limit,
    y: a.y + ((limit - a.x) / (b.x - a.x)) * (b.y - a.y),
  });
  const atY = (limit: number) => (a: TilePoint, b: TilePoint) => ({
    x: a.x + ((limit - a.y) / (b.y - a.y)) * (b.x - a.x),
    y: limit,
  });
  return [
    { keeps: (p) => p.x >= xMin, cut: atX(xMin) },
    { keeps: (p) => p.x <= xMax, cut: atX(xMax) },
    { keeps: (p) => p.y >= yMin, cut: atY(yMin) },
    { keeps: (p) => p.y <= yMax, cut: atY(yMax) },
  ];
}

/** Polygon cut to a box (Sutherland and Hodgman): neighbouring tiles then share an edge instead of overlapping. */
export function clipRing(ring: readonly TilePoint[], box: Box | Bounds): TilePoint[] {
  let points = [...ring];
  for (const side of sidesOf(box)) {
    const kept: TilePoint[] = [];
    let last = points.at(-1);
    for (const point of points) {
      if (last !== undefined && side.keeps(last) !== side.keeps(point)) kept.push(side.cut(last, point));
      if (side.keeps(point)) kept.push(point);
      last = point;
    }
    points = kept;
  }
  return points;
}

/** Line cut to a box; it may fall into several pieces. */
export function clipLine(line: readonly TilePoint[], box: Box | Bounds): TilePoint[][] {
  let pieces = [[...line]];
  for (const side of sidesOf(box)) pieces = pieces.flatMap((piece) => clipAtSide(piece, side));
  return pieces;
}

function clipAtSide(line: readonly TilePoint[], side: Side): TilePoint[][] {
  const pieces: TilePoint[][] = [];
  let current: TilePoint[] = [];
  let last: TilePoint | undefined;
  for (const point of line) {
    if (last !== undefined && side.keeps(last) !== side.keeps(point)) current.push(side.cut(last, point));
    if (side.keeps(point)) current.push(point);
    else if (current.length > 0) {
      pieces.push(current);
      current = [];
    }
    last = point;
  }
  pieces.push(current);
  return pieces.filter((piece) => piece.length >= 2);
}

/** Flattened whole decimetres, repeated points left out. */
export function flatDm(points: readonly EnuPoint[]): number[] {
  const flat: number[] = [];
  for (const { eastM, northM } of points) {
    // Adding 0 turns -0 into 0, which JSON would otherwise not give back.
    const eastDm = Math.round(eastM * 10) + 0;
    const northDm = Math.round(northM * 10) + 0;
    if (flat.at(-2) !== eastDm || flat.at(-1) !== northDm) flat.push(eastDm, northDm);
  }
  return flat;
}

/** Like `flatDm`, for a ring: the last point is not the first again. Empty where fewer than three points are left. */
export function flatRingDm(points: readonly EnuPoint[]): number[] {
  const flat = flatDm(points);
  while (flat.length > 2 && flat[0] === flat.at(-2) && flat[1] === flat.at(-1)) flat.splice(-2);
  return flat.length >= 6 ? flat : [];
}
