import type { CityFile } from "@outrider/contract";
import { type Terrain, terrainFromGrid } from "@outrider/geo";
import { boxAround } from "./box-shape.js";
import { hash8, type Yuv, yuvOf } from "./colour.js";
import { type Furniture, furnish } from "./furniture.js";
import { Relief } from "./relief.js";
import { ringArea2, roofPieces } from "./roof.js";

export type SceneBuilding = {
  /** Flattened east, north, counter-clockwise, metres. */
  readonly ring: Float64Array;
  readonly baseAmslM: number;
  readonly topAmslM: number;
  readonly middleE: number;
  readonly middleN: number;
  readonly radiusM: number;
  readonly pieces: readonly Uint16Array[];
  /** A simpler outline that serves from far away; the ring itself where there is none. */
  readonly farRing: Float64Array;
  readonly farPieces: readonly Uint16Array[];
  /** From how far away it does, through a 60-degree lens: the better it fits the nearer. */
  readonly simpleFromM: number;
  readonly wall: Yuv;
  readonly roof: Yuv;
  readonly seed: number;
  /** How strongly street lamps light the foot of each wall, 0…255. */
  readonly glow: Uint8Array;
  readonly farGlow: Uint8Array;
};

/** What stands in one square of the city: the unit of culling. */
export type SceneCell = {
  readonly middleE: number;
  readonly middleN: number;
  readonly middleU: number;
  readonly radiusM: number;
  readonly buildings: readonly SceneBuilding[];
  /** Balls around the buildings: east, north, up, radius of each. A frame looks at many more than it draws. */
  readonly balls: Float64Array;
  /** Indices into the furniture's lists. */
  readonly lamps: readonly number[];
  readonly trees: readonly number[];
  readonly parked: readonly number[];
};

/** Cells that lie together: most of a city is out of sight, and is passed over in few steps. */
export type SceneDistrict = {
  readonly middleE: number;
  readonly middleN: number;
  readonly middleU: number;
  readonly radiusM: number;
  readonly cells: readonly SceneCell[];
  /** Balls around the cells. */
  readonly balls: Float64Array;
};

export type CityScene = {
  readonly city: CityFile;
  readonly terrain: Terrain;
  readonly buildings: readonly SceneBuilding[];
  readonly furniture: Furniture;
  readonly cells: readonly SceneCell[];
  readonly districts: readonly SceneDistrict[];
  readonly relief: Relief;
};

/** The roof of every box: one list for all of them stays at hand where thousands are drawn. */
const boxPieces: readonly Uint16Array[] = [Uint16Array.of(0, 1, 2, 3)];

/** A box that fits an outline wholly serves for it from here on, and one larger by a share from so much further. */
const simpleFromM = 110;
const perExcessM = 450;

const cellM = 64;
const districtM = 8 * cellM;

/** Pre-computes everything that stays as it is while the city does. 14,000 buildings take under half a second. */
export function cityScene(city: CityFile): CityScene {
  const t = city.terrain;
  const terrain = terrainFromGrid({ ...t, heightsAmslM: Float32Array.from(t.heightsAmslDm, (dm) => dm / 10) });
  const furniture = furnish(city);
  const lampsNear = lampFinder(furniture.lamps);
  const buildings: SceneBuilding[] = [];
  for (let i = 0; i < city.buildings.heightDm.length; i++) {
    const building = sceneBuilding(city, i, lampsNear);
    if (building) buildings.push(building);
  }
  const cells = cellsOf(terrain, buildings, furniture);
  return {
    city,
    terrain,
    buildings,
    furniture,
    cells,
    districts: districtsOf(cells),
    relief: new Relief(terrain.grid),
  };
}

const wallPaints: readonly Yuv[] = [
  yuvOf(178, 160, 132),
  yuvOf(150, 112, 84),
  yuvOf(196, 186, 168),
  yuvOf(138, 94, 74),
  yuvOf(166, 164, 158),
  yuvOf(186, 172, 140),
  yuvOf(126, 116, 108),
  yuvOf(158, 138, 116),
];
const roofPaints: readonly Yuv[] = [yuvOf(92, 92, 95), yuvOf(112, 110, 106), yuvOf(80, 78, 78), yuvOf(128, 124, 118)];

function sceneBuilding(
  city: CityFile,
  index: number,
  lampsNear: (e: number, n: number) => number,
): SceneBuilding | undefined {
  const { ringStart, coordsDm, groundAmslDm, heightDm } = city.buildings;
  const start = ringStart[index] ?? 0;
  const end = ringStart[index + 1] ?? 0;
  if (end - start < 3) return undefined;
  const ring = counterClockwise(Float64Array.from(coordsDm.slice(2 * start, 2 * end), (dm) => dm / 10));
  let middleE = 0;
  let middleN = 0;
  const n = ring.length / 2;
  for (let p = 0; p < n; p++) {
    middleE += (ring[2 * p] ?? 0) / n;
    middleN += (ring[2 * p + 1] ?? 0) / n;
  }
  let radiusM = 0;
  for (let p = 0; p < n; p++) {
    radiusM = Math.max(radiusM, Math.hypot((ring[2 * p] ?? 0) - middleE, (ring[2 * p + 1] ?? 0) - middleN));
  }
  const farRing = boxAround(ring) ?? ring;
  const pieces = roofPieces(ring);
  const glow = glowOf(ring, lampsNear);
  const look = hash8(Math.round(middleE * 10), Math.round(middleN * 10), 11);
  const baseAmslM = (groundAmslDm[index] ?? 0) / 10;
  const tallM = (heightDm[index] ?? 0) / 10;
  return {
    ring,
    baseAmslM,
    topAmslM: baseAmslM + tallM,
    middleE,
    middleN,
    radiusM,
    pieces,
    farRing,
    farPieces: farRing === ring ? pieces : boxPieces,
    simpleFromM: simpleFromM + perExcessM * (ringArea2(farRing) / Math.max(1, ringArea2(ring)) - 1),
    wall: wallPaints[look % wallPaints.length] ?? yuvOf(150, 150, 150),
    roof: roofPaints[(look >> 3) % roofPaints.length] ?? yuvOf(100, 100, 100),
    seed: index,
    glow,
    farGlow: farRing === ring ? glow : glowOf(farRing, lampsNear),
  };
}

const glowOf = (ring: Float64Array, lampsNear: (e: number, n: number) => number): Uint8Array =>
  Uint8Array.from({ length: ring.length / 2 }, (_, p) => {
    const q = (p + 1) % (ring.length / 2);
    return lampsNear(
      ((ring[2 * p] ?? 0) + (ring[2 * q] ?? 0)) / 2,
      ((ring[2 * p + 1] ?? 0) + (ring[2 * q + 1] ?? 0)) / 2,
    );
  });

function counterClockwise(ring: Float64Array): Float64Array {
  if (ringArea2(ring) >= 0) return ring;
  const turned = new Float64Array(ring.length);
  for (let i = 0; i < ring.length; i += 2) {
    turned[i] = ring[ring.length - 2 - i] ?? 0;
    turned[i + 1] = ring[ring.length - 1 - i] ?? 0;
  }
  return turned;
}

const lampReachM = 22;

function lampFinder(lamps: Float64Array): (e: number, n: number) => number {
  const grid = new Map<string, number[]>();
  for (let i = 0; i < lamps.length / 2; i++) {
    const key = `${Math.floor((lamps[2 * i] ?? 0) / lampReachM)},${Math.floor((lamps[2 * i + 1] ?? 0) / lampReachM)}`;
    const list = grid.get(key);
    if (list) list.push(i);
    else grid.set(key, [i]);
  }
  return (e, n) => {
    let light = 0;
    const col = Math.floor(e / lampReachM);
    const row = Math.floor(n / lampReachM);
    for (let c = col - 1; c <= col + 1; c++) {
      for (let r = row - 1; r <= row + 1; r++) {
        for (const i of grid.get(`${c},${r}`) ?? []) {
          const away = Math.hypot((lamps[2 * i] ?? 0) - e, (lamps[2 * i + 1] ?? 0) - n) / lampReachM;
          if (away < 1) light += 210 * (1 - away) * (1 - away);
        }
      }
    }
    return Math.min(255, light);
  };
}

const ballsOf = <T>(things: readonly T[], ball: (thing: T) => readonly number[]): Float64Array =>
  Float64Array.from(things.flatMap((thing) => [...ball(thing)]));

type OpenCell = { buildings: SceneBuilding[]; lamps: number[]; trees: number[]; parked: number[] };

function cellsOf(terrain: Terrain, buildings: readonly SceneBuilding[], furniture: Furniture): SceneCell[] {
  const open = new Map<string, OpenCell>();
  const cellAt = (e: number, n: number): OpenCell => {
    const key = `${Math.floor(e / cellM)},${Math.floor(n / cellM)}`;
    const known = open.get(key);
    if (known) return known;
    const fresh: OpenCell = { buildings: [], lamps: [], trees: [], parked: [] };
    open.set(key, fresh);
    return fresh;
  };
  for (const building of buildings) cellAt(building.middleE, building.middleN).buildings.push(building);
  const scatter = (list: Float64Array, stride: number, pick: (cell: OpenCell) => number[]): void => {
    for (let i = 0; i * stride < list.length; i++)
      pick(cellAt(list[i * stride] ?? 0, list[i * stride + 1] ?? 0)).push(i);
  };
  scatter(furniture.lamps, 2, (cell) => cell.lamps);
  scatter(furniture.trees, 3, (cell) => cell.trees);
  scatter(furniture.parked, 4, (cell) => cell.parked);
  return [...open].map(([key, cell]) => closeCell(terrain, key, cell));
}

function closeCell(terrain: Terrain, key: string, cell: OpenCell): SceneCell {
  const [col = 0, row = 0] = key.split(",").map(Number);
  const middleE = (col + 0.5) * cellM;
  const middleN = (row + 0.5) * cellM;
  const ground = terrain.groundAmslM(middleE, middleN);
  let lowM = ground - 5;
  let highM = ground + 12;
  let reachM = cellM * Math.SQRT1_2;
  for (const b of cell.buildings) {
    lowM = Math.min(lowM, b.baseAmslM);
    highM = Math.max(highM, b.topAmslM);
    reachM = Math.max(reachM, Math.hypot(b.middleE - middleE, b.middleN - middleN) + b.radiusM);
  }
  return {
    middleE,
    middleN,
    middleU: (lowM + highM) / 2,
    radiusM: Math.hypot(reachM, (highM - lowM) / 2),
    ...cell,
    balls: ballsOf(cell.buildings, (b) => {
      const tallM = b.topAmslM - b.baseAmslM;
      return [b.middleE, b.middleN, b.baseAmslM + tallM / 2, Math.hypot(b.radiusM, tallM / 2)];
    }),
  };
}

function districtsOf(cells: readonly SceneCell[]): SceneDistrict[] {
  const groups = new Map<string, SceneCell[]>();
  for (const cell of cells) {
    const key = `${Math.floor(cell.middleE / districtM)},${Math.floor(cell.middleN / districtM)}`;
    const group = groups.get(key);
    if (group) group.push(cell);
    else groups.set(key, [cell]);
  }
  return [...groups.values()].map((group) => {
    const middle = (pick: (cell: SceneCell) => number): number =>
      group.reduce((sum, cell) => sum + pick(cell), 0) / group.length;
    const middleE = middle((cell) => cell.middleE);
    const middleN = middle((cell) => cell.middleN);
    const middleU = middle((cell) => cell.middleU);
    const radiusM = group.reduce(
      (most, c) =>
        Math.max(most, Math.hypot(c.middleE - middleE, c.middleN - middleN, c.middleU - middleU) + c.radiusM),
      0,
    );
    const balls = ballsOf(group, (cell) => [cell.middleE, cell.middleN, cell.middleU, cell.radiusM]);
    return { middleE, middleN, middleU, radiusM, cells: group, balls };
  });
}
