import { z } from "zod";
import { provenance } from "./actor.js";
import { geoPoint } from "./place.js";

const sourceId = z.string().regex(/^[\w-]{1,40}$/);
const address = z
  .string()
  .regex(
    /^https?:\/\/[^\s/@]+\/\S*$/,
    "must look like http://host:8080/data/aircraft.json, without a name or a password",
  );
const metres = z.number().positive();

/** Where other aircraft and the weather are heard. Each says whether it is real: a simulated one never feeds a live site. */
export const skySource = z.discriminatedUnion("kind", [
  /** `aircraft.json` as readsb, dump1090-fa and tar1090 serve it, asked once a second. */
  z.strictObject({ sourceId, kind: z.literal("aircraft-json"), url: address, provenance }),
  /**
   * SBS-1 (BaseStation) lines over TCP, port 30003. `silentAfterS`: without a byte for this long it counts as silent;
   * readsb and dump1090-fa send an empty line at least each minute, so the default is 75.
   */
  z.strictObject({
    sourceId,
    kind: z.literal("sbs"),
    host: z.string().regex(/^[\w.:-]{1,253}$/),
    port: z.int().min(1).max(65535),
    silentAfterS: z.number().min(5).max(3600).default(75),
    provenance,
  }),
  /** A METAR as text. `station` picks one of several; `point` is where it is measured, so that the distance can be said. */
  z.strictObject({
    sourceId,
    kind: z.literal("metar"),
    url: address,
    station: z
      .string()
      .regex(/^[A-Z][A-Z0-9]{3}$/)
      .optional(),
    point: geoPoint.optional(),
    everyS: z.number().min(10).max(3600).default(60),
    provenance,
  }),
  /**
   * Flight restrictions as GeoJSON: the FAA's layer TFR:V_TFR_LOC over WFS, or features whose properties carry limits and
   * times (`from`, `until`, `lower`, `upper`). `detailUrl` is where the notice itself lies (XNOTAM); `{notam}` stands for
   * its number, 6_0421. `noShapeUrl`: notices without a shape (FAA `noShapeTfrList`). `states`: whose notices without a
   * place are ours (CA); left out, all are. A list older than `maxAgeS` is none.
   */
  z.strictObject({
    sourceId,
    kind: z.literal("tfr"),
    url: address,
    detailUrl: address.refine((text) => text.includes("{notam}"), "must contain {notam}").optional(),
    noShapeUrl: address.optional(),
    states: z.array(z.string().regex(/^[A-Z]{2}$/)).optional(),
    everyS: z.number().min(10).max(3600).default(120),
    maxAgeS: z.number().min(30).max(86_400).default(900),
    provenance,
  }),
  /** The FAA's UAS Facility Map: `url` is the layer (…/FeatureServer/0). It is published each 56 days. */
  z.strictObject({
    sourceId,
    kind: z.literal("uasfm"),
    url: address,
    everyS: z.number().min(60).max(604_800).default(86_400),
    maxAgeS: z
      .number()
      .min(3_600)
      .max(56 * 86_400)
      .default(7 * 86_400),
    provenance,
  }),
]);
export type SkySource = z.infer<typeof skySource>;

/** What of the weather keeps an aircraft on the ground. Wind and gusts stand with the aircraft's type. */
const weatherLimits = z.strictObject({
  /** A METAR that is older, or measured further away, counts as none. */
  maxAgeMin: z.number().positive().max(180).default(75),
  maxDistanceM: metres.default(30_000),
  /** Statute miles: 14 CFR 107.51 asks for three. */
  minVisibilitySm: z.number().min(0).default(3),
  cautionVisibilitySm: z.number().min(0).default(5),
  /** Metres between the highest point of the way and the ceiling: 500 feet. */
  belowCeilingM: z.number().min(0).default(152.4),
  cautionWindMps: metres.default(8),
  cautionGustMps: metres.default(12),
  /** Rain that the type is rated for by its maker; more than that blocks. */
  rain: z.enum(["none", "light", "any"]).default("light"),
  minC: z.number().default(-10),
  maxC: z.number().default(45),
});
export type WeatherLimits = z.infer<typeof weatherLimits>;

/** What the agency may do in restricted and controlled air, by papers that lie outside of this system. */
const airspaceRules = z.strictObject({
  /** Nearer than this to a restriction is worth a word. */
  nearM: metres.default(500),
  /** A restriction that begins within this long after the expected end of the flight counts as in force. */
  marginMin: z.number().min(0).max(240).default(15),
  /**
   * A ceiling of the facility map is guidance and no authorisation. `upTo`: the map's own ceiling of each cell, or feet
   * above ground that the paper names whatever the cell says.
   */
  authorisation: z
    .strictObject({
      reference: z.string().min(1).max(80),
      until: z.iso.date(),
      upTo: z.union([z.literal("ceiling"), z.number().positive().max(400)]),
    })
    .optional(),
  /** The agency has looked: outside of the map's cells the jurisdiction is uncontrolled (Class G). */
  uncontrolledOutsideMap: z.boolean().default(false),
  /** Permission to enter one restriction (SGI): its notice, the paper's reference, and until when it holds. */
  waivers: z
    .array(
      z.strictObject({
        notam: z.string().min(1).max(40),
        reference: z.string().min(1).max(80),
        until: z.iso.datetime({ offset: true }),
      }),
    )
    .max(50)
    .default([]),
});
export type AirspaceRules = z.infer<typeof airspaceRules>;

const volume = (horizontalM: number, verticalM: number) =>
  z.strictObject({ horizontalM: metres.default(horizontalM), verticalM: metres.default(verticalM) }).prefault({});

/** Other aircraft in the sky, and the weather. Whatever is left out has the value that stands here. */
export const skyConfig = z.strictObject({
  sources: z.array(skySource).max(16).default([]),
  /** Of whom nothing was heard for this long is not shown any more. */
  expireS: z.number().min(3).max(60).default(15),
  /** Further away from the site nobody is listed. */
  listWithinM: z.number().min(5_000).max(100_000).default(20_000),
  /** Small unmanned aircraft are well clear of crewed ones by 2,000 ft or 250 ft of height. */
  wellClear: volume(610, 76),
  /** From drones of others. */
  wellClearOfDrones: volume(60, 15),
  /** Seconds until well clear would be lost. */
  trafficS: z.number().positive().default(90),
  cautionS: z.number().positive().default(60),
  warningS: z.number().positive().default(30),
  /** Near enough to be told of although no loss is predicted: 5 km and 1,500 ft. */
  near: volume(5_000, 457),
  weather: weatherLimits.prefault({}),
  airspace: airspaceRules.prefault({}),
});
export type SkyConfig = z.infer<typeof skyConfig>;
