import { amslFromHaeM, amslFtFromPressureAlt, feetFromMetres, METRES_PER_FOOT } from "@outrider/geo";
import type { ToldHeight } from "./report.js";

/** Between these two its height lies, AMSL. Undefined where nobody can say: it then counts as ours. */
export type HeightBand = { readonly lowM: number; readonly highM: number };

export type HeightKnown = {
  /** Of the nearest weather station, while its word is fresh. */
  readonly qnhHpa: number | undefined;
  readonly geoidUndulationM: number;
  /** AMSL under it; undefined outside of the site's height model. */
  readonly groundAmslM: number | undefined;
};

/** Encoder steps, station error and how far it may be off between two words (flight.md 5.3: 60 ft). */
export const SIGMA_PRESSURE_M = 18.3;
export const SIGMA_GEOMETRIC_M = 15;
const SIGMA_AMSL_M = 10;

/**
 * Its height above mean sea level by everything that it told. Two ways to say it are not averaged: the band holds both,
 * since one of them may be wrong.
 */
export function heightBand(told: ToldHeight | undefined, known: HeightKnown): HeightBand | undefined {
  if (told === undefined) return undefined;
  const bands: HeightBand[] = [];
  const add = (altM: number | undefined, sigmaM: number): void => {
    if (altM !== undefined) bands.push({ lowM: altM - sigmaM, highM: altM + sigmaM });
  };
  add(told.altAmslM, SIGMA_AMSL_M);
  add(bySatellite(told, known), told.ellipsoidSigmaM ?? SIGMA_GEOMETRIC_M);
  add(byPressure(told, known), told.pressureSigmaM ?? SIGMA_PRESSURE_M);
  if (bands.length === 0 && told.onGround === true && known.groundAmslM !== undefined) add(known.groundAmslM, 0);
  if (bands.length === 0) return undefined;
  return { lowM: Math.min(...bands.map((one) => one.lowM)), highM: Math.max(...bands.map((one) => one.highM)) };
}

const bySatellite = ({ ellipsoidAltM }: ToldHeight, { geoidUndulationM }: HeightKnown): number | undefined =>
  ellipsoidAltM === undefined ? undefined : amslFromHaeM(ellipsoidAltM, geoidUndulationM);
const byPressure = ({ pressureAltM }: ToldHeight, { qnhHpa }: HeightKnown): number | undefined =>
  pressureAltM === undefined || qnhHpa === undefined
    ? undefined
    : amslFtFromPressureAlt(feetFromMetres(pressureAltM), qnhHpa) * METRES_PER_FOOT;

const APART_M = 300;

/** Satellite and barometer say heights that are further apart than errors make them (ADS-B doubt). */
export function heightsApart(told: ToldHeight | undefined, known: HeightKnown): boolean {
  if (told === undefined) return false;
  const [one, other] = [bySatellite(told, known), byPressure(told, known)];
  return one !== undefined && other !== undefined && Math.abs(one - other) > APART_M;
}

const feet = (metres: number): string => Math.round(feetFromMetres(metres)).toLocaleString("en-US");

/** What a height rests on, said so that nobody takes one kind for the other. */
export function heightTold(told: ToldHeight | undefined, { qnhHpa }: Pick<HeightKnown, "qnhHpa">): string {
  if (told === undefined) return "it tells no height";
  if (told.onGround === true) return "says it is on the ground";
  const parts: string[] = [];
  if (told.ellipsoidAltM !== undefined) parts.push("by satellite");
  if (told.altAmslM !== undefined) parts.push("above sea level by its own word");
  if (told.pressureAltM !== undefined)
    parts.push(
      qnhHpa === undefined
        ? `pressure altitude ${feet(told.pressureAltM)} ft, no QNH for it`
        : `pressure altitude ${feet(told.pressureAltM)} ft, QNH ${Math.round(qnhHpa)}`,
    );
  return parts.length === 0 ? "it tells no height" : parts.join("; ");
}
