import type { CityFile, CityRoad, CityRoadKind } from "@outrider/contract";

/** Where streets meet: radius is half the width of the widest street there. */
export type Junction = { readonly eastM: number; readonly northM: number; arms: number; radiusM: number };

const driven: ReadonlySet<CityRoadKind> = new Set(["primary", "secondary", "tertiary", "street", "trunk"]);
export const isStreet = (road: CityRoad): boolean => road.level === 0 && driven.has(road.kind);
export const junctionKey = (eastDm: number, northDm: number): string => `${eastDm},${northDm}`;

/** Points shared by at least three arms of streets on the ground. */
export function junctionsOf(city: CityFile): Map<string, Junction> {
  const nodes = new Map<string, Junction>();
  for (const road of city.roads) {
    if (!isStreet(road)) continue;
    const last = road.pointsDm.length - 2;
    for (let i = 0; i <= last; i += 2) {
      const e = road.pointsDm[i] ?? 0;
      const n = road.pointsDm[i + 1] ?? 0;
      const key = junctionKey(e, n);
      const node = nodes.get(key) ?? { eastM: e / 10, northM: n / 10, arms: 0, radiusM: 0 };
      node.arms += (i > 0 ? 1 : 0) + (i < last ? 1 : 0);
      node.radiusM = Math.max(node.radiusM, road.widthM / 2);
      nodes.set(key, node);
    }
  }
  for (const [key, node] of nodes) if (node.arms < 3) nodes.delete(key);
  return nodes;
}
