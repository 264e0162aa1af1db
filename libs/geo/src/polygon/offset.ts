import type { EnuPoint } from "../enu/index.js";
import { counterClockwise, type Ring } from "./ring.js";

/** Beyond this a mitre would reach far away from the corner: it is cut into two corners instead. */
const MITRE_LIMIT = 3;

/**
 * Corners around a polygon at a distance, in order, counter-clockwise. Meant as turning points for a route: around
 * deep notches the corners may overlap, so clearance must be tested against the polygon itself.
 */
export function offsetCorners(ring: Ring, gapM: number): EnuPoint[] {
  const ccw = withoutRepeats(counterClockwise(ring));
  return ccw.flatMap((corner, i) => {
    const before = ccw[(i + ccw.length - 1) % ccw.length] ?? corner;
    const after = ccw[(i + 1) % ccw.length] ?? corner;
    return cornerAt(before, corner, after, gapM);
  });
}

function withoutRepeats(ring: Ring): EnuPoint[] {
  return ring.filter((point, i) => {
    const last = ring[(i + ring.length - 1) % ring.length];
    return last === undefined || last === point || last.eastM !== point.eastM || last.northM !== point.northM;
  });
}

function outward(a: EnuPoint, b: EnuPoint): { readonly east: number; readonly north: number } {
  const length = Math.hypot(b.eastM - a.eastM, b.northM - a.northM) || 1;
  return { east: (b.northM - a.northM) / length, north: -(b.eastM - a.eastM) / length };
}

function cornerAt(before: EnuPoint, corner: EnuPoint, after: EnuPoint, gapM: number): EnuPoint[] {
  const n1 = outward(before, corner);
  const n2 = outward(corner, after);
  const cos = n1.east * n2.east + n1.north * n2.north;
  const reach = 1 / Math.max(1e-6, 1 + cos);
  // 1/(1+cos) of the summed normals is the mitre; its length is gap · √(2/(1+cos)).
  if (Math.sqrt(2 * reach) <= MITRE_LIMIT) {
    const factor = gapM * reach;
    return [
      { eastM: corner.eastM + (n1.east + n2.east) * factor, northM: corner.northM + (n1.north + n2.north) * factor },
    ];
  }
  const shift = (
    n: { east: number; north: number },
    along: { east: number; north: number },
    sign: number,
  ): EnuPoint => ({
    eastM: corner.eastM + (n.east + sign * along.east) * gapM,
    northM: corner.northM + (n.north + sign * along.north) * gapM,
  });
  // Along a side is its normal turned by 90°.
  return [shift(n1, { east: -n1.north, north: n1.east }, 1), shift(n2, { east: -n2.north, north: n2.east }, -1)];
}
