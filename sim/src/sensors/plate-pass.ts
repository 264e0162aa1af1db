import type { GeoPoint } from "@outrider/contract";
import type { SeenLooks } from "./look-errors.js";

/** One vehicle pass as a reader took it, before it is told in a vendor's words. */
export type PlatePass = {
  readonly readId: string;
  readonly cameraNumber: number;
  readonly cameraLabel: string;
  readonly tMs: number;
  readonly point: GeoPoint;
  readonly plate: string;
  /** Best first; confidences 0 to 100. */
  readonly candidates: readonly { plate: string; confidence: number }[];
  readonly confidence: number;
  /** As Rekor and Plate Recognizer say it: `us-ca`. */
  readonly region: string;
  readonly looks: SeenLooks;
  /** Direction of motion in the picture, 0 to 360 degrees. */
  readonly imageDirectionDeg: number;
  readonly cropJpegBase64: string | undefined;
};
