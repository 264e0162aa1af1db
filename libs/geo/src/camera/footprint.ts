import { degOf, destination, type EnuPointAmsl } from "../enu/index.js";
import { castRay, type SurfaceFn } from "./cast.js";
import { type CameraPose, type EnuDirection, rayThroughPixel } from "./pose.js";

export type FootprintOptions = {
  /** Horizontal range at which the footprint is cut. */
  readonly rangeM: number;
  /** Points on each edge of the picture, the corner included. */
  readonly perEdge?: number;
  readonly ceilingAmslM?: number;
};

/**
 * The ground that a camera's picture covers, clockwise from the upper left corner. Rays that meet no ground within
 * range (the sky among them) end at the range, on the ground there. Empty where no ray meets ground.
 */
export function footprint(pose: CameraPose, surface: SurfaceFn, options: FootprintOptions): EnuPointAmsl[] {
  const points: EnuPointAmsl[] = [];
  let hits = 0;
  for (const pixel of borderPixels(options.perEdge ?? 8)) {
    const ray = rayThroughPixel(pose, pixel);
    const hit = groundHit(pose, ray, surface, options);
    if (hit !== undefined) hits++;
    points.push(hit ?? rangeEnd(pose, ray, surface, options.rangeM));
  }
  return hits === 0 ? [] : points;
}

function borderPixels(perEdge: number): { u: number; v: number }[] {
  const steps = Array.from({ length: perEdge }, (_, i) => i / perEdge);
  return [
    ...steps.map((s) => ({ u: s, v: 0 })),
    ...steps.map((s) => ({ u: 1, v: s })),
    ...steps.map((s) => ({ u: 1 - s, v: 1 })),
    ...steps.map((s) => ({ u: 0, v: 1 - s })),
  ];
}

function groundHit(pose: CameraPose, ray: EnuDirection, surface: SurfaceFn, options: FootprintOptions) {
  const flat = Math.hypot(ray.east, ray.north);
  const steepM = Math.abs(pose.altAmslM) + 12_000;
  const rangeM = flat < 1e-6 ? steepM : Math.min(steepM, options.rangeM / flat);
  const ceiling = options.ceilingAmslM === undefined ? {} : { ceilingAmslM: options.ceilingAmslM };
  const hit = castRay(pose, ray, surface, { rangeM, ...ceiling });
  return hit === undefined ? undefined : { eastM: hit.eastM, northM: hit.northM, altAmslM: hit.altAmslM };
}

function rangeEnd(pose: CameraPose, ray: EnuDirection, surface: SurfaceFn, rangeM: number): EnuPointAmsl {
  const end = destination(pose, degOf(Math.atan2(ray.east, ray.north)), rangeM);
  return { ...end, altAmslM: surface(end.eastM, end.northM) };
}
