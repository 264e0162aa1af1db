import type { CameraPose, CityFile } from "@outrider/contract";
import { type LocalFrame, localFrame } from "@outrider/geo";
import { type CityScene, cityScene, type SceneBuilding, type SceneCell } from "./city-scene.js";
import { FaceRuns } from "./face-runs.js";
import { FaceTable, mostFaces } from "./faces.js";
import { glow } from "./glow.js";
import { GroundTiles } from "./ground-tiles.js";
import { throwHeadlights } from "./headlights.js";
import { heatLighting, heatOf } from "./heat.js";
import { warmFaces } from "./heat-faces.js";
import { HeatTiles } from "./heat-tiles.js";
import { lightingOf, type SceneLight } from "./light.js";
import { ballHidden } from "./occlusion.js";
import { paintBuilding, RingScratch } from "./paint-buildings.js";
import { paintFurniture } from "./paint-furniture.js";
import { paintGround } from "./paint-ground.js";
import { paintPerson, type ScenePerson } from "./paint-people.js";
import { paintSignals, type SceneSignals, type ShownLamp } from "./paint-signals.js";
import { paintVehicle, type SceneVehicle } from "./paint-vehicles.js";
import { Picture } from "./picture.js";
import { Raster } from "./raster.js";
import { shadePicture } from "./shade.js";
import { Ramps } from "./shade-ramps.js";
import type { Stage } from "./stage.js";
import { ballInView, type View, viewOf } from "./view.js";

export type RendererOptions = {
  readonly width?: number;
  readonly height?: number;
  /** Nothing is drawn beyond; haze hides the edge. */
  readonly farM?: number;
  /** Ground tiles painted in one frame at most: bounds the worst frame, the rest is sharp a few frames later. */
  readonly tilesPerFrame?: number;
  /** 0.2 MB each; shared by all cameras of the renderer. */
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

/** What the sensor is for: visible light, or warmth in grey where white is hot. */
export type Sense = "light" | "heat";

export type Renderer = {
  readonly width: number;
  readonly height: number;
  render(
    pose: CameraPose,
    vehicles: readonly SceneVehicle[],
    people: readonly ScenePerson[],
    light: SceneLight,
    sense?: Sense,
    signals?: SceneSignals,
  ): Frame;
};

type Works = {
  readonly scene: CityScene;
  readonly raster: Raster;
  readonly runs: FaceRuns;
  readonly faces: FaceTable;
  readonly tiles: GroundTiles;
  /** Made when first asked for: 26 MB of a renderer that most often shows light alone. */
  readonly warmth: { tiles: HeatTiles | undefined };
  readonly ramps: Ramps;
  readonly picture: Picture;
  readonly scratch: RingScratch;
  readonly farM: number;
  readonly frame: LocalFrame;
  readonly tilesPerFrame: number;
  readonly near: SceneBuilding[];
  readonly nearM: Float64Array;
  readonly order: { cell: SceneCell; awayM: number }[];
};

/** What a camera sees of a city: one renderer serves any number of cameras in turn. */
export const createRenderer = (city: CityFile, options: RendererOptions = {}): Renderer =>
  createRenderers(city, options).sized(options.width ?? 640, options.height ?? 360);

/** Renderers of several picture sizes over one city: its shapes and the ground's texture are held once. */
export function createRenderers(
  city: CityFile,
  options: Omit<RendererOptions, "width" | "height"> = {},
): { sized(width: number, height: number): Renderer } {
  const scene = cityScene(city);
  const shared = {
    scene,
    faces: new FaceTable(),
    tiles: new GroundTiles(scene, options.tileSlots ?? 320),
    warmth: { tiles: undefined },
    ramps: new Ramps(),
    scratch: new RingScratch(),
    farM: options.farM ?? 1_300,
    frame: localFrame(city.origin),
    tilesPerFrame: options.tilesPerFrame ?? 4,
  };
  return {
    sized: (width, height) =>
      rendererOver({
        ...shared,
        raster: new Raster(width, height),
        runs: new FaceRuns(width, height, mostFaces),
        picture: new Picture(width, height),
        near: [],
        nearM: new Float64Array(scene.cells.reduce((most, cell) => Math.max(most, cell.buildings.length), 0)),
        order: [],
      }),
  };
}

const noLamps: readonly ShownLamp[] = [];

function rendererOver(works: Works): Renderer {
  const { raster, faces, tiles, ramps, picture, scene } = works;
  const { width, height } = picture;
  return {
    width,
    height,
    render(pose, vehicles, people, light, sense, signals) {
      const lighting = lightingOf(light);
      const view = viewOf(pose, works.frame, width, height);
      raster.begin(view);
      faces.begin();
      tiles.begin(lighting, works.tilesPerFrame);
      const stage: Stage = { view, raster, faces, lighting, terrain: scene.terrain, tiles };
      paintScene(works, stage, vehicles, people);
      const lamps = signals === undefined ? noLamps : paintSignals(stage, signals, works.farM);
      ramps.begin(view, tiles, lighting, works.farM);
      if (sense === "heat") {
        shadeHeat(works, stage, light);
        return picture;
      }
      shadePicture(view, picture, raster, works.runs, faces, tiles, lighting, ramps);
      if (lighting.night) {
        for (const vehicle of vehicles) if (awayOf(view, vehicle) < 180) throwHeadlights(stage, picture, vehicle);
      }
      for (const lamp of lamps) glow(picture, lamp, lighting.night);
      return picture;
    },
  };
}

/** The scene's warmth: the same surfaces, painted and textured by how warm they are, without a colour. */
function shadeHeat(works: Works, { view, raster, faces, lighting }: Stage, light: SceneLight): void {
  const { picture, warmth, ramps } = works;
  warmth.tiles ??= new HeatTiles(works.tiles);
  const heat = heatOf(light);
  warmth.tiles.begin(heat);
  warmFaces(faces, heat, lighting);
  shadePicture(view, picture, raster, works.runs, faces, warmth.tiles, heatLighting(light, heat), ramps);
  picture.u.fill(128);
  picture.v.fill(128);
}

const awayOf = (view: View, at: { eastM: number; northM: number }): number =>
  flatM(at.eastM - view.eastM, at.northM - view.northM);
/** The language's own `hypot` guards against overflow at many times the cost. */
const flatM = (e: number, n: number): number => Math.sqrt(e * e + n * n);

function paintScene(
  works: Works,
  stage: Stage,
  vehicles: readonly SceneVehicle[],
  people: readonly ScenePerson[],
): void {
  const { view } = stage;
  // First: everything stands on it, and pixels of large faces are the cheapest to lay others over.
  paintGround(stage, works.scene.relief, works.farM * 1.6);
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
}

const pixelsOf = (view: View, awayM: number, sizeM: number): number => (sizeM * view.focalPx) / Math.max(1, awayM);

/** Distances at which what has been drawn so far is looked over for what it hides. */
const lookOverAtM = [90, 150, 230, 380] as const;
/** From above, roofs stand open to the camera: only below this slope does one building hide the next. */
const shallowSlope = 0.1;

/** The buildings of a cell that may be in the picture, by distance, in a list that the next call uses again. */
function nearFirst(works: Works, { view, raster }: Stage, { buildings, balls }: SceneCell): readonly SceneBuilding[] {
  const { near, nearM, farM } = works;
  let count = 0;
  for (let i = 0; i < buildings.length; i++) {
    const east = balls[4 * i] ?? 0;
    const north = balls[4 * i + 1] ?? 0;
    const up = balls[4 * i + 2] ?? 0;
    const radius = balls[4 * i + 3] ?? 0;
    if (!ballInView(view, east, north, up, radius, farM)) continue;
    if (raster.looked && ballHidden(raster, view, east, north, up, radius)) continue;
    const away = flatM(east - view.eastM, north - view.northM) - radius;
    const building = buildings[i];
    if (building === undefined) break;
    let at = count++;
    for (; at > 0 && (nearM[at - 1] ?? 0) > away; at--) {
      nearM[at] = nearM[at - 1] ?? 0;
      const before = near[at - 1];
      if (before !== undefined) near[at] = before;
    }
    nearM[at] = away;
    near[at] = building;
  }
  near.length = count;
  return near;
}

/** From here on, through a 60-degree lens, of a house only what such a picture can show is drawn. */
const coarseFromM = 400;

/** Near to far, so that most hidden things fail before they are drawn. */
function paintCells(works: Works, stage: Stage): void {
  const { view, raster } = stage;
  const { order, scene, farM } = works;
  const lens = 554 / view.focalPx;
  order.length = 0;
  for (const d of scene.districts) {
    if (!ballInView(view, d.middleE, d.middleN, d.middleU, d.radiusM, farM)) continue;
    const { balls, cells } = d;
    for (let i = 0; i < cells.length; i++) {
      const inView = ballInView(
        view,
        balls[4 * i] ?? 0,
        balls[4 * i + 1] ?? 0,
        balls[4 * i + 2] ?? 0,
        balls[4 * i + 3] ?? 0,
        farM,
      );
      const cell = cells[i];
      if (!inView || cell === undefined) continue;
      order.push({ cell, awayM: flatM(cell.middleE - view.eastM, cell.middleN - view.northM) });
    }
  }
  order.sort((a, b) => a.awayM - b.awayM);
  let looked = 0;
  for (const { cell, awayM } of order) {
    while (awayM > (lookOverAtM[looked] ?? Number.POSITIVE_INFINITY)) {
      looked += 1;
      const shallow = view.upM - cell.middleU < awayM * shallowSlope;
      if (shallow && awayM <= (lookOverAtM[looked] ?? Number.POSITIVE_INFINITY)) raster.lookOver();
    }
    if (ballHidden(raster, view, cell.middleE, cell.middleN, cell.middleU, cell.radiusM)) continue;
    for (const building of nearFirst(works, stage, cell)) {
      const seenFromM = awayM * lens;
      const detail = seenFromM > coarseFromM ? "coarse" : seenFromM > building.simpleFromM ? "simple" : "whole";
      paintBuilding(stage, building, works.scratch, detail);
    }
    // A long lens brings far things near: distances are judged as a 60-degree lens would see them.
    paintFurniture(stage, scene, cell, awayM * lens);
  }
}
