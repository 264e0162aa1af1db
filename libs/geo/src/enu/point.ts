/** Geographic position, WGS84 degrees. */
export type LatLon = { readonly latDeg: number; readonly lonDeg: number };
/** Position in a local frame, metres east and north of its origin (true north). */
export type EnuPoint = { readonly eastM: number; readonly northM: number };
/** Local position with a height above mean sea level. */
export type EnuPointAmsl = EnuPoint & { readonly altAmslM: number };
