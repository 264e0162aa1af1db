import { type CityModel, insideRing } from "../../world/index.js";
import { shadeOf } from "./noise.js";

export interface TreeSpot {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

const MOST_TREES = 11_000;
const M2_PER_TREE = 130;

interface Bounds {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** Where trees stand: scattered in parks, in clumps, the same every time. A tiled source repeats areas: each counts once. */
export function treeSpots(city: CityModel): readonly TreeSpot[] {
  const seen = new Set<string>();
  const parks: { readonly area: number; readonly box: Bounds }[] = [];
  let squareM = 0;
  city.areas.kinds.forEach((kind, area) => {
    if (kind !== "park" && kind !== "cemetery") return;
    const box = boundsOf(city, area);
    const key = [box.x0, box.x1, box.y0, box.y1].map((v) => Math.round(v / 10)).join();
    if (seen.has(key)) return;
    seen.add(key);
    squareM += (box.x1 - box.x0) * (box.y1 - box.y0);
    parks.push({ area, box });
  });
  const perTree = Math.max(M2_PER_TREE, squareM / (MOST_TREES * 3.6));
  const out: TreeSpot[] = [];
  let seed = 1;
  for (const { area, box } of parks) {
    const tries = ((box.x1 - box.x0) * (box.y1 - box.y0)) / perTree;
    for (let i = 0; i < tries && out.length < MOST_TREES; i++) {
      const x = box.x0 + (box.x1 - box.x0) * shadeOf(seed++);
      const y = box.y0 + (box.y1 - box.y0) * shadeOf(seed++);
      const clump = shadeOf(Math.round(x / 60) * 13.7 + Math.round(y / 60) * 7.1);
      if (clump < 0.34 || !insideRing(city.areas, area, x, y)) continue;
      if (Math.hypot(x - city.centreXM, y - city.centreYM) > city.radiusM * 0.95) continue;
      out.push({ x, y, size: 3.5 + 5.5 * shadeOf(seed++) });
    }
  }
  return out;
}

function boundsOf(city: CityModel, ring: number): Bounds {
  let x0 = Number.POSITIVE_INFINITY;
  let x1 = Number.NEGATIVE_INFINITY;
  let y0 = Number.POSITIVE_INFINITY;
  let y1 = Number.NEGATIVE_INFINITY;
  for (let p = city.areas.start[ring] ?? 0; p < (city.areas.start[ring + 1] ?? 0); p++) {
    const x = city.areas.xyM[2 * p] ?? 0;
    const y = city.areas.xyM[2 * p + 1] ?? 0;
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x);
    y0 = Math.min(y0, y);
    y1 = Math.max(y1, y);
  }
  const r = city.radiusM;
  return {
    x0: Math.max(x0, city.centreXM - r),
    x1: Math.min(x1, city.centreXM + r),
    y0: Math.max(y0, city.centreYM - r),
    y1: Math.min(y1, city.centreYM + r),
  };
}
