/** A place on a map projection, metres. */
export type GridPoint = { readonly x: number; readonly y: number };

const SEMI_MAJOR_M = 6_378_137;
const SCALE = 0.9996;
const FALSE_EAST_M = 500_000;
const FALSE_NORTH_SOUTHERN_M = 10_000_000;
/** GRS80, which NAD83 uses, differs from WGS84 in the tenth digit: 0.1 mm. */
const FLATTENING = 1 / 298.257_223_563;
const N = FLATTENING / (2 - FLATTENING);
const RECTIFYING_M = (SEMI_MAJOR_M / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const ALPHA = [
  N / 2 - (2 / 3) * N ** 2 + (5 / 16) * N ** 3 + (41 / 180) * N ** 4,
  (13 / 48) * N ** 2 - (3 / 5) * N ** 3 + (557 / 1440) * N ** 4,
  (61 / 240) * N ** 3 - (103 / 140) * N ** 4,
  (49_561 / 161_280) * N ** 4,
] as const;

export type UtmZone = { readonly zone: number; readonly south: boolean };

/** Universal transverse Mercator by Krüger's series to the fourth order: below 1 mm within a zone. */
export function utmOf({ zone, south }: UtmZone, latDeg: number, lonDeg: number): GridPoint {
  const lat = (latDeg * Math.PI) / 180;
  const turn = ((lonDeg - (zone * 6 - 183)) * Math.PI) / 180;
  const eccentric = (2 * Math.sqrt(N)) / (1 + N);
  const t = Math.sinh(Math.atanh(Math.sin(lat)) - eccentric * Math.atanh(eccentric * Math.sin(lat)));
  const xi = Math.atan2(t, Math.cos(turn));
  const eta = Math.atanh(Math.sin(turn) / Math.sqrt(1 + t * t));
  let x = eta;
  let y = xi;
  ALPHA.forEach((alpha, i) => {
    const j = 2 * (i + 1);
    x += alpha * Math.cos(j * xi) * Math.sinh(j * eta);
    y += alpha * Math.sin(j * xi) * Math.cosh(j * eta);
  });
  return {
    x: FALSE_EAST_M + SCALE * RECTIFYING_M * x,
    y: (south ? FALSE_NORTH_SOUTHERN_M : 0) + SCALE * RECTIFYING_M * y,
  };
}

/** UTM zone of an EPSG code: WGS84 326zz and 327zz, NAD83 269zz. */
export function utmZoneOf(epsg: number): UtmZone | undefined {
  const zone = epsg % 100;
  if (zone < 1 || zone > 60) return undefined;
  switch (Math.floor(epsg / 100)) {
    case 326:
      return { zone, south: false };
    case 327:
      return { zone, south: true };
    case 269:
      return zone <= 23 ? { zone, south: false } : undefined;
    default:
      return undefined;
  }
}
