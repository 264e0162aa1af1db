import { z } from "zod";

/**
 * One city, as sim, ground-station and browser all load it.
 * Coordinates are local east and north of `origin` in decimetres (whole numbers keep the file small and make two
 * imports of one source equal byte for byte); heights are AMSL in decimetres.
 */
const wholeNumbers = z.array(z.int());
/** Flattened east, north pairs in decimetres: at least `min` points. */
const flatPoints = (min: number) =>
  wholeNumbers.min(min * 2).refine((xs) => xs.length % 2 === 0, "flattened points must be east, north pairs");

export const cityRoadKinds = [
  "motorway",
  "trunk",
  "primary",
  "secondary",
  "tertiary",
  "street",
  "service",
  "path",
  "rail",
] as const;
export const CityRoadKindSchema = z.enum(cityRoadKinds);
export type CityRoadKind = z.infer<typeof CityRoadKindSchema>;

export const cityAreaKinds = ["park", "water", "school", "hospital", "cemetery", "parking", "sand"] as const;
export const CityAreaKindSchema = z.enum(cityAreaKinds);
export type CityAreaKind = z.infer<typeof CityAreaKindSchema>;

/** Regular grid of ground heights; row 0 is the southern edge, columns run from west to east. */
export const CityTerrainSchema = z
  .object({
    eastMinM: z.number(),
    northMinM: z.number(),
    cellM: z.number().positive(),
    cols: z.int().min(2),
    rows: z.int().min(2),
    heightsAmslDm: wholeNumbers,
  })
  .refine((t) => t.heightsAmslDm.length === t.cols * t.rows, "heightsAmslDm must hold cols × rows values");

/**
 * Buildings in columns. Building i has the points `coordsDm[2 * ringStart[i]] … coordsDm[2 * ringStart[i + 1] - 1]`
 * (east, north; ring not closed), its ground height at the lowest point of the footprint and its height above that.
 */
export const CityBuildingsSchema = z
  .object({
    ringStart: wholeNumbers.min(1),
    coordsDm: wholeNumbers,
    groundAmslDm: wholeNumbers,
    heightDm: z.array(z.int().nonnegative()),
  })
  .refine((b) => b.ringStart.length === b.heightDm.length + 1, "ringStart must hold one entry more than heightDm")
  .refine((b) => b.groundAmslDm.length === b.heightDm.length, "groundAmslDm and heightDm must have equal length")
  .refine((b) => b.ringStart.every((s, i) => s >= (b.ringStart[i - 1] ?? 0)), "ringStart must not decrease")
  .refine((b) => (b.ringStart.at(-1) ?? -1) * 2 === b.coordsDm.length, "ringStart must end at the last point");

/** `oneWay`: travel only in the order of the points. `name` is "" where the source names none. */
export const CityRoadSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  kind: CityRoadKindSchema,
  widthM: z.number().positive(),
  oneWay: z.boolean(),
  /** Bridges and tunnels (other than 0) do not join what they cross. */
  level: z.int(),
  /** Posted limit; absent where the source gives none, then the kind of road says how fast it is driven. */
  speedLimitMps: z.number().positive().optional(),
  pointsDm: flatPoints(2),
});

export const CityAreaSchema = z.object({ kind: CityAreaKindSchema, name: z.string(), ringDm: flatPoints(3) });
export const CityPlaceSchema = z.object({ text: z.string().min(1), eastDm: z.int(), northDm: z.int() });
export const CitySpotSchema = z.object({ eastDm: z.int(), northDm: z.int() });

/** Zero of the heights that a terrain source gave. The file itself always holds AMSL. */
export const cityHeightDatums = ["egm96", "egm2008", "navd88", "ellipsoid", "unknown"] as const;
export const CityHeightDatumSchema = z.enum(cityHeightDatums);
export type CityHeightDatum = z.infer<typeof CityHeightDatumSchema>;
/** Where the ground heights came from, from which zero they were counted, and what that leaves uncertain. */
export const CityHeightsSchema = z.object({ source: z.string(), datum: CityHeightDatumSchema, note: z.string() });

export const CityFileSchema = z.object({
  version: z.literal(1),
  name: z.string().min(1),
  provenance: z.literal("sim"),
  origin: z.object({ latDeg: z.number().min(-89).max(89), lonDeg: z.number().min(-180).max(180) }),
  /** N = HAE − AMSL over the whole city. */
  geoidUndulationM: z.number().min(-120).max(120),
  boundsLocal: z.object({ eastMinM: z.number(), northMinM: z.number(), eastMaxM: z.number(), northMaxM: z.number() }),
  terrain: CityTerrainSchema,
  buildings: CityBuildingsSchema,
  roads: z.array(CityRoadSchema),
  areas: z.array(CityAreaSchema),
  /** Street addresses a caller could name. */
  addresses: z.array(CityPlaceSchema),
  /** Named places (schools, shops, landmarks). */
  places: z.array(CityPlaceSchema),
  /** Crossings with traffic lights; absent where the source knows none. */
  signals: z.array(CitySpotSchema).optional(),
  /** Helipads, named by whose they are. */
  helipads: z.array(CityPlaceSchema).optional(),
  heights: CityHeightsSchema.optional(),
  /** Must be shown wherever the map is shown; "" for a generated city. */
  attribution: z.string(),
  licences: z.array(z.string()),
});

export type CityTerrain = z.infer<typeof CityTerrainSchema>;
export type CityBuildings = z.infer<typeof CityBuildingsSchema>;
export type CityRoad = z.infer<typeof CityRoadSchema>;
export type CityArea = z.infer<typeof CityAreaSchema>;
export type CitySpot = z.infer<typeof CitySpotSchema>;
export type CityHeights = z.infer<typeof CityHeightsSchema>;
export type CityPlace = z.infer<typeof CityPlaceSchema>;
export type CityFile = z.infer<typeof CityFileSchema>;

export type CityParse =
  | { readonly kind: "city"; readonly city: CityFile }
  | { readonly kind: "refused"; readonly reason: string };

/** Parses what `JSON.parse` gave for a city file; a refusal names the first field that is wrong. */
export function parseCityFile(value: unknown): CityParse {
  const parsed = CityFileSchema.safeParse(value);
  if (parsed.success) return { kind: "city", city: parsed.data };
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? "city file" : issue.path.join(".");
  return { kind: "refused", reason: `${where}: ${issue?.message ?? "not a city file"}` };
}
