import type { VehicleDescription } from "@outrider/contract";
import type { Claim } from "./claimed.js";

/** One vehicle pass as a vendor told it, in our words and units; nothing of it is believed yet. */
export type IncomingRead = {
  /** All ids under which the vendor may tell this pass again. */
  readonly uuids: readonly string[];
  readonly isPreview: boolean;
  readonly vendorCamera: string;
  readonly cameraLabel: string | undefined;
  readonly atMs: number;
  /** Best first. Confidence 0 to 100. */
  readonly plates: readonly { readonly text: string; readonly confidence: number }[];
  readonly plateState: string | undefined;
  readonly vehicle: VehicleDescription;
  /** Direction of motion in the picture, 0 is away from the camera, clockwise. */
  readonly imageDirectionDeg: number | undefined;
  readonly cropBase64: string | undefined;
  /** The same where it came as bytes. */
  readonly cropBytes?: Uint8Array | undefined;
  /** The sender holds it to be on a list of its own. */
  readonly claim?: Claim | undefined;
};

export type IncomingParse =
  | { readonly kind: "reads"; readonly reads: readonly IncomingRead[] }
  /** A message that is well formed and needs nothing done: a heartbeat, a single frame. */
  | { readonly kind: "nothing"; readonly why: string }
  | { readonly kind: "bad"; readonly problem: string };
