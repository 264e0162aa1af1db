/** Twice the signed area of a flattened ring: positive when counter-clockwise. */
export function ringArea2(xy: Float64Array): number {
  let sum = 0;
  const n = xy.length / 2;
  for (let i = 0, j = n - 1; i < n; j = i++) {
    sum += (xy[2 * j] ?? 0) * (xy[2 * i + 1] ?? 0) - (xy[2 * i] ?? 0) * (xy[2 * j + 1] ?? 0);
  }
  return sum;
}

const cross = (xy: Float64Array, a: number, b: number, c: number): number =>
  ((xy[2 * b] ?? 0) - (xy[2 * a] ?? 0)) * ((xy[2 * c + 1] ?? 0) - (xy[2 * a + 1] ?? 0)) -
  ((xy[2 * b + 1] ?? 0) - (xy[2 * a + 1] ?? 0)) * ((xy[2 * c] ?? 0) - (xy[2 * a] ?? 0));

const mostCorners = 32;

/**
 * Convex pieces of a counter-clockwise ring, as corner numbers: the ring itself where it is convex, else ears cut off
 * it and joined again as far as they stay convex: the fewer the pieces, the fewer edges a frame has to walk. A ring that
 * crosses itself gives the ears that could be found: a hole in a roof, never a hang.
 */
export function roofPieces(xy: Float64Array): readonly Uint16Array[] {
  const n = xy.length / 2;
  const whole = Array.from({ length: n }, (_, i) => i);
  if (n <= mostCorners && isConvex(xy, whole)) return [Uint16Array.from(whole)];
  const left = [...whole];
  const pieces: number[][] = [];
  while (left.length > 3) {
    const ear = left.findIndex((_, k) => isEar(xy, left, k));
    if (ear < 0) break;
    pieces.push(trio(left, ear));
    left.splice(ear, 1);
  }
  if (left.length >= 3) pieces.push(trio(left, 1));
  return joined(xy, pieces).map((piece) => Uint16Array.from(piece));
}

function isConvex(xy: Float64Array, piece: readonly number[]): boolean {
  const n = piece.length;
  return piece.every((a, i) => cross(xy, a, piece[(i + 1) % n] ?? 0, piece[(i + 2) % n] ?? 0) >= -1e-6);
}

/** Joins pieces that share an edge while what comes of it is convex (Hertel and Mehlhorn's way, greedily). */
function joined(xy: Float64Array, pieces: readonly number[][]): readonly number[][] {
  const open = [...pieces];
  for (let i = 0; i < open.length; i++) {
    for (let j = i + 1; j < open.length; ) {
      const both = join(xy, open[i] ?? [], open[j] ?? []);
      if (both === undefined) j += 1;
      else {
        open[i] = both;
        open.splice(j, 1);
        j = i + 1;
      }
    }
  }
  return open;
}

function join(xy: Float64Array, a: readonly number[], b: readonly number[]): number[] | undefined {
  if (a.length + b.length - 2 > mostCorners) return undefined;
  for (let i = 0; i < a.length; i++) {
    const from = a[i] ?? 0;
    const to = a[(i + 1) % a.length] ?? 0;
    const at = b.findIndex((p, k) => p === to && b[(k + 1) % b.length] === from);
    if (at < 0) continue;
    // Around b from the shared edge's end to its start, put in between a's two ends of that edge.
    const between = Array.from({ length: b.length - 2 }, (_, k) => b[(at + 2 + k) % b.length] ?? 0);
    const both = [...a.slice(0, i + 1), ...between, ...a.slice(i + 1)];
    if (isConvex(xy, both)) return both;
  }
  return undefined;
}

function trio(left: readonly number[], k: number): [number, number, number] {
  const n = left.length;
  return [left[(k + n - 1) % n] ?? 0, left[k] ?? 0, left[(k + 1) % n] ?? 0];
}

function isEar(xy: Float64Array, left: readonly number[], k: number): boolean {
  const [a, b, c] = trio(left, k);
  if (cross(xy, a, b, c) <= 1e-9) return false;
  return left.every(
    (p) => p === a || p === b || p === c || cross(xy, a, b, p) < 0 || cross(xy, b, c, p) < 0 || cross(xy, c, a, p) < 0,
  );
}
