/** 5 x 7 glyphs, one byte a row, highest of five bits leftmost. */
const glyphs: Readonly<Record<string, readonly number[]>> = {
  "0": [14, 17, 19, 21, 25, 17, 14],
  "1": [4, 12, 4, 4, 4, 4, 14],
  "2": [14, 17, 1, 2, 4, 8, 31],
  "3": [31, 2, 4, 2, 1, 17, 14],
  "4": [2, 6, 10, 18, 31, 2, 2],
  "5": [31, 16, 30, 1, 1, 17, 14],
  "6": [6, 8, 16, 30, 17, 17, 14],
  "7": [31, 1, 2, 4, 8, 8, 8],
  "8": [14, 17, 17, 14, 17, 17, 14],
  "9": [14, 17, 17, 15, 1, 2, 12],
  A: [14, 17, 17, 31, 17, 17, 17],
  B: [30, 17, 17, 30, 17, 17, 30],
  C: [14, 17, 16, 16, 16, 17, 14],
  D: [28, 18, 17, 17, 17, 18, 28],
  E: [31, 16, 16, 30, 16, 16, 31],
  F: [31, 16, 16, 30, 16, 16, 16],
  G: [14, 17, 16, 23, 17, 17, 15],
  H: [17, 17, 17, 31, 17, 17, 17],
  I: [14, 4, 4, 4, 4, 4, 14],
  J: [7, 2, 2, 2, 2, 18, 12],
  K: [17, 18, 20, 24, 20, 18, 17],
  L: [16, 16, 16, 16, 16, 16, 31],
  M: [17, 27, 21, 21, 17, 17, 17],
  N: [17, 17, 25, 21, 19, 17, 17],
  O: [14, 17, 17, 17, 17, 17, 14],
  P: [30, 17, 17, 30, 16, 16, 16],
  Q: [14, 17, 17, 17, 21, 18, 13],
  R: [30, 17, 17, 30, 20, 18, 17],
  S: [15, 16, 16, 14, 1, 1, 30],
  T: [31, 4, 4, 4, 4, 4, 4],
  U: [17, 17, 17, 17, 17, 17, 14],
  V: [17, 17, 17, 17, 17, 10, 4],
  W: [17, 17, 17, 21, 21, 21, 10],
  X: [17, 17, 10, 4, 10, 17, 17],
  Y: [17, 17, 17, 10, 4, 4, 4],
  Z: [31, 1, 2, 4, 8, 16, 31],
};

export type GrayPicture = { readonly width: number; readonly height: number; readonly gray: Uint8Array };

const scale = 4;
const marginPx = 10;
const gapPx = 5;

/** A plate as a reader's camera crops it: dark letters on a light ground, shaded across and grainy. */
export function platePicture(plate: string, unit: () => number): GrayPicture {
  const letters = [...plate.toUpperCase()].filter((letter) => glyphs[letter] !== undefined);
  const width = 2 * marginPx + letters.length * (5 * scale + gapPx);
  const even = width + (width % 2);
  const height = 2 * marginPx + 7 * scale;
  const gray = new Uint8Array(even * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < even; x++) {
      const light = 168 + (40 * x) / even - (18 * y) / height;
      const ink = inkAt(letters, x - marginPx, y - marginPx);
      gray[y * even + x] = Math.max(0, Math.min(255, Math.round(light - 120 * ink + (unit() - 0.5) * 26)));
    }
  }
  return { width: even, height, gray };
}

function inkAt(letters: readonly string[], x: number, y: number): number {
  const cell = 5 * scale + gapPx;
  const letter = letters[Math.floor(x / cell)];
  const column = Math.floor((x % cell) / scale);
  const row = Math.floor(y / scale);
  if (x < 0 || y < 0 || letter === undefined || column > 4 || row > 6) return 0;
  return (((glyphs[letter]?.[row] ?? 0) >> (4 - column)) & 1) === 1 ? 1 : 0;
}
