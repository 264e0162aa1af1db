import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type CityFile, parseCityFile } from "@outrider/contract";
import { buildCity } from "../build/build-city.js";
import { CityImportError } from "../byte-source.js";
import type { ImportProgress, ImportRequest } from "../request.js";
import { readGround, readUndulation } from "./read-ground.js";
import { readMap } from "./read-map.js";

/**
 * The one importer: map, heights, city. Whatever the format of its sources, the same sources give the same city, byte
 * for byte.
 * @throws CityImportError naming the file, the place in it and what to do
 */
export async function importCity(request: ImportRequest, progress: ImportProgress = () => {}): Promise<CityFile> {
  const undulation = await readUndulation(request);
  const map = await readMap(request, progress);
  const { heightsAmslM, heights } = await readGround(request, map, undulation, progress);
  const { latDeg, lonDeg } = map.site.frame.origin;
  const undulationM = undulation(latDeg, lonDeg);
  if (undulationM === undefined) throw new CityImportError("--geoid", "the grid does not reach this city");
  progress("building the city", 0);
  const about = {
    name: request.name,
    geoidUndulationM: Math.round(undulationM * 100) / 100 + 0,
    heights,
    attribution: [...new Set([...map.attribution, ...request.attribution])].join("; "),
    licences: [...new Set([...map.licences, ...request.licences])],
  };
  return buildCity(about, map.site, heightsAmslM, map.features);
}

/** Writes a city as one JSON file; a reader never sees half of it, and what could not be read back is not written. */
export async function writeCity(city: CityFile, outPath: string): Promise<void> {
  const parsed = parseCityFile(city);
  if (parsed.kind === "refused") throw new CityImportError(outPath, `would not be a city file: ${parsed.reason}`);
  await mkdir(dirname(outPath), { recursive: true });
  const partPath = `${outPath}.part`;
  await writeFile(partPath, JSON.stringify(city));
  await rename(partPath, outPath);
}
