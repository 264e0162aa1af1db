import { z } from "zod";

/** WGS 84, degrees. */
export const geoPoint = z.strictObject({ latDeg: z.number().min(-90).max(90), lonDeg: z.number().min(-180).max(180) });
export type GeoPoint = z.infer<typeof geoPoint>;

/** 95 % error ellipse of a reported place; a circle has equal axes. */
export const errorEllipse = z.strictObject({
  semiMajorM: z.number().nonnegative(),
  semiMinorM: z.number().nonnegative(),
  bearingDeg: z.number().min(0).max(360),
});
export type ErrorEllipse = z.infer<typeof errorEllipse>;

/** A place as somebody said it: never more precise than its error. */
export const place = z.strictObject({ point: geoPoint, error: errorEllipse, label: z.string().max(200) });
export type Place = z.infer<typeof place>;

/** A polygon on the ground, ring not closed, counter-clockwise. */
export const zone = z.strictObject({ id: z.string(), name: z.string(), ring: z.array(geoPoint).min(3) });
export type Zone = z.infer<typeof zone>;
