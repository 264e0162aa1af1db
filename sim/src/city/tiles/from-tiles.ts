import { type LatLon, localFrame } from "@outrider/geo";
import { boundsOf, type CitySite, siteOf } from "../build/place.js";
import { CityImportError } from "../byte-source.js";
import { type CityFeatures, type NamedPoint, ROAD_WIDTH_M, type RoadFeature } from "../features.js";
import { type GridPlace, type SpotHeight, terrainFromContours } from "./contours.js";
import { schemaOf, type TileSchema, tileSchemaNames } from "./schema.js";
import { streetNamer } from "./street-names.js";
import { readTile, type Shape, type TileShapes, type TileSource, tileLatLon } from "./tile.js";

const CONTOUR_STEP_M = 10;
const DEFAULT_HEIGHT_M = 6;

/** Bounds and frame of a city that is as large as its tiles. */
export function siteOfTiles(origin: LatLon, sources: readonly TileSource[]): CitySite {
  const frame = localFrame(origin);
  const corners = sources.flatMap((tile) => [0, 1].map((k) => frame.toLocal(tileLatLon(tile, 1, { x: k, y: k }))));
  return siteOf(origin, boundsOf(corners));
}

/** Tiles decoded into the city's frame, always in one order. @throws CityImportError naming the tile that is damaged */
export function readTiles(site: CitySite, sources: readonly TileSource[]): TileShapes[] {
  const ordered = [...sources].sort((a, b) => a.x - b.x || a.y - b.y);
  return ordered.map((tile) => {
    try {
      return readTile(tile, site.frame);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const from = tile.file === undefined ? "" : `${tile.file}: `;
      throw new CityImportError(`${from}tile ${tile.zoom}/${tile.x}/${tile.y}`, `is no vector tile (${why})`);
    }
  });
}

/** Shapes of decoded tiles in the schema that their layers show. */
export function tileFeatures(name: string, tiles: readonly TileShapes[]): CityFeatures {
  const layers = new Set(tiles.flatMap((tile) => tile.layers));
  const schema = schemaOf(layers);
  if (schema === undefined)
    throw new CityImportError(
      name,
      `layers ${[...layers].join(", ") || "(none)"} are of no schema known here (${tileSchemaNames})`,
    );
  return {
    buildings: tiles
      .flatMap((tile) => tile.rings(schema.buildings))
      .map((shape) => ({ ring: shape.ring, heightM: heightOf(schema, shape) })),
    roads: roads(schema, tiles),
    areas: tiles.flatMap((tile) =>
      schema.areas.flatMap(([layer, kindOf]) =>
        tile.rings(layer).flatMap(({ properties, ring }) => {
          const kind = kindOf(properties);
          return kind === undefined ? [] : [{ kind, name: "", ring }];
        }),
      ),
    ),
    addresses: [],
    places: places(schema, tiles),
    signals: [],
    helipads: [],
  };
}

/** Ground from the tiles' own contours and summits (over EGM96 or the like); undefined where they hold none. */
export function tileGround(place: GridPlace, tiles: readonly TileShapes[]): Float64Array | undefined {
  const areas = tiles.flatMap((tile) =>
    tile.ringGroups("contour").map((shape) => ({ eleM: numberOf(shape, "ele") ?? 0, rings: shape.rings })),
  );
  return areas.length === 0 ? undefined : terrainFromContours(place, areas, CONTOUR_STEP_M, peaks(tiles));
}

const numberOf = (shape: Shape, key: string): number | undefined => {
  const value = shape.properties[key];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
};
const textOf = (shape: Shape, key: string): string => {
  const value = shape.properties[key];
  return typeof value === "string" ? value : "";
};

function heightOf(schema: TileSchema, shape: Shape): number {
  const heightM = schema.heightKeys.map((key) => numberOf(shape, key)).find((height) => height !== undefined);
  return heightM !== undefined && heightM >= 0 ? heightM : DEFAULT_HEIGHT_M;
}

function peaks(tiles: readonly TileShapes[]): SpotHeight[] {
  return tiles.flatMap((tile) =>
    tile.points("mountain_peak_label").flatMap((shape) => {
      const eleM = numberOf(shape, "elevation_m");
      return eleM === undefined ? [] : [{ point: shape.point, eleM }];
    }),
  );
}

function roads(schema: TileSchema, tiles: readonly TileShapes[]): RoadFeature[] {
  const labels = schema.roadLabels;
  const nameLine =
    labels === undefined
      ? undefined
      : streetNamer(
          tiles.flatMap((tile) =>
            tile.lines(labels).map((shape) => ({ name: textOf(shape, "name"), line: shape.line })),
          ),
        );
  return tiles
    .flatMap((tile) => tile.lines(schema.roads))
    .flatMap((shape) => {
      const kind = schema.roadKind(shape.properties);
      if (kind === undefined) return [];
      const whole = [{ name: textOf(shape, "name"), line: shape.line }];
      const pieces = kind === "rail" || nameLine === undefined ? whole : nameLine(shape.line);
      const { oneWay, reversed } = directionOf(shape);
      return pieces.map(({ name, line }) => ({
        name: kind === "rail" ? "" : name,
        kind,
        widthM: ROAD_WIDTH_M[kind],
        oneWay,
        level: levelOf(shape),
        speedLimitMps: undefined,
        line: reversed ? [...line].reverse() : line,
      }));
    });
}

function directionOf({ properties }: Shape): { oneWay: boolean; reversed: boolean } {
  const value = properties["oneway"];
  const reversed = value === -1 || value === "-1";
  return { oneWay: reversed || value === true || value === 1 || value === "true" || value === "yes", reversed };
}

function levelOf(shape: Shape): number {
  const layer = numberOf(shape, "layer");
  if (layer !== undefined && layer !== 0) return Math.round(layer);
  const structure = textOf(shape, "structure") || textOf(shape, "brunnel");
  if (structure === "bridge" || shape.properties["is_bridge"] === true) return 1;
  return structure === "tunnel" || shape.properties["is_tunnel"] === true ? -1 : 0;
}

function places(schema: TileSchema, tiles: readonly TileShapes[]): NamedPoint[] {
  return schema.places.flatMap((layer) =>
    tiles
      .flatMap((tile) => tile.points(layer))
      .map((shape) => ({ text: textOf(shape, "name_en") || textOf(shape, "name"), point: shape.point })),
  );
}
