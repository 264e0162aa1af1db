import type { CameraPose, CityFile } from "@outrider/contract";
import { localFrame } from "@outrider/geo";
import { type CityScene, cityScene, type SceneCell } from "./city-scene.js";
import { FaceTable } from "./faces.js";
import { GroundTiles } from "./ground-tiles.js";
import { throwHeadlights } from "./headlights.js";
import { lightingOf, type SceneLight } from "./light.js";
import { Occlusion } from "./occlusion.js";
import { paintBuilding, RingScratch } from "./paint-buildings.js";
import { paintFurniture } from "./paint-furniture.js";
import { paintGround } from "./paint-ground.js";
import { paintPerson, type ScenePerson } from "./paint-people.js";
import { paintVehicle, type SceneVehicle } from "./paint-vehicles.js";
import { Picture } from "./picture.js";
import { Raster } from "./raster.js";
import { shadePicture } from "./shade.js";
import type { Stage } from "./stage.js";
import { ballInView, type View, viewOf } from "./view.js";

export type RendererOptions = {
  readonly width?: number;
  readonly height?: number;
  /** Nothing is drawn beyond; haze hides the edge. */
  readonly farM?: number;
  /** Ground tiles painted in one frame at most: bounds the worst frame, the rest is sharp a few frames later. */
  readonly tilesPerFrame?: number;
  /** 0.1 MB each; shared by all cameras of the renderer. */
  readonly tileSlots?: number;
};

/** A finished frame. The arrays are reused by the next `render`: copy what has to stay. */
export type Frame = {
  readonly width: number;
  readonly height: number;
  /** YUV 4:2:0 planar, BT.709 limited range. */
  readonly yuv: Uint8Array;
  /** Per pixel 0, or 1 + index into the vehicles that were handed in. */
  readonly ids: Uint16Array;
};

export type Renderer = {
  readonly width: number;
  readonly height: number;
  render(pose: CameraPose, vehicles: readonly SceneVehicle[], people: readonly ScenePerson[], light: SceneLight): Frame;
};

type Works = {
  readonly scene: CityScene;
  readonly raster: Raster;
  readonly faces: FaceTable;
  readonly tiles: GroundTiles;
  readonly picture: Picture;
  readonly scratch: RingScratch;
  readonly occlusion: Occlusion;
  readonly farM: number;
  readonly order: { cell: SceneCell; awayM: number }[];
};

/** What a gimballed camera sees of a city: one renderer serves any number of cameras in turn. */
export function createRenderer(city: CityFile, options: RendererOptions = {}): Renderer {
  const width = options.width ?? 640;
  const height = options.height ?? 360;
  const frame = localFrame(city.origin);
  const scene = cityScene(city);
  const works: Works = {
    scene,
    raster: new Raster(width, height),
    faces: new FaceTable(),
    tiles: new GroundTiles(scene, options.tileSlots ?? 320),
    picture: new Picture(width, height),
    scratch: new RingScratch(),
    occlusion: new Occlusion(width, height),
    farM: options.farM ?? 1_300,
    order: [],
  };
  const tilesPerFrame = options.tilesPerFrame ?? 4;
  return {
    width,
    height,
    render(pose, vehicles, people, light) {
      const lighting = lightingOf(light);
      const view = viewOf(pose, frame, width, height);
      works.raster.begin(view);
      works.faces.begin();
      works.tiles.begin(lighting, tilesPerFrame);
      const { raster, faces, tiles, picture, farM } = works;
      const stage: Stage = { view, raster, faces, lighting, terrain: scene.terrain, tiles };
      paintScene(works, stage, vehicles, people);
      shadePicture(view, picture, raster, faces, tiles, lighting, farM);
      if (lighting.night) {
        for (const vehicle of vehicles) if (awayOf(view, vehicle) < 180) throwHeadlights(stage, picture, vehicle);
      }
      return picture;
    },
  };
}

const awayOf = (view: View, at: { eastM: number; northM: number }): number =>
  Math.hypot(at.eastM - view.eastM, at.northM - view.northM);

function paintScene(
  works: Works,
  stage: Stage,
  vehicles: readonly SceneVehicle[],
  people: readonly ScenePerson[],
): void {
  const { view } = stage;
  vehicles.forEach((vehicle, i) => {
    const ground = stage.terrain.groundAmslM(vehicle.eastM, vehicle.northM);
    if (!ballInView(view, vehicle.eastM, vehicle.northM, ground, 7, 1_000)) return;
    paintVehicle(stage, vehicle, i + 1, pixelsOf(view, awayOf(view, vehicle), 4.7) > 7);
  });
  for (const person of people) {
    const ground = stage.terrain.groundAmslM(person.eastM, person.northM);
    if (ballInView(view, person.eastM, person.northM, ground, 2, 1_000)) {
      if (pixelsOf(view, awayOf(view, person), 1.7) > 1) paintPerson(stage, person);
    }
  }
  paintCells(works, stage);
  paintGround(stage, works.farM * 1.6);
}

const pixelsOf = (view: View, awayM: number, sizeM: number): number => (sizeM * view.focalPx) / Math.max(1, awayM);

/** Distances at which what has been drawn so far is looked over for what it hides. */
const lookOverAtM = [110, 220, 450] as const;
/** Beyond this a building is drawn as a box, seen through a 60-degree lens. */
const boxFromM = 260;

/** Near to far, so that most hidden things fail before they are drawn. */
function paintCells(works: Works, stage: Stage): void {
  const { view, raster } = stage;
  const { order, scene, farM, occlusion } = works;
  const lens = 554 / view.focalPx;
  order.length = 0;
  for (const cell of scene.cells) {
    if (!ballInView(view, cell.middleE, cell.middleN, cell.middleU, cell.radiusM, farM)) continue;
    order.push({ cell, awayM: Math.hypot(cell.middleE - view.eastM, cell.middleN - view.northM) });
  }
  order.sort((a, b) => a.awayM - b.awayM);
  occlusion.clear();
  let looked = 0;
  for (const { cell, awayM } of order) {
    while (awayM > (lookOverAtM[looked] ?? Number.POSITIVE_INFINITY)) {
      looked += 1;
      if (awayM <= (lookOverAtM[looked] ?? Number.POSITIVE_INFINITY)) occlusion.read(raster);
    }
    if (occlusion.hides(view, cell.middleE, cell.middleN, cell.middleU, cell.radiusM)) continue;
    for (const building of cell.buildings) {
      const middleU = (building.baseAmslM + building.topAmslM) / 2;
      const radiusM = Math.hypot(building.radiusM, building.topAmslM - middleU);
      if (!ballInView(view, building.middleE, building.middleN, middleU, radiusM, farM)) continue;
      if (looked > 0 && occlusion.hides(view, building.middleE, building.middleN, middleU, radiusM)) continue;
      paintBuilding(stage, building, works.scratch, awayM * lens > boxFromM);
    }
    // A long lens brings far things near: distances are judged as a 60-degree lens would see them.
    paintFurniture(stage, scene, cell, awayM * lens);
  }
}
