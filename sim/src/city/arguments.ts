import { type CityHeightDatum, CityHeightDatumSchema, cityHeightDatums } from "@outrider/contract";
import type { GeoBox } from "./build/place.js";
import type { ImportRequest } from "./request.js";

export const usage = `Usage: npm run city -- import (--osm FILE | --tiles FOLDER|FILE.pmtiles) --out FILE [options]
       npm run city -- seed NUMBER --out FILE      a generated city, the same for the same number

  --osm FILE            OpenStreetMap extract: .osm.pbf, .osm or .osm.gz
  --tiles PATH          vector tiles: a .pmtiles archive, or a folder of zoom-x-y.mvt files
  --bbox w,s,e,n        what to import, degrees; up to 20 km a side (a tile folder may go without)
  --out FILE            the city file to write (data/city/NAME.json)
  --dem FILE            ground heights: GeoTIFF or SRTM .hgt; may be given several times, the first that knows counts
  --dem-datum DATUM     zero of heights whose file does not say it: ${cityHeightDatums.slice(0, -1).join(", ")}
  --flat METRES         no height file: level ground at this height above mean sea level
  --fill-voids          fill places that no height file knows with their highest neighbour
  --allow-missing-tiles what a tile folder has not of the --bbox is open country: nothing stands there
  --geoid FILE.gtx      geoid grid (egm96_15.gtx of the package proj-data); looked for in /usr/share/proj by default
  --undulation METRES   geoid undulation N = HAE - AMSL instead of a grid (San Francisco: -32.24)
  --name TEXT           name of the city
  --attribution TEXT    credit to be shown with the map besides what the sources ask for; may be given several times
  --licence TEXT        licence of the data; may be given several times`;

export type ParsedArguments =
  | { readonly kind: "import"; readonly request: ImportRequest; readonly out: string }
  | { readonly kind: "seed"; readonly seed: number; readonly out: string }
  | { readonly kind: "help" }
  | { readonly kind: "refused"; readonly reason: string };

const refused = (reason: string): ParsedArguments => ({ kind: "refused", reason });
const VALUED = [
  "osm",
  "tiles",
  "bbox",
  "out",
  "dem",
  "dem-datum",
  "flat",
  "geoid",
  "undulation",
  "name",
  "attribution",
  "licence",
];
const SWITCHES = ["fill-voids", "allow-missing-tiles"];
const REPEATED = ["dem", "attribution", "licence"];
export const DEFAULT_GEOID = "/usr/share/proj/egm96_15.gtx";
const MOST_SIDE_M = 20_000;
const M_PER_DEG = 111_320;

/** Options by name, or what is wrong with them. */
function optionsOf(list: readonly string[]): Map<string, string[]> | string {
  const found = new Map<string, string[]>();
  for (let i = 0; i < list.length; i++) {
    const word = list[i] ?? "";
    const key = word.startsWith("--") ? word.slice(2) : "";
    if (SWITCHES.includes(key)) found.set(key, ["yes"]);
    else if (!VALUED.includes(key)) return `unknown option ${word}`;
    else {
      const value = list[++i];
      if (value === undefined || value.startsWith("--")) return `--${key} wants a value`;
      if (found.has(key) && !REPEATED.includes(key)) return `--${key} stands twice`;
      found.set(key, [...(found.get(key) ?? []), value]);
    }
  }
  return found;
}

/** What the words after `npm run city --` ask for. */
export function parseArguments(words: readonly string[]): ParsedArguments {
  const [verb, ...list] = words;
  if (verb === "help" || verb === "--help" || list.includes("--help")) return { kind: "help" };
  if (verb === "seed") return seedOf(list);
  if (verb !== "import") return refused(`unknown command ${verb || "(none)"}; import and seed are known`);
  const options = optionsOf(list);
  if (typeof options === "string") return refused(options);
  const one = (key: string): string | undefined => options.get(key)?.[0];
  const map = mapOf(one("osm"), one("tiles"));
  if (typeof map === "string") return refused(map);
  const out = one("out");
  if (out === undefined) return refused("--out FILE is missing");
  const box = one("bbox") === undefined ? undefined : boxOf(one("bbox") ?? "");
  if (typeof box === "string") return refused(box);
  const datum = datumOf(one("dem-datum"));
  if (typeof datum === "string" && datum.startsWith("--")) return refused(datum);
  const flatAmslM = numberOf(one("flat"));
  const undulationM = numberOf(one("undulation"));
  if (Number.isNaN(flatAmslM)) return refused("--flat wants metres above mean sea level");
  if (Number.isNaN(undulationM) || Math.abs(undulationM ?? 0) > 120)
    return refused("--undulation wants metres between -120 and 120");
  const request: ImportRequest = {
    name: one("name") ?? nameFrom(out),
    map,
    box,
    origin: undefined,
    dems: options.get("dem") ?? [],
    demDatum: CityHeightDatumSchema.safeParse(datum).data,
    flatAmslM,
    undulation:
      undulationM === undefined
        ? { kind: "grid", path: one("geoid") ?? DEFAULT_GEOID }
        : { kind: "value", undulationM },
    fillVoids: options.has("fill-voids"),
    allowMissingTiles: options.has("allow-missing-tiles"),
    attribution: options.get("attribution") ?? [],
    licences: options.get("licence") ?? [],
  };
  if (request.dems.length > 0 && flatAmslM !== undefined) return refused("--dem and --flat exclude each other");
  return { kind: "import", request, out };
}

function seedOf([number = "", ...list]: readonly string[]): ParsedArguments {
  const options = optionsOf(list);
  if (typeof options === "string") return refused(options);
  const [out] = options.get("out") ?? [];
  if (out === undefined || options.size > 1) return refused("seed wants a number and --out FILE, nothing else");
  const seed = Number(number);
  const whole = /^\d+$/.test(number) && seed < 2 ** 32;
  return whole ? { kind: "seed", seed, out } : refused(`seed ${number} is no whole number from 0 to 4294967295`);
}

function mapOf(osm: string | undefined, tiles: string | undefined): ImportRequest["map"] | string {
  if (osm !== undefined && tiles !== undefined) return "--osm and --tiles exclude each other";
  if (osm !== undefined) return { kind: "osm", path: osm };
  return tiles === undefined ? "--osm FILE or --tiles PATH is missing" : { kind: "tiles", path: tiles };
}

function boxOf(text: string): GeoBox | string {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [westDeg = Number.NaN, southDeg = Number.NaN, eastDeg = Number.NaN, northDeg = Number.NaN] = numbers;
  const inOrder = numbers.length === 4 && westDeg < eastDeg && southDeg < northDeg && westDeg >= -180 && eastDeg <= 180;
  if (!inOrder || southDeg < -85 || northDeg > 85)
    return "--bbox wants west,south,east,north in degrees, in this order";
  const widthM = (eastDeg - westDeg) * M_PER_DEG * Math.cos((((southDeg + northDeg) / 2) * Math.PI) / 180);
  if (widthM > MOST_SIDE_M || (northDeg - southDeg) * M_PER_DEG > MOST_SIDE_M)
    return "--bbox is larger than 20 km a side; the browser would not hold such a city";
  return { westDeg, southDeg, eastDeg, northDeg };
}

function datumOf(text: string | undefined): CityHeightDatum | string | undefined {
  if (text === undefined) return undefined;
  const datum = CityHeightDatumSchema.safeParse(text).data;
  return datum === undefined || datum === "unknown"
    ? `--dem-datum ${text} is none of ${cityHeightDatums.slice(0, -1).join(", ")}`
    : datum;
}

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : text.trim() === "" || !Number.isFinite(Number(text)) ? Number.NaN : Number(text);

const nameFrom = (out: string): string => (out.split(/[\\/]/).at(-1) ?? out).replace(/\.json$/, "") || "City";
