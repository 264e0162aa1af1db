/** A place on the ellipsoid, WGS 84 degrees. */
export interface LatLon {
  readonly latDeg: number;
  readonly lonDeg: number;
}

/** Metres east (x) and north (y) of the frame's origin. */
export interface LocalPoint {
  readonly xM: number;
  readonly yM: number;
}

/**
 * A flat frame for one city. Over the 10 km that a screen shows its error stays under 1 m, which is less than a
 * line's width; nothing but drawing may use it. Flight geometry is the station's, on the ellipsoid.
 */
export interface LocalFrame {
  readonly origin: LatLon;
  readonly mPerLatDeg: number;
  readonly mPerLonDeg: number;
}

/** Series for the length of a degree on WGS 84 (NGA TR8350.2), good to a centimetre. */
export function localFrame(origin: LatLon): LocalFrame {
  const p = (origin.latDeg * Math.PI) / 180;
  return {
    origin,
    mPerLatDeg: 111132.92 - 559.82 * Math.cos(2 * p) + 1.175 * Math.cos(4 * p),
    mPerLonDeg: 111412.84 * Math.cos(p) - 93.5 * Math.cos(3 * p) + 0.118 * Math.cos(5 * p),
  };
}

export function toLocal(frame: LocalFrame, at: LatLon): LocalPoint {
  return {
    xM: (at.lonDeg - frame.origin.lonDeg) * frame.mPerLonDeg,
    yM: (at.latDeg - frame.origin.latDeg) * frame.mPerLatDeg,
  };
}

export function toLatLon(frame: LocalFrame, xM: number, yM: number): LatLon {
  return {
    latDeg: frame.origin.latDeg + yM / frame.mPerLatDeg,
    lonDeg: frame.origin.lonDeg + xM / frame.mPerLonDeg,
  };
}
