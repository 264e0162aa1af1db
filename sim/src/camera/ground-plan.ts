import type { CityAreaKind, CityFile, CityRoad } from "@outrider/contract";
import { type Yuv, yuvOf } from "./colour.js";
import { isStreet, type Junction, junctionKey, junctionsOf } from "./junctions.js";

/** One painted patch of ground, in the order in which patches cover each other. */
export type Patch = {
  readonly ring: Float64Array;
  readonly paint: Yuv;
  /** Left out where a texel is coarser than this: thin lines only flicker from far away. */
  readonly maxTexelM: number;
  readonly eastMinM: number;
  readonly northMinM: number;
  readonly eastMaxM: number;
  readonly northMaxM: number;
};

export const openGround = yuvOf(104, 102, 92);
const sidewalk = yuvOf(150, 148, 142);
const asphalt = yuvOf(76, 77, 80);
const whiteLine = yuvOf(214, 214, 208);
const yellowLine = yuvOf(196, 158, 56);
const areaPaints: Readonly<Record<CityAreaKind, Yuv>> = {
  park: yuvOf(82, 104, 58),
  water: yuvOf(52, 78, 92),
  school: yuvOf(122, 116, 104),
  hospital: yuvOf(130, 126, 120),
  cemetery: yuvOf(92, 108, 70),
  parking: yuvOf(88, 88, 90),
  sand: yuvOf(190, 174, 138),
};
const roadPaints: Readonly<Record<CityRoad["kind"], Yuv>> = {
  motorway: yuvOf(98, 98, 98),
  trunk: asphalt,
  primary: asphalt,
  secondary: asphalt,
  tertiary: asphalt,
  street: yuvOf(82, 82, 84),
  service: yuvOf(96, 95, 93),
  path: yuvOf(154, 144, 124),
  rail: yuvOf(92, 84, 76),
};

export function groundPlan(city: CityFile): readonly Patch[] {
  const patches: Patch[] = [];
  for (const area of city.areas)
    patches.push(
      patch(
        Float64Array.from(area.ringDm, (dm) => dm / 10),
        areaPaints[area.kind],
        99,
      ),
    );
  const onGround = city.roads.filter((road) => road.level === 0);
  for (const road of onGround) if (isStreet(road)) band(patches, road, road.widthM + 6, sidewalk, 3);
  for (const road of onGround) band(patches, road, road.widthM, roadPaints[road.kind], 99);
  const junctions = junctionsOf(city);
  for (const road of onGround) if (isStreet(road)) markings(patches, road, junctions);
  return patches;
}

function patch(ring: Float64Array, paint: Yuv, maxTexelM: number): Patch {
  let eastMinM = Number.POSITIVE_INFINITY;
  let northMinM = Number.POSITIVE_INFINITY;
  let eastMaxM = Number.NEGATIVE_INFINITY;
  let northMaxM = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < ring.length; i += 2) {
    eastMinM = Math.min(eastMinM, ring[i] ?? 0);
    eastMaxM = Math.max(eastMaxM, ring[i] ?? 0);
    northMinM = Math.min(northMinM, ring[i + 1] ?? 0);
    northMaxM = Math.max(northMaxM, ring[i + 1] ?? 0);
  }
  return { ring, paint, maxTexelM, eastMinM, northMinM, eastMaxM, northMaxM };
}

/** A stretch of road from a towards b: metres along and to the right of it become ground points. */
type Leg = { aE: number; aN: number; dirE: number; dirN: number; lengthM: number };

function legsOf(road: CityRoad): Leg[] {
  const legs: Leg[] = [];
  const dm = road.pointsDm;
  for (let i = 2; i + 1 < dm.length; i += 2) {
    const aE = (dm[i - 2] ?? 0) / 10;
    const aN = (dm[i - 1] ?? 0) / 10;
    const dE = (dm[i] ?? 0) / 10 - aE;
    const dN = (dm[i + 1] ?? 0) / 10 - aN;
    const lengthM = Math.max(1e-6, Math.hypot(dE, dN));
    legs.push({ aE, aN, dirE: dE / lengthM, dirN: dN / lengthM, lengthM });
  }
  return legs;
}

function box(leg: Leg, fromM: number, toM: number, leftM: number, rightM: number): Float64Array {
  const at = (alongM: number, offM: number): [number, number] => [
    leg.aE + leg.dirE * alongM + leg.dirN * offM,
    leg.aN + leg.dirN * alongM - leg.dirE * offM,
  ];
  return Float64Array.of(...at(fromM, leftM), ...at(fromM, rightM), ...at(toM, rightM), ...at(toM, leftM));
}

/** The surface of a road: a box a leg, and a disc at each bend so that no wedge stays open. */
function band(patches: Patch[], road: CityRoad, widthM: number, paint: Yuv, maxTexelM: number): void {
  const half = widthM / 2;
  for (const leg of legsOf(road)) {
    patches.push(patch(box(leg, 0, leg.lengthM, -half, half), paint, maxTexelM));
    const disc = new Float64Array(24);
    for (let k = 0; k < 12; k++) {
      disc[2 * k] = leg.aE + half * Math.cos((k * Math.PI) / 6);
      disc[2 * k + 1] = leg.aN + half * Math.sin((k * Math.PI) / 6);
    }
    patches.push(patch(disc, paint, Math.min(maxTexelM, 1.5)));
  }
}

function markings(patches: Patch[], road: CityRoad, junctions: ReadonlyMap<string, Junction>): void {
  legsOf(road).forEach((leg, k) => {
    const dm = road.pointsDm;
    const start = junctions.get(junctionKey(dm[2 * k] ?? 0, dm[2 * k + 1] ?? 0));
    const end = junctions.get(junctionKey(dm[2 * k + 2] ?? 0, dm[2 * k + 3] ?? 0));
    const fromM = start ? start.radiusM + 6.5 : 0;
    const toM = leg.lengthM - (end ? end.radiusM + 6.5 : 0);
    if (toM > fromM) centreLine(patches, road, leg, fromM, toM);
    if (start && leg.lengthM > start.radiusM + 10) crosswalk(patches, road, leg, start.radiusM + 1.6);
    if (end && leg.lengthM > end.radiusM + 10) crosswalk(patches, road, leg, leg.lengthM - end.radiusM - 4.4);
  });
}

function centreLine(patches: Patch[], road: CityRoad, leg: Leg, fromM: number, toM: number): void {
  const line = (a: number, b: number, offM: number, paint: Yuv): void => {
    patches.push(patch(box(leg, a, b, offM - 0.1, offM + 0.1), paint, 0.6));
  };
  if (road.oneWay || road.kind === "street") {
    if (road.widthM < 7) return;
    for (let at = fromM; at < toM; at += 9) line(at, Math.min(toM, at + 3), 0, whiteLine);
    return;
  }
  line(fromM, toM, -0.2, yellowLine);
  line(fromM, toM, 0.2, yellowLine);
  if (road.widthM < 13) return;
  for (const offM of [-road.widthM / 4, road.widthM / 4]) {
    for (let at = fromM; at < toM; at += 9) line(at, Math.min(toM, at + 3), offM, whiteLine);
  }
}

function crosswalk(patches: Patch[], road: CityRoad, leg: Leg, atM: number): void {
  const half = road.widthM / 2 - 0.4;
  for (let offM = -half; offM + 0.5 <= half; offM += 1.1) {
    patches.push(patch(box(leg, atM, atM + 2.8, offM, offM + 0.5), whiteLine, 0.6));
  }
}
