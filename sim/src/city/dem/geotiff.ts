import type { CityHeightDatum } from "@outrider/contract";
import { type ByteSource, CityImportError, type Inflate } from "../byte-source.js";
import { bilinear, type Dem } from "./dem.js";
import { tiffSamples } from "./tiff-blocks.js";
import { readTiffTags, type TiffTags } from "./tiff-tags.js";
import { type GridPoint, utmOf, utmZoneOf } from "./utm.js";

const TAG = { pixelScale: 33550, tiePoint: 33922, transformation: 34264, geoKeys: 34735 } as const;
const KEY = {
  model: 1024,
  raster: 1025,
  geographic: 2048,
  projected: 3072,
  vertical: 4096,
  verticalUnit: 4099,
} as const;
const PIXEL_IS_POINT = 2;
/** WGS84 and NAD83, which lie within 2 m of each other. */
const GEOGRAPHIC = [4326, 4269, 4979];
const FOOT_M = 0.3048;
const US_FOOT_M = 1200 / 3937;

type ToGrid = (latDeg: number, lonDeg: number) => GridPoint;

/**
 * Ground heights from a GeoTIFF (OGC 19-008r4): EPSG:4326, 4269 or UTM; uncompressed, LZW or deflate; strips or tiles.
 * Only the blocks that are asked for are read.
 * @throws CityImportError where it is something else, in words
 */
export function openGeoTiff(source: ByteSource, inflate: Inflate): Dem {
  const tags = readTiffTags(source);
  const keys = geoKeys(tags);
  const toGrid = projectionOf(source, keys);
  const samples = tiffSamples(source, tags, inflate);
  const place = placeOf(source, tags, keys.get(KEY.raster) === PIXEL_IS_POINT ? 0 : 0.5);
  const { datum, unitM } = verticalOf(source, keys);
  return {
    name: source.name,
    datum,
    heightM: (latDeg, lonDeg) => {
      const { x, y } = toGrid(latDeg, lonDeg);
      const height = bilinear(samples, place.col(x), place.row(y));
      return height === undefined ? undefined : height * unitM;
    },
  };
}

function geoKeys(tags: TiffTags): ReadonlyMap<number, number> {
  const list = tags.numbers(TAG.geoKeys);
  const keys = new Map<number, number>();
  for (let i = 4; i + 3 < list.length; i += 4) {
    // Only values that stand in the directory itself; the others are names.
    if (list[i + 1] === 0) keys.set(list[i] ?? 0, list[i + 3] ?? 0);
  }
  return keys;
}

function projectionOf(source: ByteSource, keys: ReadonlyMap<number, number>): ToGrid {
  const advice = "make it EPSG:4326: gdalwarp -t_srs EPSG:4326";
  if (keys.get(KEY.model) === 2) {
    const code = keys.get(KEY.geographic) ?? 0;
    if (!GEOGRAPHIC.includes(code))
      throw new CityImportError(source.name, `coordinates of EPSG:${code} are not read; ${advice}`);
    return (latDeg, lonDeg) => ({ x: lonDeg, y: latDeg });
  }
  const code = keys.get(KEY.projected) ?? 0;
  const zone = utmZoneOf(code);
  if (zone === undefined)
    throw new CityImportError(source.name, `projection EPSG:${code} is not read (UTM and degrees are); ${advice}`);
  return (latDeg, lonDeg) => utmOf(zone, latDeg, lonDeg);
}

/** From coordinates to the place among the samples; `half` is where in its pixel a sample lies. */
function placeOf(source: ByteSource, tags: TiffTags, half: number) {
  const [scaleX = 0, scaleY = 0] = tags.numbers(TAG.pixelScale);
  const [col = 0, row = 0, , x = 0, y = 0] = tags.numbers(TAG.tiePoint);
  if (scaleX > 0 && scaleY > 0)
    return { col: (at: number) => (at - x) / scaleX + col - half, row: (at: number) => (y - at) / scaleY + row - half };
  const [a = 0, b = 0, , d = 0, e = 0, f = 0, , h = 0] = tags.numbers(TAG.transformation);
  if (a > 0 && f < 0 && b === 0 && e === 0)
    return { col: (at: number) => (at - d) / a - half, row: (at: number) => (at - h) / f - half };
  throw new CityImportError(source.name, "does not say where it lies, or is turned; warp it north up: gdalwarp");
}

function verticalOf(source: ByteSource, keys: ReadonlyMap<number, number>) {
  const unit = keys.get(KEY.verticalUnit) ?? 9001;
  const unitM = unit === 9003 ? US_FOOT_M : unit === 9002 ? FOOT_M : unit === 9001 ? 1 : undefined;
  if (unitM === undefined) throw new CityImportError(source.name, `heights in unit EPSG:${unit} are not read`);
  const datum = (kind: CityHeightDatum, metres = unitM) => ({ datum: kind, unitM: metres });
  switch (keys.get(KEY.vertical)) {
    case 5703:
      return datum("navd88");
    case 6360:
      return datum("navd88", US_FOOT_M);
    case 8228:
      return datum("navd88", FOOT_M);
    case 5773:
    case 5171:
      return datum("egm96");
    case 3855:
      return datum("egm2008");
    case 4979:
    case 5030:
      return datum("ellipsoid");
    default:
      return datum(keys.get(KEY.geographic) === 4979 ? "ellipsoid" : "unknown");
  }
}
