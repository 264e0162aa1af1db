import type { CityRoadKind } from "@outrider/contract";
import { METRES_PER_FOOT } from "@outrider/geo";
import type { OsmTags } from "./element.js";

const MPH_MPS = 0.44704;
const KNOT_MPS = 1852 / 3600;

/** A length as mappers write it: "12", "12 m", "40 ft", "40'6\""; undefined where it says none. */
export function lengthM(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const feet = /^\s*(\d+(?:\.\d+)?)\s*(?:'|ft|feet)\s*(?:(\d+(?:\.\d+)?)\s*(?:"|in|''))?\s*$/.exec(text);
  if (feet !== null) return (Number(feet[1]) + Number(feet[2] ?? 0) / 12) * METRES_PER_FOOT;
  const metres = /^\s*(\d+(?:[.,]\d+)?)\s*(?:m|metres?|meters?)?\s*$/.exec(text);
  return metres === null ? undefined : Number((metres[1] ?? "").replace(",", "."));
}

/** `maxspeed`: "35 mph", "50" (km/h), "10 knots"; undefined for "US:urban", "none", "signals" and what else is no number. */
export function speedMps(text: string | undefined): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(mph|km\/h|kmh|kph|knots)?\s*$/.exec(text ?? "");
  if (match === null) return undefined;
  const value = Number(match[1]);
  if (value <= 0) return undefined;
  if (match[2] === "mph") return value * MPH_MPS;
  return match[2] === "knots" ? value * KNOT_MPS : value / 3.6;
}

const HOUSES = ["house", "detached", "semidetached_house", "bungalow", "terrace", "garage", "garages", "shed", "hut"];
const HOUSE_M = 6;
const OTHER_M = 10;
const LEVEL_M = 3.2;
const ROOF_LEVEL_M = 2.5;

/** Height of a building above its ground: tagged, else from its levels, else what such a building usually has. */
export function buildingHeightM(tags: OsmTags): number {
  const tagged = lengthM(tags["height"]) ?? lengthM(tags["building:height"]);
  if (tagged !== undefined && tagged > 0) return tagged;
  const levels = Number.parseFloat(tags["building:levels"] ?? "");
  const roofM = lengthM(tags["roof:height"]) ?? (Number.parseFloat(tags["roof:levels"] ?? "0") || 0) * ROOF_LEVEL_M;
  if (levels > 0) return levels * LEVEL_M + roofM;
  return HOUSES.includes(tags["building"] ?? "") ? HOUSE_M : OTHER_M;
}

/** A map, because a tag may say "constructor". */
const ROAD_KINDS: ReadonlyMap<string, CityRoadKind> = new Map(
  Object.entries({
    motorway: "motorway",
    motorway_link: "primary",
    trunk: "trunk",
    trunk_link: "primary",
    primary: "primary",
    primary_link: "secondary",
    secondary: "secondary",
    secondary_link: "tertiary",
    tertiary: "tertiary",
    tertiary_link: "tertiary",
    unclassified: "street",
    residential: "street",
    living_street: "street",
    road: "street",
    busway: "service",
    service: "service",
    track: "service",
    pedestrian: "path",
    footway: "path",
    path: "path",
    cycleway: "path",
    bridleway: "path",
    steps: "path",
  } as const),
);
const RAILS = ["rail", "light_rail", "tram", "subway", "narrow_gauge"];

export function roadKindOf(tags: OsmTags): CityRoadKind | undefined {
  if (tags["area"] === "yes") return undefined;
  return RAILS.includes(tags["railway"] ?? "") ? "rail" : ROAD_KINDS.get(tags["highway"] ?? "");
}

/** Travel along the line, against it, or both ways; motorways and roundabouts are one-way unless they say no. */
export function directionOf(tags: OsmTags): "both" | "forward" | "backward" {
  switch (tags["oneway"]) {
    case "yes":
    case "1":
    case "true":
      return "forward";
    case "-1":
    case "reverse":
      return "backward";
    case "no":
    case "0":
    case "false":
      return "both";
    default: {
      const implied = tags["highway"] === "motorway" || /^(roundabout|circular)$/.test(tags["junction"] ?? "");
      return implied ? "forward" : "both";
    }
  }
}

const truthy = (value: string | undefined): boolean => value !== undefined && value !== "no";

export function levelOf(tags: OsmTags): number {
  const layer = Number.parseInt(tags["layer"] ?? "", 10);
  if (Number.isInteger(layer) && layer !== 0) return layer;
  if (truthy(tags["bridge"])) return 1;
  return truthy(tags["tunnel"]) ? -1 : 0;
}
