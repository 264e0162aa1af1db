import type { GeoPoint } from "@outrider/contract";

/** Corners of the demonstration's city, far enough apart that reports of two of them never merge. */
export const places = {
  haightMasonic: { latDeg: 37.770217, lonDeg: -122.445363 },
  haightMasonicNear: { latDeg: 37.7706, lonDeg: -122.44488 },
  fultonMasonic: { latDeg: 37.775883, lonDeg: -122.446425 },
  oakDivisadero: { latDeg: 37.773071, lonDeg: -122.437549 },
  hayesAshbury: { latDeg: 37.773809, lonDeg: -122.447646 },
  coleCarl: { latDeg: 37.765852, lonDeg: -122.45006 },
  /** About 60 m from the one above. */
  coleCarlNear: { latDeg: 37.76628, lonDeg: -122.44965 },
  /** In the bay: nobody's to answer here. */
  outside: { latDeg: 37.81, lonDeg: -122.4 },
} as const satisfies Readonly<Record<string, GeoPoint>>;
