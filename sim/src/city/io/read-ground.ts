import type { CityHeights } from "@outrider/contract";
import { flatGround, groundFromDems } from "../build/ground.js";
import { CityImportError } from "../byte-source.js";
import type { Dem } from "../dem/dem.js";
import { type GeoidUndulation, openGtx } from "../dem/geoid.js";
import { openGeoTiff } from "../dem/geotiff.js";
import { openHgt } from "../dem/hgt.js";
import { heightsNote } from "../heights-note.js";
import type { ImportProgress, ImportRequest } from "../request.js";
import { withFile } from "./file-source.js";
import { nodeInflate } from "./inflate.js";
import type { ReadMap } from "./read-map.js";

export type ReadGround = { readonly heightsAmslM: Float64Array; readonly heights: CityHeights };

/** N for any place of the city. @throws CityImportError where neither a value nor a grid is at hand */
export async function readUndulation({ undulation }: ImportRequest): Promise<GeoidUndulation> {
  if (undulation.kind === "value") return () => undulation.undulationM;
  try {
    return await withFile(undulation.path, openGtx);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CityImportError(
      "--geoid",
      `no geoid grid (${why}). Install the package proj-data, name a .gtx grid, or give --undulation METRES`,
    );
  }
}

/** Ground heights for a map: from height files, from the tiles' own contours, or level because it was asked for. */
export async function readGround(
  request: ImportRequest,
  map: ReadMap,
  undulation: GeoidUndulation,
  progress: ImportProgress,
): Promise<ReadGround> {
  const { grid } = map.site;
  if (request.dems.length > 0) return fromFiles(request, map, undulation, progress);
  if (request.flatAmslM !== undefined) {
    const note = "level ground by request: no height of it may be trusted";
    const heights = { source: "none", datum: "unknown", note } as const;
    return { heightsAmslM: flatGround(grid, request.flatAmslM), heights };
  }
  if (map.groundAmslM === undefined)
    throw new CityImportError(
      request.map.path,
      "holds no heights; name a height file with --dem, or say --flat METRES on purpose",
    );
  const note = "contours 10 m apart, smoothed between them: mean sea level, within about 5 m";
  return { heightsAmslM: map.groundAmslM, heights: { source: "contours of the tiles", datum: "unknown", note } };
}

async function fromFiles(
  request: ImportRequest,
  map: ReadMap,
  undulation: GeoidUndulation,
  progress: ImportProgress,
): Promise<ReadGround> {
  const { box } = request;
  if (box === undefined) throw new CityImportError("--dem", "--bbox w,s,e,n is needed with height files");
  const sample = (dems: readonly Dem[]): ReadGround => {
    progress("sampling heights", 0);
    const ground = groundFromDems(map.site, box, dems, undulation, request.fillVoids);
    if (ground.kind === "voids") {
      const where = `${ground.latDeg.toFixed(5)}, ${ground.lonDeg.toFixed(5)}`;
      throw new CityImportError(
        request.dems.join(", "),
        `no height at ${ground.count} places, the first at ${where}; add a file that covers them or say --fill-voids`,
      );
    }
    return { heightsAmslM: ground.heightsAmslM, heights: heightsNote(dems, ground.filled) };
  };
  // All files stay open until the grid is sampled, since only the blocks under the city are read.
  const openNext = (paths: readonly string[], dems: readonly Dem[]): Promise<ReadGround> => {
    const [path, ...rest] = paths;
    if (path === undefined) return Promise.resolve(sample(dems));
    return withFile(path, (source) => {
      const dem = /\.hgt$/i.test(path) ? openHgt(source) : openGeoTiff(source, nodeInflate);
      return openNext(rest, [...dems, withDatum(dem, request)]);
    });
  };
  return openNext(request.dems, []);
}

/** A wrong zero is 30 m of height in San Francisco: a file that does not name it is not guessed at. */
function withDatum(dem: Dem, { demDatum }: ImportRequest): Dem {
  if (dem.datum === "unknown") {
    if (demDatum !== undefined) return { ...dem, datum: demDatum };
    throw new CityImportError(
      dem.name,
      "does not say from which zero its heights count; say --dem-datum (US 3DEP: navd88, SRTM: egm96)",
    );
  }
  if (demDatum !== undefined && demDatum !== dem.datum)
    throw new CityImportError(dem.name, `says its heights count from ${dem.datum}, --dem-datum says ${demDatum}`);
  return dem;
}
