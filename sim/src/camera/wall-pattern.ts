import { hash8 } from "./colour.js";

/** Bays and storeys are stepped in whole numbers of 1/65536. */
export const one = 65_536;
export const storeyM = 3.3;
export const perStoreyM = one / storeyM;
const bayM = 2.9;

/** The cornice begins this far above the last row of windows. */
export const corniceUp = 5_000;

/** 1/65536 bays to a metre of a wall: whole bays, so that no window is cut by a corner. */
export const perBayM = (lengthM: number): number =>
  (Math.max(1, Math.floor(lengthM / bayM)) / Math.max(0.1, lengthM)) * one;

/** What a place on a wall is, and which of a palette's entries it is painted with. Panes differ a little, in eight ways. */
export const wallParts = { plain: 0, cornice: 1, dark: 2, pane: 3 } as const;
export const paneKinds = 8;
export const paletteSize = wallParts.pane + paneKinds;

/** Texels to a bay and to a storey, and bays and storeys until the pattern repeats. */
const texels = 8;
const repeats = 16;
/** Edges of a window in texels. */
const left = 2;
const right = 6;
/** From far away windows run into each other. */
const rightFar = 7;
const low = 2;
const high = 6;
/** Of 256 windows this many are lit at night. */
const litOf256 = 58;

/**
 * The windows of sixteen bays by sixteen storeys, 128 by 128 parts row by row from the foot: fetched by place, which is
 * cheaper than to work out for every pixel whether it lies in a window. By night only lit panes are told apart.
 */
function windows(night: boolean, far: boolean): Uint8Array {
  const side = texels * repeats;
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const [bay, up] = [i % side, Math.floor(i / side)];
    const [inBay, inStorey] = [bay % texels, up % texels];
    if (inBay < left || inBay >= (far ? rightFar : right) || inStorey < low || inStorey >= high) return wallParts.plain;
    const hash = hash8(Math.floor(bay / texels), Math.floor(up / texels), 3);
    return night && hash >= litOf256 ? wallParts.dark : wallParts.pane + (hash & (paneKinds - 1));
  });
}

/** The pattern by day and by night, near and far, and the paints of the wall at work. */
export class WallPaint {
  readonly #day = [windows(false, false), windows(false, true)] as const;
  readonly #night = [windows(true, false), windows(true, true)] as const;
  readonly y = new Uint8Array(paletteSize);
  readonly u = new Uint8Array(paletteSize);
  readonly v = new Uint8Array(paletteSize);
  /** Haze and lamplight that the paints were mixed for; −1 before any were. */
  mixedFor = -1;

  /** Seen from near, and from far. */
  patterns(night: boolean): readonly [Uint8Array, Uint8Array] {
    return night ? this.#night : this.#day;
  }
}
