/**
 * Whether degrees × 1e7 are a place on the globe. A right checksum proves nothing of what is in a frame, and geometry
 * throws for places that are none; the poles are left out with them. 0, 0 is what is sent while no place is known.
 */
export const isPlace = (lat: number, lon: number): boolean =>
  Math.abs(lat) <= 890_000_000 && Math.abs(lon) <= 1_800_000_000 && (lat !== 0 || lon !== 0);
