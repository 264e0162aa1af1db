import { type EnuPoint, type LatLon, type LocalFrame, localFrame } from "@outrider/geo";
import type { GridPlace } from "../tiles/contours.js";

/** West, south, east, north in degrees, as `--bbox` takes them. */
export type GeoBox = {
  readonly westDeg: number;
  readonly southDeg: number;
  readonly eastDeg: number;
  readonly northDeg: number;
};
export type LocalBounds = {
  readonly eastMinM: number;
  readonly northMinM: number;
  readonly eastMaxM: number;
  readonly northMaxM: number;
};
/** Where a city lies: its frame, its bounds there and the grid of its ground. */
export type CitySite = { readonly frame: LocalFrame; readonly bounds: LocalBounds; readonly grid: GridPlace };

const TERRAIN_CELL_M = 10;

/** Smallest box of whole decimetres round some points, so that the file says exactly what it holds. */
export function boundsOf(points: readonly EnuPoint[]): LocalBounds {
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return {
    eastMinM: tenth(Math.min(...points.map((p) => p.eastM))),
    northMinM: tenth(Math.min(...points.map((p) => p.northM))),
    eastMaxM: tenth(Math.max(...points.map((p) => p.eastM))),
    northMaxM: tenth(Math.max(...points.map((p) => p.northM))),
  };
}

export function siteOf(origin: LatLon, bounds: LocalBounds): CitySite {
  const grid: GridPlace = {
    eastMinM: bounds.eastMinM,
    northMinM: bounds.northMinM,
    cellM: TERRAIN_CELL_M,
    cols: Math.ceil((bounds.eastMaxM - bounds.eastMinM) / TERRAIN_CELL_M) + 1,
    rows: Math.ceil((bounds.northMaxM - bounds.northMinM) / TERRAIN_CELL_M) + 1,
  };
  return { frame: localFrame(origin), bounds, grid };
}

export function siteOfBox(origin: LatLon, box: GeoBox): CitySite {
  const frame = localFrame(origin);
  const corners = [box.southDeg, box.northDeg].flatMap((latDeg) =>
    [box.westDeg, box.eastDeg].map((lonDeg) => frame.toLocal({ latDeg, lonDeg })),
  );
  return siteOf(origin, boundsOf(corners));
}

/** Middle of a box, to a ten-thousandth of a degree. */
export function middleOf(box: GeoBox): LatLon {
  const round = (deg: number): number => Math.round(deg * 1e4) / 1e4;
  return { latDeg: round((box.southDeg + box.northDeg) / 2), lonDeg: round((box.westDeg + box.eastDeg) / 2) };
}
