/** Linear-light RGB of `#rrggbb`, 0..1. */
function linear(hex: string): readonly [number, number, number] {
  return [linearChannel(hex, 1), linearChannel(hex, 3), linearChannel(hex, 5)];
}

function linearChannel(hex: string, at: number): number {
  const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

/** Display-space RGB of `#rrggbb`, 0..1, as the scene's shaders take it (no colour management on either side). */
export function displayRgb(hex: string): readonly [number, number, number] {
  const n = Number.parseInt(hex.slice(1, 7), 16);
  return [(n >> 16) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}

function luminance(hex: string): number {
  const [r, g, b] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.x contrast ratio, 1..21. */
export function contrast(a: string, b: string): number {
  const la = luminance(a);
  const lb = luminance(b);
  return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
}

export type Sight = "normal" | "deuteranopia" | "protanopia";
type Row = readonly [number, number, number];
type Matrix = readonly [Row, Row, Row];

const SIGHT: Readonly<Record<Sight, Matrix>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
};

const dot = (row: Row, v: Row): number => row[0] * v[0] + row[1] * v[1] + row[2] * v[2];
const clamp01 = (v: number): number => Math.min(1, Math.max(0, v));

function lab(rgb: Row): Row {
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f(dot([0.4124, 0.3576, 0.1805], rgb) / 0.9505);
  const y = f(dot([0.2126, 0.7152, 0.0722], rgb));
  const z = f(dot([0.0193, 0.1192, 0.9505], rgb) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIE76 distance of two colours as a kind of sight sees them (Machado et al. 2009, severity 1). */
export function distance(a: string, b: string, sight: Sight): number {
  const see = (hex: string): Row => {
    const v = linear(hex);
    const m = SIGHT[sight];
    return lab([clamp01(dot(m[0], v)), clamp01(dot(m[1], v)), clamp01(dot(m[2], v))]);
  };
  const p = see(a);
  const q = see(b);
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}
