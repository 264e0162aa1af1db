import type { GeoPoint } from "@outrider/contract";
import { type CellArea, type CellGrid, cellAreas, type EnuPoint, type World } from "@outrider/geo";

/** RFC 7946: longitude first, outer rings counter-clockwise and closed. */
export type Position = readonly [lonDeg: number, latDeg: number];
export type Feature = {
  readonly type: "Feature";
  readonly properties: Readonly<Record<string, unknown>>;
  readonly geometry:
    | { readonly type: "MultiLineString"; readonly coordinates: readonly (readonly Position[])[] }
    | { readonly type: "Polygon"; readonly coordinates: readonly (readonly Position[])[] }
    | { readonly type: "MultiPolygon"; readonly coordinates: readonly (readonly (readonly Position[])[])[] };
};
/** Where a document comes from, beside its features (RFC 7946, 6.1): nobody may take an exercise's map for the city's. */
export type Origin = { readonly provenance: "live" | "sim"; readonly site: string; readonly attribution: string };
export type FeatureCollection = Partial<Origin> & {
  readonly type: "FeatureCollection";
  readonly features: readonly Feature[];
};

export const collection = (features: readonly Feature[], origin: Origin): FeatureCollection => ({
  type: "FeatureCollection",
  ...origin,
  features,
});

const round6 = (deg: number): number => Math.round(deg * 1e6) / 1e6;
const position = (point: GeoPoint): Position => [round6(point.lonDeg), round6(point.latDeg)];

export function closedRing(points: readonly GeoPoint[]): Position[] {
  const ring = points.map(position);
  const first = ring[0];
  return first === undefined ? ring : [...ring, first];
}

export function areaCoordinates(area: CellArea, world: World): Position[][] {
  const ring = (points: readonly EnuPoint[]): Position[] => closedRing(points.map((point) => world.frame.toGeo(point)));
  return [ring(area.outer), ...area.holes.map(ring)];
}

const windowCells = 40;

/**
 * Outlines of accepted cells in windows, one call a window, so that the work can be spread over time: outlining a whole
 * city at once would hold up telemetry.
 */
export function* windowAreas(grid: CellGrid, accepts: (index: number) => boolean): Generator<CellArea[]> {
  for (let row0 = 0; row0 < grid.rows; row0 += windowCells) {
    for (let col0 = 0; col0 < grid.cols; col0 += windowCells) {
      const cols = Math.min(windowCells, grid.cols - col0);
      const window: CellGrid = {
        eastMinM: grid.eastMinM + col0 * grid.cellM,
        northMinM: grid.northMinM + row0 * grid.cellM,
        cellM: grid.cellM,
        cols,
        rows: Math.min(windowCells, grid.rows - row0),
      };
      yield cellAreas(window, (index) =>
        accepts((row0 + Math.floor(index / cols)) * grid.cols + col0 + (index % cols)),
      );
    }
  }
}
