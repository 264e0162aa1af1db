import { Group } from "three";
import type { CityModel } from "../world/index.js";
import {
  type BuildingMesh,
  buildingMesh,
  FillBatch,
  type GroundMesh,
  groundMesh,
  type HazeUniforms,
  hazeUniforms,
  LineBatch,
  type LineUniforms,
  lineUniforms,
  type SkyMesh,
  SymbolBatch,
  skyMesh,
  type TreeMesh,
  treeMesh,
} from "./gl/index.js";
import { MovingLayer } from "./layers/movingLayer.js";

/** Every drawable of the scene, one draw call each: the ceiling of 60 holds whatever a city or a fleet contains. */
export interface SceneParts {
  readonly root: Group;
  /** What stands still: sky, ground, buildings, trees. A weak machine draws it only when the camera moves. */
  readonly still: Group;
  /** Everything that facts and samples move. */
  readonly things: Group;
  readonly haze: HazeUniforms;
  readonly lines: LineUniforms;
  readonly sky: SkyMesh;
  readonly ground: GroundMesh;
  readonly buildings: BuildingMesh;
  readonly trees: TreeMesh | undefined;
  readonly hidden: LineBatch;
  readonly over: LineBatch;
  readonly hiddenFill: FillBatch;
  readonly overFill: FillBatch;
  readonly pins: SymbolBatch;
  readonly sensors: SymbolBatch;
  readonly moving: MovingLayer;
  readonly movingSymbols: SymbolBatch;
  readonly movingFill: FillBatch;
  readonly movingLines: LineBatch;
  dispose(): void;
}

export type Detail = "full" | "simple";

export function sceneParts(city: CityModel, detail: Detail): SceneParts {
  const haze = hazeUniforms();
  haze.centre.value.set(city.centreXM, -city.centreYM);
  haze.edgeRadius.value = city.radiusM * 0.97;
  const lines = lineUniforms();
  const parts = {
    haze,
    lines,
    sky: skyMesh(),
    ground: groundMesh(city, haze),
    buildings: buildingMesh(city, haze),
    trees: detail === "full" ? treeMesh(city, haze) : undefined,
    overFill: new FillBatch(2048, { depthTest: false, renderOrder: 10 }),
    over: new LineBatch(lines, 2048, { depthTest: false, renderOrder: 12 }),
    hiddenFill: new FillBatch(4096, { depthTest: true, renderOrder: 14 }),
    hidden: new LineBatch(lines, 4096, { depthTest: true, renderOrder: 16 }),
    movingFill: new FillBatch(1024, { depthTest: false, renderOrder: 20 }),
    movingLines: new LineBatch(lines, 1024, { depthTest: false, renderOrder: 22 }),
    moving: new MovingLayer(lines),
    sensors: new SymbolBatch(lines, 256, 34),
    pins: new SymbolBatch(lines, 128, 36),
    movingSymbols: new SymbolBatch(lines, 768, 38),
  };
  const still = new Group();
  still.add(parts.sky.mesh, parts.ground.mesh, parts.buildings.mesh);
  if (detail === "full") still.add(parts.buildings.edges);
  if (parts.trees !== undefined) still.add(parts.trees.mesh);
  const things = new Group();
  const drawn = [
    parts.overFill,
    parts.over,
    parts.hiddenFill,
    parts.hidden,
    parts.movingFill,
    parts.movingLines,
    parts.moving.trails,
    parts.moving.stalks,
    parts.sensors,
    parts.pins,
    parts.movingSymbols,
  ];
  for (const batch of drawn) things.add(batch.mesh);
  const root = new Group();
  root.add(still, things);
  return {
    ...parts,
    root,
    still,
    things,
    dispose() {
      for (const batch of drawn) batch.dispose();
      parts.ground.dispose();
      parts.buildings.dispose();
      parts.trees?.dispose();
    },
  };
}
