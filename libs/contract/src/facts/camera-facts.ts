import { z } from "zod";
import { geoPoint } from "../place.js";

/** What somebody wanted a fixed camera to look at. */
export const cameraTowards = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("place"), point: geoPoint }),
  /** A step of the pad from where it looked. */
  z.strictObject({ kind: z.literal("step"), panDeg: z.number(), tiltDeg: z.number(), zoomTimes: z.number() }),
  z.strictObject({ kind: z.literal("home") }),
  z.strictObject({ kind: z.literal("preset"), preset: z.string(), name: z.string() }),
]);
export type CameraTowards = z.infer<typeof cameraTowards>;

/** A direction of a fixed camera: true north, over the horizon; `hfovDeg` is left out where its zoom stays or is not known. */
export const cameraAim = z.strictObject({
  azimuthDeg: z.number(),
  pitchDeg: z.number(),
  hfovDeg: z.number().optional(),
});
export type CameraAim = z.infer<typeof cameraAim>;

const turn = {
  turnId: z.string(),
  cameraId: z.string(),
  name: z.string(),
  towards: cameraTowards,
  incidentId: z.string().optional(),
};

export const cameraFacts = {
  /** On disk before the camera hears of it. `aim` is left out for a preset whose direction it does not tell. */
  CameraTurnAsked: z.strictObject({ ...turn, aim: cameraAim.optional() }),
  /**
   * What became of it. `turned`: the camera's own status says that it looks there, its yes alone does not. `refused`
   * by the station comes without CameraTurnAsked before it. `superseded`: the next turn came first.
   */
  CameraTurned: z.strictObject({
    ...turn,
    outcome: z.enum(["turned", "refused", "unconfirmed", "superseded"]),
    reason: z.string(),
  }),
} as const;
