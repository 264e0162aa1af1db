import type { Frame } from "@outrider/mavlink";

/** Where message signing comes in: what goes out is sealed last, what comes in is judged before anything reads it. */
export type Seal = {
  seal(frame: Uint8Array): Uint8Array;
  accepts(frame: Frame): boolean;
  readonly signed: boolean;
};

/** No signing: PX4 before 1.17 has none. Shown as an unsigned link; the site's policy decides what may fly on it. */
export const unsigned: Seal = { seal: (frame) => frame, accepts: () => true, signed: false };
