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

/**
 * Convex pieces of a counter-clockwise ring, as corner numbers: the ring itself where it is convex, else triangles
 * (ear clipping). A ring that crosses itself gives the ears that could be found: a hole in a roof, never a hang.
 */
export function roofPieces(xy: Float64Array): readonly Uint16Array[] {
  const n = xy.length / 2;
  let convex = true;
  for (let i = 0; i < n && convex; i++) convex = cross(xy, i, (i + 1) % n, (i + 2) % n) >= -1e-6;
  if (convex && n <= 32) return [Uint16Array.from({ length: n }, (_, i) => i)];
  const left = Array.from({ length: n }, (_, i) => i);
  const pieces: Uint16Array[] = [];
  while (left.length > 3) {
    const ear = left.findIndex((_, k) => isEar(xy, left, k));
    if (ear < 0) break;
    pieces.push(trio(left, ear));
    left.splice(ear, 1);
  }
  if (left.length >= 3) pieces.push(trio(left, 1));
  return pieces;
}

function trio(left: readonly number[], k: number): Uint16Array {
  const n = left.length;
  return Uint16Array.of(left[(k + n - 1) % n] ?? 0, left[k] ?? 0, left[(k + 1) % n] ?? 0);
}

function isEar(xy: Float64Array, left: readonly number[], k: number): boolean {
  const [a = 0, b = 0, c = 0] = trio(left, k);
  if (cross(xy, a, b, c) <= 1e-9) return false;
  return left.every(
    (p) => p === a || p === b || p === c || cross(xy, a, b, p) < 0 || cross(xy, b, c, p) < 0 || cross(xy, c, a, p) < 0,
  );
}
