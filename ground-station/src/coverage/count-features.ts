import type { Coverage, World } from "@outrider/geo";
import { areaCoordinates, type Feature, type Position, windowAreas } from "./geojson.js";

/** More cameras than this on one place tell a person nothing new. */
const mostTold = 4;

/** Ground by how many shared cameras see it, one feature a count: `cameras` 1, 2, 3, and 4 for four or more. */
export function* countFeatures(
  coverage: Coverage,
  open: (cell: number) => boolean,
  world: World,
  said: Feature["properties"],
): Generator<undefined, Feature[]> {
  const features: Feature[] = [];
  for (let cameras = 1; cameras <= mostTold; cameras++) {
    const coordinates: Position[][][] = [];
    const accepts = (cell: number): boolean => open(cell) && Math.min(mostTold, coverage.counts[cell] ?? 0) === cameras;
    for (const areas of windowAreas(coverage.grid, accepts)) {
      for (const area of areas) coordinates.push(areaCoordinates(area, world));
      yield undefined;
    }
    if (coordinates.length > 0)
      features.push({
        type: "Feature",
        properties: { cameras, orMore: cameras === mostTold, ...said },
        geometry: { type: "MultiPolygon", coordinates },
      });
  }
  return features;
}
