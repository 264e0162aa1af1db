/** How often a plate reader is wrong, at its best and at its worst (`sim.sensors`). */
export type WrongShares = {
  /** Straight on, slow, by day. */
  readonly bestShare: number;
  readonly worstShare: number;
};

/** Of plates: 5 % is what a vendor says of its own, 35 % of hits were in the study of a city (field reference, "ALPR errors"). */
export const usualPlateErrors: WrongShares = { bestShare: 0.05, worstShare: 0.35 };

/** One car passing a reader. */
export type PlateView = {
  /** Between the way that the car drives and the way that the reader looks: 0 is straight on, from front or rear. */
  readonly angleDeg: number;
  readonly speedMps: number;
  readonly dark: boolean;
};

/** From here on letters are foreshortened; at 60° a plate is half as wide. */
const slantFromDeg = 20;
const slantMostDeg = 60;
/** A reader at the roadside is set for the town's speeds. */
const fastFromMps = 15;
const fastMostMps = 40;

/**
 * How hard a pass is to read, 0 (straight on, slow, by day) to 1. The reference gives the ends of the range and that
 * angle, speed and night make it worse, not by how much each: here each takes it a third of the way from best to worst.
 */
export function hardship({ angleDeg, speedMps, dark }: PlateView): number {
  const slant = part(angleDeg, slantFromDeg, slantMostDeg);
  const fast = part(speedMps, fastFromMps, fastMostMps);
  return (slant + fast + (dark ? 1 : 0)) / 3;
}

/** Share of what comes out wrong in such a pass. */
export const wrongShare = ({ bestShare, worstShare }: WrongShares, hard: number): number =>
  bestShare + (worstShare - bestShare) * hard;

const part = (value: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (value - from) / (to - from)));

/** Angle of a car's plate to a reader's line of sight, 0 to 90, whichever end of the car it sees. */
export function plateAngleDeg(headingDeg: number, azimuthDeg: number): number {
  const between = Math.abs(((headingDeg - azimuthDeg + 540) % 360) - 180);
  return Math.min(between, 180 - between);
}
