import type { GeoPoint, StrangerKind } from "@outrider/contract";

/** Heights as they were told, never mixed: a pressure altitude is no height until somebody knows the QNH. */
export type ToldHeight = {
  /** Over the level of 1013.25 hPa. */
  readonly pressureAltM?: number;
  /** Over the WGS 84 ellipsoid. */
  readonly ellipsoidAltM?: number;
  /** Deviation of each, where it is worse than usual. */
  readonly ellipsoidSigmaM?: number;
  readonly pressureSigmaM?: number;
  readonly altAmslM?: number;
  /** It says that it stands on the ground. */
  readonly onGround?: boolean;
};

/**
 * What one message says of one aircraft: only what is in it. Each part is as old as `tMs` says, on the run's clock.
 */
export type Report = {
  /** ICAO address in lower-case hex (`~` before it where it is none), or a drone's own id. */
  readonly trafficId: string;
  readonly sourceId: string;
  readonly tMs: number;
  readonly callSign?: string;
  readonly kind?: StrangerKind;
  readonly place?: { readonly latDeg: number; readonly lonDeg: number; readonly sigmaM: number };
  readonly height?: ToldHeight;
  readonly velocity?: { readonly northMps: number; readonly eastMps: number };
  readonly upMps?: number;
  /** Where a drone's operator says to be, and as what. */
  readonly operator?: { readonly point: GeoPoint; readonly kind: "takeoff" | "live" | "fixed"; readonly tMs: number };
  /** Why its word is not taken for granted, as whoever heard it says. */
  readonly doubts?: readonly string[];
};

/** 95 % bounds of NACp (DO-260B) over 2.448: the deviation of one axis. Unknown counts as NACp 7, TIS-B came with 6. */
const epuM: Readonly<Record<number, number>> = { 11: 3, 10: 10, 9: 30, 8: 93, 7: 185, 6: 556, 5: 926, 4: 1852 };
const UNKNOWN_NACP = 7;
const WORST_EPU_M = 1852;
export const sigmaOfNacp = (nacp: number | undefined): number => (epuM[nacp ?? UNKNOWN_NACP] ?? WORST_EPU_M) / 2.448;

/** Only what can be printed, and not more than an aircraft may say (eight characters; ids of drones twenty). */
export const plainText = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]/g, "")
    .trim()
    .slice(0, 20);

/** By the emitter category of ADS-B, A0 to D7. Undefined: it flies and does not say as what; `surface`: it does not fly. */
export function kindOfCategory(category: string): StrangerKind | "surface" | undefined {
  if (category === "A7") return "helicopter";
  if (/^A[1-6]$/.test(category)) return "aeroplane";
  if (category === "B6") return "drone";
  if (/^B1$/.test(category)) return "glider";
  return /^C[1-7]$/.test(category) ? "surface" : undefined;
}

/** ADSB_EMITTER_TYPE of MAVLink counts the same categories: 1 is A1, 8 is B0, 16 is C0. */
export function kindOfEmitter(emitterType: number): StrangerKind | "surface" | undefined {
  const letter = "ABC"[Math.floor(emitterType / 8)];
  return letter === undefined ? undefined : kindOfCategory(`${letter}${emitterType % 8}`);
}
