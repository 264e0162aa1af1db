import { z } from "zod";
import { geoPoint, zone } from "./place.js";

/** A corner of the planned way. Heights are AMSL because that is what the autopilot obeys; AGL is for people. */
export const waypoint = z.strictObject({
  point: geoPoint,
  altAmslM: z.number(),
  altAglM: z.number(),
  speedMps: z.number().positive(),
});
export type Waypoint = z.infer<typeof waypoint>;

export const fence = z.strictObject({
  /** Inclusion polygon: must contain home, or PX4 accepts it and then silently switches the fence off. */
  inclusion: z.array(geoPoint).min(3).max(60),
  exclusions: z.array(zone),
  ceilingAmslM: z.number(),
});
export type Fence = z.infer<typeof fence>;

/** One point of the drawn side view: ground and highest surface under the route. */
export const profilePoint = z.strictObject({
  distanceM: z.number(),
  groundAmslM: z.number(),
  surfaceAmslM: z.number(),
  pathAmslM: z.number(),
});

export const flightPlan = z.strictObject({
  planId: z.string(),
  home: z.strictObject({ point: geoPoint, groundAmslM: z.number() }),
  takeoffAltAmslM: z.number(),
  route: z.array(waypoint).min(1),
  scene: z.strictObject({
    point: geoPoint,
    groundAmslM: z.number(),
    orbitRadiusM: z.number(),
    altAmslM: z.number(),
    speedMps: z.number(),
  }),
  returnAltAmslM: z.number(),
  rally: z.array(z.strictObject({ dockId: z.string(), point: geoPoint, altAmslM: z.number() })),
  fence,
  lengthM: z.number(),
  etaS: z.number(),
  etaP90S: z.number(),
  energyOutWh: z.number(),
  energyHomeWh: z.number(),
  minClearanceM: z.number(),
  profile: z.array(profilePoint).max(200),
  alternateDockId: z.string().optional(),
});
export type FlightPlan = z.infer<typeof flightPlan>;
