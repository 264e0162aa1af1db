import type { Seat } from "./seat.js";

export type Pixels = {
  readonly mean: number;
  readonly spread: number;
  /** How far from grey the pixels are: 0 in a picture of greys alone. */
  readonly colour: number;
  readonly grey: readonly number[];
  readonly sum: string;
};

/** What of a picture can be seen: its pixels, so that a canvas that stays black or still is noticed. */
export async function pixels(seat: Seat, label: string): Promise<Pixels> {
  return seat.page
    .getByRole("img", { name: label, exact: true })
    .first()
    .evaluate((element) => {
      if (!(element instanceof HTMLCanvasElement)) throw new Error("the picture is no canvas");
      const small = document.createElement("canvas");
      small.width = 32;
      small.height = 18;
      const pen = small.getContext("2d");
      pen?.drawImage(element, 0, 0, 32, 18);
      const data = pen?.getImageData(0, 0, 32, 18).data ?? new Uint8ClampedArray();
      const at = (i: number, channel: number): number => data[4 * i + channel] ?? 0;
      const all = Array.from({ length: data.length / 4 }, (_, i) => i);
      const grey = all.map((i) => at(i, 0) + at(i, 1) + at(i, 2));
      const mean = grey.reduce((a, b) => a + b, 0) / Math.max(1, grey.length);
      const spread = Math.sqrt(grey.reduce((a, b) => a + (b - mean) ** 2, 0) / Math.max(1, grey.length));
      const off = all.map((i) => Math.abs(at(i, 0) - at(i, 1)) + Math.abs(at(i, 1) - at(i, 2)));
      const colour = off.reduce((a, b) => a + b, 0) / Math.max(1, off.length);
      return { mean, spread, colour, grey, sum: grey.join() };
    });
}

/** How much two pictures differ, pixel by pixel, in the unit of `mean`. */
export const difference = (a: Pixels, b: Pixels): number =>
  a.grey.reduce((sum, value, i) => sum + Math.abs(value - (b.grey[i] ?? 0)), 0) / Math.max(1, a.grey.length);
