import type { CityAreaKind, CityRoadKind } from "@outrider/contract";

export type Properties = Readonly<Record<string, string | number | boolean>>;

/** How the tiles of one maker say what they hold. Undefined: not a thing that a city has. */
export type TileSchema = {
  readonly name: string;
  /** A layer that only this schema has. */
  readonly mark: string;
  readonly buildings: string;
  readonly heightKeys: readonly string[];
  readonly roads: string;
  /** Layer of label lines that carry the streets' names, where the roads themselves carry none. */
  readonly roadLabels: string | undefined;
  readonly roadKind: (p: Properties) => CityRoadKind | undefined;
  readonly areas: readonly (readonly [layer: string, kind: (p: Properties) => CityAreaKind | undefined])[];
  readonly places: readonly string[];
};

const pick =
  <T>(key: string, table: Readonly<Record<string, T>>) =>
  (p: Properties): T | undefined => {
    const value = p[key];
    // Own entries only: a tile may say "constructor".
    return typeof value === "string" && Object.hasOwn(table, value) ? table[value] : undefined;
  };
const always = (kind: CityAreaKind) => (): CityAreaKind => kind;

const OSM_CLASSES = {
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
  residential: "street",
  unclassified: "street",
  living_street: "street",
  road: "street",
  minor: "street",
  service: "service",
  track: "service",
  path: "path",
  pedestrian: "path",
  footway: "path",
  cycleway: "path",
  steps: "path",
  rail: "rail",
  transit: "rail",
} as const satisfies Readonly<Record<string, CityRoadKind>>;

const mapbox: TileSchema = {
  name: "Mapbox Streets v7",
  mark: "road",
  buildings: "building",
  heightKeys: ["height"],
  roads: "road",
  roadLabels: "road_label",
  roadKind: pick<CityRoadKind>("class", {
    motorway: "motorway",
    motorway_link: "primary",
    trunk: "trunk",
    primary: "primary",
    secondary: "secondary",
    tertiary: "tertiary",
    link: "tertiary",
    street: "street",
    street_limited: "street",
    service: "service",
    track: "service",
    pedestrian: "path",
    path: "path",
    major_rail: "rail",
    minor_rail: "rail",
  }),
  areas: [
    [
      "landuse",
      pick<CityAreaKind>("class", {
        park: "park",
        grass: "park",
        wood: "park",
        pitch: "park",
        school: "school",
        hospital: "hospital",
        cemetery: "cemetery",
        parking: "parking",
        sand: "sand",
      }),
    ],
    ["water", always("water")],
  ],
  places: ["poi_label", "rail_station_label", "place_label", "mountain_peak_label"],
};

const LANDUSE: Readonly<Record<string, CityAreaKind>> = {
  park: "park",
  garden: "park",
  pitch: "park",
  playground: "park",
  golf_course: "park",
  recreation_ground: "park",
  nature_reserve: "park",
  forest: "park",
  wood: "park",
  grass: "park",
  school: "school",
  kindergarten: "school",
  university: "school",
  college: "school",
  hospital: "hospital",
  cemetery: "cemetery",
  parking: "parking",
  sand: "sand",
  beach: "sand",
};

const openMapTiles: TileSchema = {
  name: "OpenMapTiles",
  mark: "transportation",
  buildings: "building",
  heightKeys: ["render_height"],
  roads: "transportation",
  roadLabels: "transportation_name",
  roadKind: pick<CityRoadKind>("class", OSM_CLASSES),
  areas: [
    ["landcover", pick("class", LANDUSE)],
    ["landuse", pick("class", LANDUSE)],
    ["park", always("park")],
    ["water", always("water")],
  ],
  places: ["poi", "place", "mountain_peak", "aerodrome_label"],
};

const protomaps: TileSchema = {
  name: "Protomaps basemap",
  mark: "roads",
  buildings: "buildings",
  heightKeys: ["height"],
  roads: "roads",
  roadLabels: undefined,
  roadKind: (p) => pick<CityRoadKind>("kind_detail", OSM_CLASSES)(p) ?? pick<CityRoadKind>("kind", PROTOMAPS_KINDS)(p),
  areas: [
    ["landuse", pick("kind", LANDUSE)],
    ["water", (p) => (p["kind"] === "swimming_pool" ? undefined : "water")],
  ],
  places: ["pois", "places"],
};

const PROTOMAPS_KINDS: Readonly<Record<string, CityRoadKind>> = {
  highway: "motorway",
  major_road: "secondary",
  minor_road: "street",
  path: "path",
  rail: "rail",
};

const schemas: readonly TileSchema[] = [mapbox, openMapTiles, protomaps];
export const tileSchemaNames = schemas.map((schema) => schema.name).join(", ");

/** Schema of some tiles by the names of their layers. */
export function schemaOf(layers: ReadonlySet<string>): TileSchema | undefined {
  return schemas.find((schema) => layers.has(schema.mark));
}
