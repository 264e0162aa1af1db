import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { CityFile } from "@outrider/contract";
import { cityFromTiles, type TileCity } from "../tiles/from-tiles.js";
import type { TileSource } from "../tiles/tile.js";

const SAN_FRANCISCO: TileCity = {
  name: "San Francisco",
  origin: { latDeg: 37.7664, lonDeg: -122.448 },
  geoidUndulationM: -32.24,
  attribution: "© OpenStreetMap contributors",
  licences: ["ODbL-1.0 (map data)", "CC0-1.0 (package @mapbox/mvt-fixtures)"],
};

/** Folder of the tiles inside the installed package. */
export function demoTileFolder(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve("@mapbox/mvt-fixtures/package.json")), "real-world", "sanfrancisco");
}

/** Reads the tiles of a folder; names are zoom-x-y.mvt. */
export async function readTileFolder(folder: string): Promise<TileSource[]> {
  const tiles: TileSource[] = [];
  for (const file of (await readdir(folder)).sort()) {
    const match = /^(\d+)-(\d+)-(\d+)\.mvt$/.exec(file);
    if (match === null) continue;
    const bytes = await readFile(join(folder, file));
    tiles.push({ zoom: Number(match[1]), x: Number(match[2]), y: Number(match[3]), bytes });
  }
  if (tiles.length === 0) throw new Error(`no tiles named zoom-x-y.mvt in ${folder}; run npm install`);
  return tiles;
}

/** Builds the demo's San Francisco from the installed tiles. About a second. */
export async function readDemoCity(): Promise<CityFile> {
  return cityFromTiles(SAN_FRANCISCO, await readTileFolder(demoTileFolder()));
}

/** Writes the demo's city as one JSON file; a reader never sees half of it. */
export async function importDemoCity(outPath: string): Promise<CityFile> {
  const city = await readDemoCity();
  await mkdir(dirname(outPath), { recursive: true });
  const partPath = `${outPath}.part`;
  await writeFile(partPath, JSON.stringify(city));
  await rename(partPath, outPath);
  return city;
}
