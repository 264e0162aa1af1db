import type { EnuPointAmsl } from "../enu/index.js";
import type { EnuDirection } from "./pose.js";

/** Height of what a ray can hit at a place: ground, or ground and roofs. */
export type SurfaceFn = (eastM: number, northM: number) => number;
export type CastOptions = {
  /** Length of the ray at most. */
  readonly rangeM: number;
  /** Step of the march: nothing narrower than this is sure to be hit. */
  readonly stepM?: number;
  /** Nothing is higher than this: the march may start where the ray falls below it. */
  readonly ceilingAmslM?: number;
};

const along = (from: EnuPointAmsl, ray: EnuDirection, lengthM: number): EnuPointAmsl => ({
  eastM: from.eastM + ray.east * lengthM,
  northM: from.northM + ray.north * lengthM,
  altAmslM: from.altAmslM + ray.up * lengthM,
});

/** First place where a ray meets the surface, to a few millimetres; undefined where it meets none within range. */
export function castRay(
  from: EnuPointAmsl,
  ray: EnuDirection,
  surface: SurfaceFn,
  options: CastOptions,
): (EnuPointAmsl & { readonly slantM: number }) | undefined {
  const stepM = options.stepM ?? 3;
  let clearM = 0;
  if (options.ceilingAmslM !== undefined && from.altAmslM > options.ceilingAmslM) {
    if (ray.up >= 0) return undefined;
    clearM = (from.altAmslM - options.ceilingAmslM) / -ray.up;
  }
  const below = (lengthM: number): boolean => {
    const at = along(from, ray, lengthM);
    return at.altAmslM <= surface(at.eastM, at.northM);
  };
  for (let nextM = clearM; clearM < options.rangeM; nextM = Math.min(options.rangeM, clearM + stepM)) {
    if (below(nextM)) {
      const slantM = bisect(below, clearM, nextM);
      return { ...along(from, ray, slantM), slantM };
    }
    if (nextM >= options.rangeM) return undefined;
    clearM = nextM;
  }
  return undefined;
}

function bisect(below: (lengthM: number) => boolean, clearM: number, hitM: number): number {
  let low = clearM;
  let high = hitM;
  for (let round = 0; round < 12; round++) {
    const middle = (low + high) / 2;
    if (below(middle)) high = middle;
    else low = middle;
  }
  return high;
}
