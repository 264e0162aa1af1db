/** Bays and storeys are stepped in whole numbers of 1/65536. */
export const one = 65_536;
export const storeyM = 3.3;
export const perStoreyM = one / storeyM;
const bayM = 2.9;
const windowLow = Math.round(0.3 * one);
const windowHigh = Math.round(0.8 * one);
const windowLeft = Math.round(0.26 * one);
export const windowRight = Math.round(0.74 * one);
export const windowRightFar = Math.round(0.88 * one);

/** The cornice begins this far above the last row of windows. */
export const corniceUp = 5_000;

/** 1/65536 bays to a metre of a wall: whole bays, so that no window is cut by a corner. */
export const perBayM = (lengthM: number): number =>
  (Math.max(1, Math.floor(lengthM / bayM)) / Math.max(0.1, lengthM)) * one;

/** What the pixels of one step of wall are painted with; written anew for every step. */
export type WallPaint = {
  seed: number;
  /** Upper end of the windows. */
  topUp: number;
  bayStep: number;
  upStep: number;
  clear: number;
  hazeY: number;
  hazeU: number;
  hazeV: number;
  glass: number;
  plainY: number;
  topY: number;
  u: number;
  glassU: number;
  v: number;
  /** Right edge of a window: from far away windows run into each other. */
  right: number;
  litOf256: number;
  /** Bits of a window's number by which its glass differs from the next one's. */
  sheen: number;
};

export const wallPaint = (): WallPaint => ({
  seed: 0,
  topUp: 0,
  bayStep: 0,
  upStep: 0,
  clear: 0,
  hazeY: 0,
  hazeU: 0,
  hazeV: 0,
  glass: 0,
  plainY: 0,
  topY: 0,
  u: 0,
  glassU: 0,
  v: 0,
  right: 0,
  litOf256: 0,
  sheen: 0,
});

/** −1 where a place lies off the windows of a wall, 0 in one of them. */
export function offWindow(bay: number, up: number, topUp: number, right: number): number {
  const inBay = bay & 0xffff;
  const inStorey = up & 0xffff;
  return (
    ((inBay - windowLeft) |
      (right - inBay) |
      (inStorey - windowLow) |
      (windowHigh - inStorey) |
      (topUp - up) |
      (up - 1)) >>
    31
  );
}
