import type { MagneticField } from "./hil-messages.js";

/**
 * Gauss coefficients of the World Magnetic Model 2025 (NOAA and BGS, public domain) to degree 6, nT: degree, order, g,
 * h. The rest of the model bends the field by a degree at most; PX4 reads its own table of it to know where north is.
 */
const coefficients: readonly (readonly [n: number, m: number, g: number, h: number])[] = [
  [1, 0, -29351.8, 0],
  [1, 1, -1410.8, 4545.4],
  [2, 0, -2556.6, 0],
  [2, 1, 2951.1, -3133.6],
  [2, 2, 1649.3, -815.1],
  [3, 0, 1361.0, 0],
  [3, 1, -2404.1, -56.6],
  [3, 2, 1243.8, 237.5],
  [3, 3, 453.6, -549.5],
  [4, 0, 895.0, 0],
  [4, 1, 799.5, 278.6],
  [4, 2, 55.7, -133.9],
  [4, 3, -281.1, 212.0],
  [4, 4, 12.1, -375.6],
  [5, 0, -233.2, 0],
  [5, 1, 368.9, 45.4],
  [5, 2, 187.2, 220.2],
  [5, 3, -138.7, -122.9],
  [5, 4, -142.0, 43.0],
  [5, 5, 20.9, 106.1],
  [6, 0, 64.4, 0],
  [6, 1, 63.8, -18.4],
  [6, 2, 76.9, 16.8],
  [6, 3, -115.7, 48.8],
  [6, 4, -40.9, -59.8],
  [6, 5, 14.9, 10.9],
  [6, 6, -60.7, 72.7],
];
const degrees = 6;
const radiusRatio = 6371.2 / 6371;
const deg = Math.PI / 180;

/** Earth's field near the ground at a place, good to about a degree and a hundredth of its strength. */
export function earthFieldAt(at: { readonly latDeg: number; readonly lonDeg: number }): MagneticField {
  // Geocentric latitude: on the ellipsoid the plumb line misses the Earth's middle by up to 0.19°.
  const lat = at.latDeg * deg;
  const centric = Math.atan(Math.tan(lat) * (1 - 0.00669438));
  const lon = at.lonDeg * deg;
  const colat = Math.PI / 2 - centric;
  const { p, dp } = legendre(colat);
  let north = 0;
  let east = 0;
  let down = 0;
  for (const [n, m, g, h] of coefficients) {
    const scale = radiusRatio ** (n + 2);
    const along = g * Math.cos(m * lon) + h * Math.sin(m * lon);
    const across = g * Math.sin(m * lon) - h * Math.cos(m * lon);
    north += scale * along * (dp[n]?.[m] ?? 0);
    east += (scale * m * across * (p[n]?.[m] ?? 0)) / Math.max(1e-6, Math.sin(colat));
    down -= scale * (n + 1) * along * (p[n]?.[m] ?? 0);
  }
  const tilt = centric - lat;
  const x = north * Math.cos(tilt) - down * Math.sin(tilt);
  const z = north * Math.sin(tilt) + down * Math.cos(tilt);
  return {
    declinationDeg: Math.atan2(east, x) / deg,
    inclinationDeg: Math.atan2(z, Math.hypot(x, east)) / deg,
    gauss: Math.hypot(x, east, z) / 1e5,
  };
}

/** Schmidt semi-normalised associated Legendre functions of cos θ and their derivatives by θ (WMM report, 1.2). */
function legendre(theta: number): { p: number[][]; dp: number[][] } {
  const c = Math.cos(theta);
  const s = Math.sin(theta);
  const p: number[][] = [[1]];
  const dp: number[][] = [[0]];
  const at = (table: number[][], n: number, m: number): number => table[n]?.[m] ?? 0;
  for (let n = 1; n <= degrees; n++) {
    const row: number[] = [];
    const slope: number[] = [];
    for (let m = 0; m < n; m++) {
      const a = (2 * n - 1) / Math.sqrt(n * n - m * m);
      const b = n > 1 ? Math.sqrt(((n - 1) ** 2 - m * m) / (n * n - m * m)) : 0;
      row.push(a * c * at(p, n - 1, m) - b * at(p, n - 2, m));
      slope.push(a * (c * at(dp, n - 1, m) - s * at(p, n - 1, m)) - b * at(dp, n - 2, m));
    }
    const k = n === 1 ? 1 : Math.sqrt((2 * n - 1) / (2 * n));
    row.push(k * s * at(p, n - 1, n - 1));
    slope.push(k * (s * at(dp, n - 1, n - 1) + c * at(p, n - 1, n - 1)));
    p.push(row);
    dp.push(slope);
  }
  return { p, dp };
}
