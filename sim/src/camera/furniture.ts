import type { CityFile, CityRoadKind } from "@outrider/contract";
import { cityRoadLine, roadsFromLines } from "@outrider/geo";
import { hash8 } from "./colour.js";

/** Things that a city file does not name and a picture needs: where they stand follows from the file alone. */
export type Furniture = {
  /** East, north of each street lamp. */
  readonly lamps: Float64Array;
  /** East, north, radius of each tree. */
  readonly trees: Float64Array;
  /** East, north, heading in radians, look (0…255) of each parked car. */
  readonly parked: Float64Array;
};

const lit: ReadonlySet<CityRoadKind> = new Set(["primary", "secondary", "tertiary", "street", "trunk"]);
const parkedOn: ReadonlySet<CityRoadKind> = new Set(["tertiary", "street", "secondary"]);

export function furnish(city: CityFile): Furniture {
  const lamps: number[] = [];
  const trees: number[] = [];
  const parked: number[] = [];
  const inCrossing = crossingsOf(city);
  for (const road of city.roads) {
    if (road.level !== 0) continue;
    if (lit.has(road.kind)) {
      const offM = road.widthM / 2 + 0.8;
      along(road.pointsDm, 30, 8, (e, n, dirE, dirN, k) => {
        const side = k % 2 === 0 ? 1 : -1;
        lamps.push(e + side * offM * dirN, n - side * offM * dirE);
        if (hash8(Math.round(e), Math.round(n), 3) < 90) {
          const out = -side * (offM + 1);
          trees.push(e + out * dirN, n - out * dirE, 1.8 + hash8(Math.round(n), Math.round(e), 4) / 180);
        }
      });
    }
    if (parkedOn.has(road.kind)) parkAlong(road.pointsDm, road.widthM / 2 - 1.05, inCrossing, parked);
  }
  for (const area of city.areas) if (area.kind === "park") plant(area.ringDm, trees);
  return { lamps: Float64Array.from(lamps), trees: Float64Array.from(trees), parked: Float64Array.from(parked) };
}

/** Nobody parks this near to where streets meet: traffic turns there. */
const clearOfCrossingM = 15;

/** Whether a place lies in a crossing. A map's streets cross without sharing a point, so their graph has to be asked. */
function crossingsOf(city: CityFile): (eastM: number, northM: number) => boolean {
  const { graph } = roadsFromLines(
    city.roads.filter((road) => road.level === 0 && lit.has(road.kind)).map((road) => cityRoadLine(road)),
  );
  const cellM = 2 * clearOfCrossingM;
  const cells = new Map<string, { eastM: number; northM: number }[]>();
  graph.nodes.forEach((node, id) => {
    if ((graph.touching[id] ?? []).length < 3) return;
    const key = `${Math.floor(node.eastM / cellM)},${Math.floor(node.northM / cellM)}`;
    cells.set(key, [...(cells.get(key) ?? []), node]);
  });
  return (eastM, northM) => {
    const [col, row] = [Math.floor(eastM / cellM), Math.floor(northM / cellM)];
    for (let c = col - 1; c <= col + 1; c++)
      for (let r = row - 1; r <= row + 1; r++)
        for (const node of cells.get(`${c},${r}`) ?? [])
          if (Math.hypot(node.eastM - eastM, node.northM - northM) < clearOfCrossingM) return true;
    return false;
  };
}

function parkAlong(
  pointsDm: readonly number[],
  offM: number,
  inCrossing: (eastM: number, northM: number) => boolean,
  parked: number[],
): void {
  if (offM < 2) return;
  along(pointsDm, 6.4, 14, (e, n, dirE, dirN) => {
    if (inCrossing(e, n)) return;
    for (const side of [1, -1]) {
      const look = hash8(Math.round(e * 7), Math.round(n * 7), side);
      if (look > 128) continue;
      const heading = Math.atan2(dirE * side, dirN * side);
      parked.push(e + side * offM * dirN, n - side * offM * dirE, heading, look * 2);
    }
  });
}

/** Steps along a line, staying `marginM` off both ends, where it meets other streets. */
function along(
  pointsDm: readonly number[],
  stepM: number,
  marginM: number,
  visit: (e: number, n: number, dirE: number, dirN: number, k: number) => void,
): void {
  let lengthM = 0;
  for (let i = 2; i + 1 < pointsDm.length; i += 2) lengthM += segmentM(pointsDm, i);
  let nextM = marginM;
  let doneM = 0;
  let k = 0;
  for (let i = 2; i + 1 < pointsDm.length; i += 2) {
    const segM = segmentM(pointsDm, i);
    const e0 = (pointsDm[i - 2] ?? 0) / 10;
    const n0 = (pointsDm[i - 1] ?? 0) / 10;
    const dirE = ((pointsDm[i] ?? 0) / 10 - e0) / segM;
    const dirN = ((pointsDm[i + 1] ?? 0) / 10 - n0) / segM;
    for (; nextM < doneM + segM && nextM < lengthM - marginM; nextM += stepM) {
      const atM = nextM - doneM;
      visit(e0 + dirE * atM, n0 + dirN * atM, dirE, dirN, k++);
    }
    doneM += segM;
  }
}

const segmentM = (dm: readonly number[], i: number): number =>
  Math.max(1e-6, Math.hypot((dm[i] ?? 0) - (dm[i - 2] ?? 0), (dm[i + 1] ?? 0) - (dm[i - 1] ?? 0)) / 10);

function plant(ringDm: readonly number[], trees: number[]): void {
  const xs = ringDm.filter((_, i) => i % 2 === 0);
  const ys = ringDm.filter((_, i) => i % 2 === 1);
  const stepDm = 140;
  for (let e = Math.min(...xs); e < Math.max(...xs); e += stepDm) {
    for (let n = Math.min(...ys); n < Math.max(...ys); n += stepDm) {
      const h = hash8(Math.round(e), Math.round(n), 7);
      const te = e + (h % 16) * 8;
      const tn = n + (h >> 4) * 8;
      if (h < 120 && insideDm(ringDm, te, tn)) trees.push(te / 10, tn / 10, 2.2 + (h % 32) / 14);
    }
  }
}

function insideDm(ring: readonly number[], e: number, n: number): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const aE = ring[j] ?? 0;
    const aN = ring[j + 1] ?? 0;
    const bE = ring[i] ?? 0;
    const bN = ring[i + 1] ?? 0;
    if (aN > n !== bN > n && e < aE + ((n - aN) / (bN - aN)) * (bE - aE)) inside = !inside;
  }
  return inside;
}
