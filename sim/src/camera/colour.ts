/** BT.709 limited range, 8 bit: what the encoder tags its stream with. */
export type Yuv = { readonly y: number; readonly u: number; readonly v: number };

export function yuvOf(red: number, green: number, blue: number): Yuv {
  const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return {
    y: 16 + (luma * 219) / 255,
    u: 128 + (((blue - luma) / 1.8556) * 224) / 255,
    v: 128 + (((red - luma) / 1.5748) * 224) / 255,
  };
}

/** A repeatable number in 0…255 from three whole numbers: texture without stored noise. */
export function hash8(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x27d4eb2d) ^ Math.imul(b, 0x165667b1) ^ Math.imul(c, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h >>> 20) & 255;
}

const paints: Readonly<Record<string, Yuv>> = {
  white: yuvOf(225, 225, 222),
  silver: yuvOf(170, 173, 177),
  gray: yuvOf(105, 108, 112),
  grey: yuvOf(105, 108, 112),
  black: yuvOf(32, 33, 36),
  red: yuvOf(165, 28, 26),
  maroon: yuvOf(92, 22, 28),
  blue: yuvOf(34, 66, 140),
  green: yuvOf(30, 92, 58),
  brown: yuvOf(94, 66, 44),
  tan: yuvOf(178, 156, 120),
  beige: yuvOf(190, 174, 142),
  gold: yuvOf(176, 142, 70),
  yellow: yuvOf(222, 184, 38),
  orange: yuvOf(212, 108, 30),
  purple: yuvOf(84, 50, 112),
};
const unknownPaint = yuvOf(140, 142, 145);

/** Paint of a vehicle by the word a witness would use; a word that is not known is a middle grey. */
export function paintOf(colour: string): Yuv {
  return paints[colour.toLowerCase()] ?? unknownPaint;
}
