import type { AccessUnit } from "../feeds/index.js";

export type WhepAnswer =
  | { readonly kind: "playing"; readonly answerSdp: string; close(): void }
  | { readonly kind: "refused"; readonly why: string };

/**
 * Plays pictures to one browser over WebRTC. `done` is called once; after "playing", `onEnd` is called once when the
 * viewer is gone or `close` was called. `tap` is called when the way to the browser stands.
 */
export type WhepPort = (
  offerSdp: string,
  viewer: { readonly tap: (take: (unit: AccessUnit) => void) => () => void; readonly onEnd: () => void },
  done: (answer: WhepAnswer) => void,
) => void;
