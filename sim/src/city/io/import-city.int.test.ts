import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parseCityFile } from "@outrider/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_GEOID, parseArguments } from "../arguments.js";
import { openGtx } from "../dem/geoid.js";
import { openGeoTiff } from "../dem/geotiff.js";
import { encodePbf } from "../testing/pbf.js";
import { encodePmTiles } from "../testing/pmtiles.js";
import { encodeTiff, type TestTiff } from "../testing/tiff.js";
import { encodeXml, town } from "../testing/town.js";
import { tilesOver } from "../tiles/tile.js";
import { withFile } from "./file-source.js";
import { importCity, writeCity } from "./import-city.js";
import { demoTileFolder, readDemoCity } from "./import-demo-city.js";
import { nodeInflate } from "./inflate.js";

const has = (program: string): boolean => spawnSync(program, ["--version"]).status === 0;
const gdal = has("gdal_translate") && has("gdalwarp");
const osmium = has("osmium");
if (!gdal) console.info("GDAL is not installed: its GeoTIFFs are not compared (apt-get install gdal-bin)");
if (!osmium) console.info("osmium is not installed: its PBFs are not compared (apt-get install osmium-tool)");

/** A slope over the town that bilinear sampling gives back exactly: rises to the east and to the north. */
const groundM = (latDeg: number, lonDeg: number): number => 100 + (lonDeg + 122.455) * 4000 + (latDeg - 37.764) * 2000;
const side = 60;
const [west, north, scale] = [-122.47, 37.78, 0.0005];
const slope: TestTiff = {
  cols: side,
  rows: side,
  values: Array.from({ length: side * side }, (_, i) =>
    groundM(north - (Math.floor(i / side) + 0.5) * scale, west + ((i % side) + 0.5) * scale),
  ),
  format: "float32",
  compression: "deflate",
  predictor: 3,
  tile: 16,
  west,
  north,
  scale,
};
const navd88 = [
  [1024, 2],
  [1025, 1],
  [2048, 4269],
  [4096, 5703],
] as const;
const ellipsoid = [...navd88.slice(0, 3), [4096, 4979]] as const;

let folder = "";
const at = (name: string): string => join(folder, name);
const run = (program: string, ...args: string[]): void => {
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
};

async function city(...more: string[]) {
  const parsed = parseArguments(["import", "--bbox", "-122.46,37.76,-122.45,37.768", "--out", at("t.json"), ...more]);
  if (parsed.kind !== "import") throw new Error(parsed.kind === "refused" ? parsed.reason : "help");
  return importCity(parsed.request);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "city-import-"));
  await writeFile(at("town.osm"), encodeXml(town));
  await writeFile(at("town.osm.gz"), gzipSync(encodeXml(town)));
  await writeFile(at("town.osm.pbf"), encodePbf(town));
  await writeFile(at("navd88.tif"), encodeTiff({ ...slope, keys: navd88 }));
  await writeFile(at("hae.tif"), encodeTiff({ ...slope, keys: ellipsoid }));
  await writeFile(at("silent.tif"), encodeTiff(slope));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("importing OpenStreetMap with heights", () => {
  const heights = (): string[] => ["--dem", at("navd88.tif"), "--undulation", "-32.24"];

  it("gives one and the same city from XML, packed XML and PBF, and it parses", async () => {
    const fromXml = await city("--osm", at("town.osm"), ...heights());
    expect(await city("--osm", at("town.osm.gz"), ...heights())).toEqual(fromXml);
    expect(await city("--osm", at("town.osm.pbf"), ...heights())).toEqual(fromXml);
    await writeCity(fromXml, at("town.json"));
    const parsed = parseCityFile(JSON.parse(await readFile(at("town.json"), "utf8")));
    expect(parsed).toEqual({ kind: "city", city: fromXml });
    expect(fromXml.attribution).toBe("© OpenStreetMap contributors");
    expect(fromXml.licences).toEqual(["ODbL-1.0 (map data)"]);
    expect(fromXml.roads.find((road) => road.name === "Oak Street")?.speedLimitMps).toBeCloseTo(11.176);
    expect(fromXml.helipads?.[0]?.text).toBe("General Hospital");
    expect(fromXml.signals).toHaveLength(1);
  });

  it("lies as high as the height file says, everywhere", async () => {
    const { terrain, heights: about, geoidUndulationM } = await city("--osm", at("town.osm"), ...heights());
    expect(about).toMatchObject({ source: "navd88.tif", datum: "navd88" });
    expect(geoidUndulationM).toBe(-32.24);
    const middle = terrain.heightsAmslDm[Math.floor(terrain.rows / 2) * terrain.cols + Math.floor(terrain.cols / 2)];
    expect(Math.abs((middle ?? 0) / 10 - 100)).toBeLessThan(1);
    const first = terrain.heightsAmslDm[0] ?? 0;
    expect(Math.abs(first / 10 - groundM(37.76, -122.46))).toBeLessThan(0.2);
  });

  it("takes the undulation off heights over the ellipsoid: AMSL = HAE - N", async () => {
    const amsl = await city("--osm", at("town.osm"), ...heights());
    const hae = await city("--osm", at("town.osm"), "--dem", at("hae.tif"), "--undulation", "-32.24");
    const higher = (hae.terrain.heightsAmslDm[0] ?? 0) - (amsl.terrain.heightsAmslDm[0] ?? 0);
    expect(Math.abs(higher - 322.4)).toBeLessThan(1.01);
  });

  it("does not guess: the zero of heights, the ground, the geoid, whom to credit", async () => {
    const undulation = ["--undulation", "-32.24"];
    await expect(city("--osm", at("town.osm"), "--dem", at("silent.tif"), ...undulation)).rejects.toThrow(
      /--dem-datum/,
    );
    const told = await city("--osm", at("town.osm"), "--dem", at("silent.tif"), "--dem-datum", "egm96", ...undulation);
    expect(told.heights?.datum).toBe("egm96");
    await expect(city("--osm", at("town.osm"), ...heights(), "--dem-datum", "egm96")).rejects.toThrow(/says.*navd88/);
    await expect(city("--osm", at("town.osm"), ...undulation)).rejects.toThrow(/--flat METRES on purpose/);
    const noGrid = ["--flat", "20", "--geoid", at("none.gtx")];
    await expect(city("--osm", at("town.osm"), ...noGrid)).rejects.toThrow(/no geoid grid.*proj-data/);
    await expect(city("--tiles", demoTileFolder(), "--flat", "20", ...undulation)).rejects.toThrow(/whom to credit/);
  });

  it("names what a height file lacks, and fills it only when told to", async () => {
    const holes = {
      ...slope,
      keys: navd88,
      noData: "-9999",
      values: slope.values.map((v, i) => (i === 1950 ? -9999 : v)),
    };
    await writeFile(at("holes.tif"), encodeTiff(holes));
    const lacking = ["--osm", at("town.osm"), "--dem", at("holes.tif"), "--undulation", "-32.24"];
    await expect(city(...lacking)).rejects.toThrow(
      /holes\.tif: no height at \d+ places, the first at 37\.\d+, -122\.\d+/,
    );
    const filled = await city(...lacking, "--fill-voids");
    expect(Math.min(...filled.terrain.heightsAmslDm)).toBeGreaterThan(600);
    expect(filled.heights?.note).toMatch(/cells that no file knows/);
  });

  it("names the file and the place in it that is damaged", async () => {
    const whole = encodePbf(town);
    await writeFile(at("cut.osm.pbf"), whole.subarray(0, whole.length - 9));
    await expect(city("--osm", at("cut.osm.pbf"), ...heights())).rejects.toThrow(/cut\.osm\.pbf at byte \d+/);
    await expect(city("--osm", at("absent.osm"), ...heights())).rejects.toThrow(/absent\.osm: cannot be opened/);
  });
});

describe("importing tiles", () => {
  it("refuses a folder with a hole in the box, an empty tile and a damaged one, each by its name; and writes nothing", async () => {
    const tiles = at("tiles");
    await cp(demoTileFolder(), tiles, { recursive: true });
    const words = ["--bbox", "-122.455,37.76,-122.44,37.77", "--undulation", "-32.24", "--attribution", "OSM"];
    const importTo = async (...more: string[]) => {
      const parsed = parseArguments(["import", "--tiles", tiles, "--out", at("hole.json"), ...words, ...more]);
      if (parsed.kind !== "import") throw new Error("refused");
      return importCity(parsed.request);
    };
    expect((await importTo()).buildings.heightDm.length).toBeGreaterThan(100);
    const zoom = Number((await readdir(tiles)).find((name) => name.endsWith(".mvt"))?.split("-")[0]);
    const used = tilesOver(zoom, { westDeg: -122.455, southDeg: 37.76, eastDeg: -122.44, northDeg: 37.77 })[0];
    const tile = `${used?.zoom}-${used?.x}-${used?.y}.mvt`;
    await writeFile(join(tiles, tile), "");
    await expect(importTo()).rejects.toThrow(`${tile}: is empty`);
    await writeFile(join(tiles, tile), "no tile at all, but some text");
    await expect(importTo()).rejects.toThrow(new RegExp(`${tile}: tile .* is no vector tile`));
    await rm(join(tiles, tile));
    await expect(importTo()).rejects.toThrow(`has no ${tile} of this --bbox`);
    expect((await importTo("--allow-missing-tiles")).roads.length).toBeGreaterThan(0);
    expect(existsSync(at("hole.json"))).toBe(false);
  });

  it("gives the same San Francisco from a PMTiles archive as from a folder, cut to the box", async () => {
    const tiles = await Promise.all(
      (await readdir(demoTileFolder()))
        .filter((name) => name.endsWith(".mvt"))
        .map(async (name) => {
          const [zoom = 0, x = 0, y = 0] = name.replace(".mvt", "").split("-").map(Number);
          return { zoom, x, y, bytes: new Uint8Array(await readFile(join(demoTileFolder(), name))) };
        }),
    );
    const attribution = '<a href="https://www.openstreetmap.org/copyright">© OpenStreetMap contributors</a>';
    await writeFile(at("sf.pmtiles"), encodePmTiles({ tiles, metadata: { attribution }, leafSize: 4 }));
    const words = ["--bbox", "-122.455,37.76,-122.44,37.77", "--out", at("x.json"), "--undulation", "-32.24"];
    const importOf = async (...map: string[]) => {
      const parsed = parseArguments(["import", ...map, ...words]);
      if (parsed.kind !== "import") throw new Error("refused");
      return importCity(parsed.request);
    };
    const fromArchive = await importOf("--tiles", at("sf.pmtiles"));
    const credit = "© OpenStreetMap contributors";
    const fromFolder = await importOf("--tiles", demoTileFolder(), "--attribution", credit);
    // A folder may hold more than the box, and its contours then know the ground beyond the box's edge.
    const { terrain: _a, ...archive } = fromArchive;
    const { terrain: _b, ...whole } = fromFolder;
    expect(archive.attribution).toBe(credit);
    expect(archive.roads.length).toBeGreaterThan(100);
    expect(archive.buildings.coordsDm.length).toBe(whole.buildings.coordsDm.length);
    const { eastMinM, eastMaxM, northMinM, northMaxM } = archive.boundsLocal;
    for (let i = 0; i < archive.buildings.coordsDm.length; i += 2) {
      expect(archive.buildings.coordsDm[i] ?? 0).toBeGreaterThanOrEqual(eastMinM * 10);
      expect(archive.buildings.coordsDm[i] ?? 0).toBeLessThanOrEqual(eastMaxM * 10);
      expect(archive.buildings.coordsDm[i + 1] ?? 0).toBeGreaterThanOrEqual(northMinM * 10);
      expect(archive.buildings.coordsDm[i + 1] ?? 0).toBeLessThanOrEqual(northMaxM * 10);
    }
    expect((await readDemoCity()).attribution).toBe(credit);
  });
});

const gtx = DEFAULT_GEOID;
const noGeoid = !existsSync(gtx);
if (noGeoid) console.info(`${gtx} is not there: known undulations are not compared (apt-get install proj-data)`);

describe.skipIf(noGeoid)("EGM96", () => {
  it("undulates as known at five cities", async () => {
    const undulation = await withFile(gtx, openGtx);
    const known = [
      [37.7749, -122.4194, -32.24],
      [40.7128, -74.006, -32.76],
      [25.7617, -80.1918, -27.72],
      [39.7392, -104.9903, -16.98],
      [47.6062, -122.3321, -22.28],
    ] as const;
    for (const [latDeg, lonDeg, n] of known) expect(undulation(latDeg, lonDeg)).toBeCloseTo(n, 0);
  });
});

describe.skipIf(!osmium)("osmium", () => {
  it("writes PBFs, dense and not, that give the same city", async () => {
    const words = ["--dem", at("navd88.tif"), "--undulation", "-32.24"];
    const want = await city("--osm", at("town.osm"), ...words);
    for (const options of ["pbf", "pbf,pbf_dense_nodes=false", "pbf,pbf_compression=none,locations_on_ways=false"]) {
      run("osmium", "cat", at("town.osm"), "-f", options, "-o", at("theirs.pbf"), "--overwrite");
      expect(await city("--osm", at("theirs.pbf"), ...words)).toEqual(want);
    }
  });
});

describe.skipIf(!gdal)("GDAL", () => {
  it("writes GeoTIFFs, however packed, whose heights we read as it does", { timeout: 60_000 }, async () => {
    const packings = [
      ["COMPRESS=LZW", "PREDICTOR=3", "TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"],
      ["COMPRESS=LZW", "BLOCKYSIZE=7"],
      ["COMPRESS=DEFLATE", "PREDICTOR=3"],
      ["COMPRESS=DEFLATE", "PREDICTOR=2"],
      ["COMPRESS=NONE", "ENDIANNESS=BIG"],
    ];
    for (const [i, packing] of packings.entries()) {
      const int16 = packing.includes("PREDICTOR=2") ? ["-ot", "Int16"] : [];
      const name = at(`packed-${i}.tif`);
      run("gdal_translate", ...int16, ...packing.flatMap((one) => ["-co", one]), at("navd88.tif"), name);
      await compare(name, 1e-3);
    }
  });

  it("warps to UTM, where our projection finds the same places", { timeout: 60_000 }, async () => {
    run("gdalwarp", "-t_srs", "EPSG:32610", "-tr", "20", "20", "-r", "bilinear", at("silent.tif"), at("utm.tif"));
    await compare(at("utm.tif"), 0.02);
  });

  /** Our height at some places, read from GDAL's file, against the slope that went into it. */
  async function compare(path: string, withinM: number): Promise<void> {
    const places = Array.from({ length: 12 }, (_, i) => ({
      latDeg: 37.7603 + i * 0.0006,
      lonDeg: -122.4597 + i * 0.0007,
    }));
    const ours = await withFile(path, (source) => {
      const dem = openGeoTiff(source, nodeInflate);
      return places.map(({ latDeg, lonDeg }) => dem.heightM(latDeg, lonDeg));
    });
    ours.forEach((height, i) => {
      const place = places[i] ?? { latDeg: 0, lonDeg: 0 };
      const judge = groundM(place.latDeg, place.lonDeg);
      const roundedM = path.includes("packed-3") ? 0.6 : withinM;
      expect(Math.abs((height ?? Number.NaN) - judge)).toBeLessThan(roundedM);
    });
  }
});
