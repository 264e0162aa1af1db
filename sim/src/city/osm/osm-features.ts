import { areaM2, type EnuPoint, type LocalFrame, pointInRing } from "@outrider/geo";
import { cutFeatures } from "../build/cut.js";
import type { CitySite } from "../build/place.js";
import { type CityFeatures, type NamedPoint, ROAD_WIDTH_M, type RoadFeature } from "../features.js";
import { areaKindOf, isBuilding, isPart } from "./area-kinds.js";
import type { OsmExtract } from "./collect.js";
import type { OsmTags } from "./element.js";
import { obstacleOf, wallsOf } from "./obstacles.js";
import { outerRings, wayRing } from "./rings.js";
import { buildingHeightM, directionOf, lengthM, levelOf, roadKindOf, speedMps } from "./tag-values.js";

type Ring = { readonly tags: OsmTags; readonly ring: readonly EnuPoint[] };
type Line = { readonly tags: OsmTags; readonly line: readonly EnuPoint[] };
type Point = { readonly tags: OsmTags; readonly point: EnuPoint };

/** Shapes of an OpenStreetMap extract in the city's frame, cut to its bounds. */
export function osmFeatures(extract: OsmExtract, site: CitySite): CityFeatures {
  const rings = ringsOf(extract, site);
  const lines = linesOf(extract, site);
  const points: Point[] = [
    ...extract.taggedNodes.map(({ tags, ...at }) => ({ tags, point: site.frame.toLocal(at) })),
    ...rings.map(({ tags, ring }) => ({ tags, point: middleOf(ring) })),
  ];
  return cutFeatures(site.bounds, {
    buildings: [
      ...buildingsOf(rings),
      ...points.flatMap(({ tags, point }) => obstacleOf(tags, point)),
      ...walls(lines),
    ],
    roads: lines.flatMap(roadOf),
    areas: rings.flatMap(({ tags, ring }) => {
      const kind = areaKindOf(tags);
      return kind === undefined ? [] : [{ kind, name: tags["name"] ?? "", ring }];
    }),
    addresses: points.flatMap(addressOf),
    places: points.flatMap(placeOf),
    signals: points.flatMap(({ tags, point }) => (tags["highway"] === "traffic_signals" ? [point] : [])),
    helipads: points.flatMap(({ tags, point }) =>
      tags["aeroway"] === "helipad" ? [{ text: tags["name"] ?? tags["operator"] ?? "Helipad", point }] : [],
    ),
  });
}

function localPoints(extract: OsmExtract, frame: LocalFrame, refs: readonly number[]): EnuPoint[] {
  return refs.flatMap((ref) => {
    const at = extract.nodes.get(ref);
    return at === undefined ? [] : [frame.toLocal(at)];
  });
}

function ringsOf(extract: OsmExtract, { frame }: CitySite): Ring[] {
  const ringOf = (tags: OsmTags, refs: readonly number[]): Ring[] => {
    const ring = localPoints(extract, frame, refs);
    return ring.length >= 3 ? [{ tags, ring }] : [];
  };
  const ways = [...extract.ways.values()].flatMap((way) => {
    const refs = wayRing(way);
    return refs === undefined ? [] : ringOf(way.tags, refs);
  });
  const relations = extract.relations.flatMap((relation) =>
    relation.tags["type"] === "multipolygon"
      ? outerRings(relation, extract.ways).flatMap((refs) => ringOf(relation.tags, refs))
      : [],
  );
  return [...ways, ...relations];
}

/** Lines of ways; where a node lies outside the extract the line is cut, never drawn straight across. */
function linesOf(extract: OsmExtract, { frame }: CitySite): Line[] {
  return [...extract.ways.values()].flatMap((way) => {
    if (roadKindOf(way.tags) === undefined && way.tags["power"] === undefined) return [];
    const runs: number[][] = [[]];
    for (const ref of way.refs) {
      if (extract.nodes.has(ref)) runs.at(-1)?.push(ref);
      else if (runs.at(-1)?.length !== 0) runs.push([]);
    }
    return runs
      .map((refs) => ({ tags: way.tags, line: localPoints(extract, frame, refs) }))
      .filter(({ line }) => line.length >= 2);
  });
}

const walls = (lines: readonly Line[]) => lines.flatMap(({ tags, line }) => wallsOf(tags, line));

/** Parts stand for their outline only where they cover it: an outline dropped for one small part would hide a wall. */
const PARTS_COVER = 0.9;

function buildingsOf(rings: readonly Ring[]) {
  const standing = rings.filter(({ tags }) => tags["location"] !== "underground");
  const parts = standing.filter(({ tags }) => isPart(tags)).map((one) => ({ ...one, middle: middleOf(one.ring) }));
  const cells = new Map<string, typeof parts>();
  const cellM = 200;
  for (const part of parts) {
    const key = `${Math.floor(part.middle.eastM / cellM)},${Math.floor(part.middle.northM / cellM)}`;
    cells.set(key, [...(cells.get(key) ?? []), part]);
  }
  const partsIn = (ring: readonly EnuPoint[]) => {
    const easts = ring.map((p) => Math.floor(p.eastM / cellM));
    const norths = ring.map((p) => Math.floor(p.northM / cellM));
    const found: typeof parts = [];
    for (let e = Math.min(...easts); e <= Math.max(...easts); e++)
      for (let n = Math.min(...norths); n <= Math.max(...norths); n++) found.push(...(cells.get(`${e},${n}`) ?? []));
    return found.filter((part) => pointInRing(part.middle, ring));
  };
  const covered = ({ ring }: Ring): boolean =>
    partsIn(ring).reduce((sum, part) => sum + Math.abs(areaM2(part.ring)), 0) >= PARTS_COVER * Math.abs(areaM2(ring));
  const outlines = standing.filter((one) => isBuilding(one.tags) && !isPart(one.tags) && !covered(one));
  return [...outlines, ...parts].map(({ tags, ring }) => ({ ring, heightM: buildingHeightM(tags) }));
}

function roadOf({ tags, line }: Line): RoadFeature[] {
  const kind = roadKindOf(tags);
  if (kind === undefined) return [];
  const direction = kind === "rail" || kind === "path" ? "both" : directionOf(tags);
  const lanes = Number.parseInt(tags["lanes"] ?? "", 10);
  const widthM = lengthM(tags["width"]) ?? (lanes > 0 && lanes < 20 ? lanes * LANE_M : ROAD_WIDTH_M[kind]);
  return [
    {
      name: tags["name"] ?? tags["ref"] ?? "",
      kind,
      widthM: widthM > 0 ? widthM : ROAD_WIDTH_M[kind],
      oneWay: direction !== "both",
      level: levelOf(tags),
      speedLimitMps: speedMps(tags["maxspeed"]),
      line: direction === "backward" ? [...line].reverse() : line,
    },
  ];
}

const LANE_M = 3.5;
function addressOf({ tags, point }: Point): NamedPoint[] {
  const number = tags["addr:housenumber"];
  const street = tags["addr:street"];
  return number === undefined || street === undefined ? [] : [{ text: `${number} ${street}`, point }];
}

const PLACE_KEYS = ["amenity", "shop", "tourism", "leisure", "office", "place", "historic", "emergency", "aeroway"];

function placeOf({ tags, point }: Point): NamedPoint[] {
  const text = tags["name:en"] ?? tags["name"] ?? "";
  const worth =
    PLACE_KEYS.some((key) => tags[key] !== undefined) ||
    tags["natural"] === "peak" ||
    ["station", "halt"].includes(tags["railway"] ?? "");
  return text !== "" && worth ? [{ text, point }] : [];
}

function middleOf(ring: readonly EnuPoint[]): EnuPoint {
  const eastM = ring.reduce((sum, p) => sum + p.eastM, 0) / ring.length;
  return { eastM, northM: ring.reduce((sum, p) => sum + p.northM, 0) / ring.length };
}
