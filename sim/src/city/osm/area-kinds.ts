import type { CityAreaKind } from "@outrider/contract";
import type { OsmTags } from "./element.js";

export const isPart = (tags: OsmTags): boolean => (tags["building:part"] ?? "no") !== "no";
export const isBuilding = (tags: OsmTags): boolean => (tags["building"] ?? "no") !== "no";

const AREA_TAGS: readonly (readonly [string, readonly string[], CityAreaKind])[] = [
  ["amenity", ["school", "university", "college", "kindergarten"], "school"],
  ["amenity", ["hospital"], "hospital"],
  ["amenity", ["parking"], "parking"],
  ["amenity", ["grave_yard"], "cemetery"],
  ["landuse", ["cemetery"], "cemetery"],
  ["landuse", ["grass", "recreation_ground", "forest", "meadow", "village_green"], "park"],
  ["landuse", ["reservoir", "basin"], "water"],
  ["leisure", ["park", "garden", "pitch", "playground", "golf_course", "nature_reserve"], "park"],
  ["natural", ["water"], "water"],
  ["natural", ["wood", "grassland", "scrub"], "park"],
  ["natural", ["sand", "beach"], "sand"],
  ["waterway", ["riverbank", "dock"], "water"],
];

/** What a closed shape is to a city; undefined for what it is not. */
export function areaKindOf(tags: OsmTags): CityAreaKind | undefined {
  if (isBuilding(tags)) return undefined;
  return AREA_TAGS.find(([key, values]) => values.includes(tags[key] ?? ""))?.[2];
}
