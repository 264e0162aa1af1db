import type {
  CityArea,
  CityAreaKind,
  CityBuildings,
  CityFile,
  CityPlace,
  CityRoad,
  CityRoadKind,
} from "@outrider/contract";
import { type EnuPoint, type LatLon, localFrame } from "@outrider/geo";
import { flatDm, flatRingDm } from "./clip.js";
import { type GridPlace, type SpotHeight, terrainFromContours } from "./contours.js";
import { streetNamer } from "./street-names.js";
import { readTile, type Shape, type TileShapes, type TileSource, tileLatLon } from "./tile.js";

export type TileCity = {
  readonly name: string;
  readonly origin: LatLon;
  readonly geoidUndulationM: number;
  readonly attribution: string;
  readonly licences: readonly string[];
};

const TERRAIN_CELL_M = 10;
const CONTOUR_STEP_M = 10;

/** Builds a city file from Mapbox Streets v7 and Terrain v2 tiles. Pure: the same tiles give the same file. */
export function cityFromTiles(about: TileCity, sources: readonly TileSource[]): CityFile {
  const frame = localFrame(about.origin);
  const ordered = [...sources].sort((a, b) => a.x - b.x || a.y - b.y);
  const corners = ordered.flatMap((tile) => [0, 1].map((k) => frame.toLocal(tileLatLon(tile, 1, { x: k, y: k }))));
  const bounds = boundsOf(corners);
  const tiles = ordered.map((tile) => readTile(tile, frame));
  const place: GridPlace = {
    eastMinM: bounds.eastMinM,
    northMinM: bounds.northMinM,
    cellM: TERRAIN_CELL_M,
    cols: Math.ceil((bounds.eastMaxM - bounds.eastMinM) / TERRAIN_CELL_M) + 1,
    rows: Math.ceil((bounds.northMaxM - bounds.northMinM) / TERRAIN_CELL_M) + 1,
  };
  const heights = terrainFromContours(place, contourAreas(tiles), CONTOUR_STEP_M, peaks(tiles));
  return {
    version: 1,
    name: about.name,
    provenance: "sim",
    origin: about.origin,
    geoidUndulationM: about.geoidUndulationM,
    boundsLocal: bounds,
    terrain: { ...place, heightsAmslDm: Array.from(heights, (m) => Math.round(m * 10)) },
    buildings: buildings(tiles, place, heights),
    roads: roads(tiles),
    areas: areas(tiles),
    addresses: [],
    places: places(tiles),
    attribution: about.attribution,
    licences: [...about.licences],
  };
}

function boundsOf(points: readonly EnuPoint[]) {
  // Whole decimetres, so that the file says exactly what it holds.
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return {
    eastMinM: tenth(Math.min(...points.map((p) => p.eastM))),
    northMinM: tenth(Math.min(...points.map((p) => p.northM))),
    eastMaxM: tenth(Math.max(...points.map((p) => p.eastM))),
    northMaxM: tenth(Math.max(...points.map((p) => p.northM))),
  };
}

const numberOf = (shape: Shape, key: string): number | undefined => {
  const value = shape.properties[key];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
};
const textOf = (shape: Shape, key: string): string => {
  const value = shape.properties[key];
  return typeof value === "string" ? value : "";
};

function contourAreas(tiles: readonly TileShapes[]) {
  return tiles.flatMap((tile) =>
    tile.ringGroups("contour").map((shape) => ({ eleM: numberOf(shape, "ele") ?? 0, rings: shape.rings })),
  );
}

function peaks(tiles: readonly TileShapes[]): SpotHeight[] {
  return tiles.flatMap((tile) =>
    tile.points("mountain_peak_label").flatMap((shape) => {
      const eleM = numberOf(shape, "elevation_m");
      return eleM === undefined ? [] : [{ point: shape.point, eleM }];
    }),
  );
}

const DEFAULT_HEIGHT_M = 6;

/** Buildings that a tile edge cuts come as two abutting parts; overlap would count them twice. */
function buildings(tiles: readonly TileShapes[], place: GridPlace, heights: Float64Array): CityBuildings {
  const out: CityBuildings = { ringStart: [0], coordsDm: [], groundAmslDm: [], heightDm: [] };
  for (const shape of tiles.flatMap((tile) => tile.rings("building"))) {
    const ring = flatRingDm(shape.ring);
    if (ring.length === 0) continue;
    // One by one: a spread of a long list into push can overflow the stack.
    for (const value of ring) out.coordsDm.push(value);
    out.ringStart.push(out.coordsDm.length / 2);
    const ground = Math.min(...shape.ring.map((p) => heightAt(place, heights, p)));
    out.groundAmslDm.push(Math.round(ground * 10));
    out.heightDm.push(Math.round((numberOf(shape, "height") ?? DEFAULT_HEIGHT_M) * 10));
  }
  return out;
}

function heightAt(place: GridPlace, heights: Float64Array, point: EnuPoint): number {
  const x = Math.min(place.cols - 1.000001, Math.max(0, (point.eastM - place.eastMinM) / place.cellM));
  const y = Math.min(place.rows - 1.000001, Math.max(0, (point.northM - place.northMinM) / place.cellM));
  const at = Math.floor(y) * place.cols + Math.floor(x);
  const south = (heights[at] ?? 0) * (1 - (x % 1)) + (heights[at + 1] ?? 0) * (x % 1);
  const north = (heights[at + place.cols] ?? 0) * (1 - (x % 1)) + (heights[at + place.cols + 1] ?? 0) * (x % 1);
  return south * (1 - (y % 1)) + north * (y % 1);
}

const ROAD_KINDS: Readonly<Record<string, CityRoadKind>> = {
  motorway: "motorway",
  motorway_link: "primary",
  trunk: "trunk",
  primary: "primary",
  secondary: "secondary",
  tertiary: "tertiary",
  link: "tertiary",
  street: "street",
  street_limited: "street",
  service: "service",
  track: "service",
  pedestrian: "path",
  path: "path",
  major_rail: "rail",
  minor_rail: "rail",
};
const ROAD_WIDTH_M: Readonly<Record<CityRoadKind, number>> = {
  motorway: 20,
  trunk: 18,
  primary: 16,
  secondary: 14,
  tertiary: 12,
  street: 10,
  service: 6,
  path: 3,
  rail: 3,
};

function roads(tiles: readonly TileShapes[]): CityRoad[] {
  const labels = tiles.flatMap((tile) =>
    tile.lines("road_label").map((shape) => ({ name: textOf(shape, "name"), line: shape.line })),
  );
  const nameLine = streetNamer(labels);
  const out: CityRoad[] = [];
  for (const shape of tiles.flatMap((tile) => tile.lines("road"))) {
    const kind = ROAD_KINDS[textOf(shape, "class")];
    if (kind === undefined) continue;
    const pieces = kind === "rail" ? [{ name: "", line: shape.line }] : nameLine(shape.line);
    for (const { name, line } of pieces) {
      const pointsDm = flatDm(line);
      if (pointsDm.length < 4) continue;
      const oneWay = shape.properties["oneway"] === "true" || shape.properties["oneway"] === true;
      out.push({
        id: `r${out.length}`,
        name,
        kind,
        widthM: ROAD_WIDTH_M[kind],
        oneWay,
        level: levelOf(shape),
        pointsDm,
      });
    }
  }
  return out;
}

function levelOf(shape: Shape): number {
  const layer = numberOf(shape, "layer");
  if (layer !== undefined && layer !== 0) return Math.round(layer);
  switch (textOf(shape, "structure")) {
    case "bridge":
      return 1;
    case "tunnel":
      return -1;
    default:
      return 0;
  }
}

const AREA_KINDS: Readonly<Record<string, CityAreaKind>> = {
  park: "park",
  grass: "park",
  wood: "park",
  pitch: "park",
  school: "school",
  hospital: "hospital",
  cemetery: "cemetery",
  parking: "parking",
  sand: "sand",
};

function areas(tiles: readonly TileShapes[]): CityArea[] {
  return tiles.flatMap((tile) => [
    ...tile.rings("landuse").flatMap((shape) => areaOf(AREA_KINDS[textOf(shape, "class")], shape.ring)),
    ...tile.rings("water").flatMap((shape) => areaOf("water", shape.ring)),
  ]);
}

function areaOf(kind: CityAreaKind | undefined, ring: readonly EnuPoint[]): CityArea[] {
  const ringDm = flatRingDm(ring);
  return kind === undefined || ringDm.length === 0 ? [] : [{ kind, name: "", ringDm }];
}

/** Named places; each tile repeats its neighbours' labels. */
function places(tiles: readonly TileShapes[]): CityPlace[] {
  const byName = new Map<string, CityPlace>();
  for (const layer of ["poi_label", "rail_station_label", "place_label", "mountain_peak_label"]) {
    for (const shape of tiles.flatMap((tile) => tile.points(layer))) {
      const text = textOf(shape, "name_en") || textOf(shape, "name");
      if (text === "" || byName.has(text)) continue;
      const [eastDm = 0, northDm = 0] = flatDm([shape.point]);
      byName.set(text, { text, eastDm, northDm });
    }
  }
  return [...byName.values()];
}
