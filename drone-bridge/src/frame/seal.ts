import type { Frame } from "@outrider/mavlink";

/** Where message signing comes in: what goes out is sealed last, what comes in is judged before anything reads it. */
export type Seal = {
  /** The frame as it leaves; empty where nothing may leave. */
  seal(frame: Uint8Array): Uint8Array;
  accepts(frame: Frame): boolean;
  /** Whether all that was taken from this peer so far was signed by our key. */
  readonly signed: boolean;
  /** The peer holds our key, but its clock is so far behind that we refuse it: it must hear our time to be heard. */
  readonly asksTime?: boolean;
  /** The seal of one new peer on a link, where what a peer did counts for that peer alone. */
  forPeer?(link: string): Seal;
};

/** No signing: PX4 before 1.17 has none. Shown as an unsigned link; the site's policy decides what may fly on it. */
export const unsigned: Seal = { seal: (frame) => frame, accepts: () => true, signed: false };

const nothing = new Uint8Array(0);

/** A key is wanted and not there: nothing is heard and nothing leaves, rather than everything unsigned. */
export const sealedShut: Seal = { seal: () => nothing, accepts: () => false, signed: false };
