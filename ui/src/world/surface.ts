import { type CityModel, insideRing } from "./cityModel.js";
import { groundAmslM } from "./terrain.js";

const CELL_M = 40;

/** Answers "how high is what stands here": ground, or the roof of the building over it. */
export interface Surface {
  groundAmslM(xM: number, yM: number): number;
  roofAmslM(xM: number, yM: number): number;
}

/** Buckets buildings by 40 m cells, so that a side profile of a route costs microseconds. */
export function surfaceOf(city: CityModel): Surface {
  const cells = new Map<string, number[]>();
  for (let b = 0; b < city.buildings.count; b++) {
    for (const key of cellsOf(city, b)) {
      const list = cells.get(key);
      if (list === undefined) cells.set(key, [b]);
      else list.push(b);
    }
  }
  const ground = (x: number, y: number): number => groundAmslM(city.terrain, x, y);
  return {
    groundAmslM: ground,
    roofAmslM(xM, yM) {
      let best = ground(xM, yM);
      for (const b of cells.get(cellKey(xM, yM)) ?? []) {
        if (insideRing(city.buildings, b, xM, yM))
          best = Math.max(best, (city.buildings.baseAmslM[b] ?? 0) + (city.buildings.heightM[b] ?? 0));
      }
      return best;
    },
  };
}

const cellKey = (xM: number, yM: number): string => `${Math.floor(xM / CELL_M)}:${Math.floor(yM / CELL_M)}`;

function cellsOf(city: CityModel, b: number): readonly string[] {
  const { start, xyM } = city.buildings;
  let x0 = Number.POSITIVE_INFINITY;
  let x1 = Number.NEGATIVE_INFINITY;
  let y0 = Number.POSITIVE_INFINITY;
  let y1 = Number.NEGATIVE_INFINITY;
  for (let p = start[b] ?? 0; p < (start[b + 1] ?? 0); p++) {
    x0 = Math.min(x0, xyM[2 * p] ?? 0);
    x1 = Math.max(x1, xyM[2 * p] ?? 0);
    y0 = Math.min(y0, xyM[2 * p + 1] ?? 0);
    y1 = Math.max(y1, xyM[2 * p + 1] ?? 0);
  }
  const out: string[] = [];
  for (let x = Math.floor(x0 / CELL_M); x <= Math.floor(x1 / CELL_M); x++)
    for (let y = Math.floor(y0 / CELL_M); y <= Math.floor(y1 / CELL_M); y++) out.push(`${x}:${y}`);
  return out;
}
