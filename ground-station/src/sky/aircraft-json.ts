import { METRES_PER_FOOT } from "@outrider/geo";
import { z } from "zod";
import { kindOfCategory, plainText, type Report, sigmaOfNacp, type ToldHeight } from "./report.js";

const METRES_PER_KNOT = 1852 / 3600;
const MOST_AIRCRAFT = 5_000;
/** Older positions are not positions any more (readsb keeps them in the file for a minute). */
const OLDEST_PLACE_S = 15;

/** One entry as readsb and dump1090-fa write it; keys are absent where nothing is known, and others may be there. */
const entry = z.object({
  hex: z.string().regex(/^~?[0-9a-fA-F]{6}$/),
  type: z.string().optional(),
  flight: z.string().optional(),
  category: z.string().optional(),
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
  alt_baro: z.union([z.number().min(-2_000).max(100_000), z.literal("ground")]).optional(),
  alt_geom: z.number().min(-2_000).max(100_000).optional(),
  gs: z.number().min(0).max(2_000).optional(),
  track: z.number().min(-360).max(720).optional(),
  baro_rate: z.number().min(-20_000).max(20_000).optional(),
  geom_rate: z.number().min(-20_000).max(20_000).optional(),
  nac_p: z.number().optional(),
  seen_pos: z.number().min(0).optional(),
  seen: z.number().min(0).optional(),
});
type Entry = z.infer<typeof entry>;

const file = z.object({ now: z.number(), aircraft: z.array(z.unknown()).max(MOST_AIRCRAFT) });

export type AircraftFile =
  | {
      readonly kind: "heard";
      /** The receiver's own clock in seconds: where it stands still, the file is an old one that is still served. */
      readonly nowS: number;
      readonly reports: readonly Report[];
      /** Heard without a place: they cannot be shown, and are somewhere near. */
      readonly placeless: number;
      readonly refused: number;
    }
  | { readonly kind: "bad"; readonly problem: string };

/** Reads `aircraft.json` (readsb README-json.md). `tMs`: when it was asked; ages in the file are taken off. */
export function readAircraftJson(text: string, sourceId: string, tMs: number): AircraftFile {
  const parsed = file.safeParse(parseJson(text));
  if (!parsed.success) return { kind: "bad", problem: "it is not an aircraft.json" };
  const reports: Report[] = [];
  let placeless = 0;
  let refused = 0;
  for (const value of parsed.data.aircraft) {
    const one = entry.safeParse(value);
    if (!one.success) refused += 1;
    else {
      const report = reportOf(one.data, sourceId, tMs);
      if (report === "placeless") placeless += 1;
      else if (report !== undefined) reports.push(report);
    }
  }
  return { kind: "heard", nowS: parsed.data.now, reports, placeless, refused };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reportOf(one: Entry, sourceId: string, tMs: number): Report | "placeless" | undefined {
  const kind = kindOfCategory(one.category ?? "");
  if (kind === "surface") return undefined;
  const ageS = one.seen_pos ?? one.seen ?? 0;
  if (one.lat === undefined || one.lon === undefined || ageS > OLDEST_PLACE_S) return "placeless";
  const callSign = plainText(one.flight ?? "");
  const feetPerMinute = one.baro_rate ?? one.geom_rate;
  return {
    trafficId: one.hex.toLowerCase(),
    sourceId,
    tMs: tMs - ageS * 1000,
    place: { latDeg: one.lat, lonDeg: one.lon, sigmaM: sigmaOf(one) },
    height: heightOf(one),
    ...(callSign === "" ? {} : { callSign }),
    ...(kind === undefined ? {} : { kind }),
    ...velocityOf(one),
    ...(feetPerMinute === undefined ? {} : { upMps: (feetPerMinute * METRES_PER_FOOT) / 60 }),
  };
}

/** Positions by multilateration and by rebroadcast are worse than they say. */
function sigmaOf({ type = "", nac_p: nacp }: Entry): number {
  return sigmaOfNacp(/^(mlat|tisb|mode_s|other)/.test(type) ? Math.min(nacp ?? 6, 6) : nacp);
}

function heightOf({ alt_baro: baro, alt_geom: geometric }: Entry): ToldHeight {
  return {
    ...(baro === "ground" ? { onGround: true } : {}),
    ...(typeof baro === "number" ? { pressureAltM: baro * METRES_PER_FOOT } : {}),
    ...(geometric === undefined ? {} : { ellipsoidAltM: geometric * METRES_PER_FOOT }),
  };
}

function velocityOf({ gs, track }: Entry): Pick<Report, "velocity"> {
  if (gs === undefined || (track === undefined && gs >= 1)) return {};
  const rad = ((track ?? 0) * Math.PI) / 180;
  const mps = gs * METRES_PER_KNOT;
  return { velocity: { northMps: mps * Math.cos(rad), eastMps: mps * Math.sin(rad) } };
}
