import { ringArea2 } from "./roof.js";

/** A box may stand for a shape whose area it exceeds by no more than this. */
const mostExcess = 1.35;

/**
 * The smallest box around a ring, turned like one of its sides: counter-clockwise corners. Undefined where a box would
 * be a poor picture of it, or is not simpler.
 */
export function boxAround(ring: Float64Array): Float64Array | undefined {
  const n = ring.length / 2;
  if (n <= 4) return undefined;
  let best: Float64Array | undefined;
  let bestArea = (Math.abs(ringArea2(ring)) / 2) * mostExcess;
  for (let i = 0; i < n; i++) {
    const j = (i + 1) % n;
    const e = (ring[2 * j] ?? 0) - (ring[2 * i] ?? 0);
    const north = (ring[2 * j + 1] ?? 0) - (ring[2 * i + 1] ?? 0);
    const length = Math.hypot(e, north);
    if (length < 1) continue;
    const box = boxTurned(ring, e / length, north / length);
    if (box.area < bestArea) {
      bestArea = box.area;
      best = box.corners;
    }
  }
  return best;
}

function boxTurned(ring: Float64Array, e: number, n: number): { area: number; corners: Float64Array } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let near = Number.POSITIVE_INFINITY;
  let far = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < ring.length; i += 2) {
    const along = (ring[i] ?? 0) * e + (ring[i + 1] ?? 0) * n;
    const across = -(ring[i] ?? 0) * n + (ring[i + 1] ?? 0) * e;
    low = Math.min(low, along);
    high = Math.max(high, along);
    near = Math.min(near, across);
    far = Math.max(far, across);
  }
  const corner = (along: number, across: number): [number, number] => [along * e - across * n, along * n + across * e];
  return {
    area: (high - low) * (far - near),
    corners: Float64Array.of(...corner(low, near), ...corner(high, near), ...corner(high, far), ...corner(low, far)),
  };
}
