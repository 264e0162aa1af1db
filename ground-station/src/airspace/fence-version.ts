import { type Fence, fenceText } from "@outrider/contract";
import { sha256Hex } from "../record/index.js";

/** Name of a fence by its content, the same that the bridge tells with what it read back from an aircraft. */
export const fenceVersion = (fence: Pick<Fence, "inclusion" | "exclusions">): string =>
  sha256Hex(fenceText(fence)).slice(0, 16);
