import { type Frame, frameChecksum, frameLength, INCOMPAT_SIGNED, SIGNATURE_LENGTH } from "@outrider/mavlink";

/** Two links to one aircraft bring the same frame within this of each other; a counter comes round again later. */
const windowMs = 500;
const mostKept = 1_024;

/** Frames heard a moment ago, so that one that comes by a second way is heard once: by sender, counter and content. */
export class SeenFrames {
  readonly #seen = new Map<number, number>();

  /** Notes the frame and says whether the very same one came just before. */
  isRepeat(frame: Frame, tMs: number): boolean {
    const key = keyOf(frame);
    const before = this.#seen.get(key);
    const repeat = before !== undefined && tMs - before < windowMs;
    if (repeat) return true;
    this.#seen.delete(key);
    this.#seen.set(key, tMs);
    this.#trim(tMs);
    return false;
  }

  #trim(tMs: number): void {
    // Oldest first, since a key that is set again goes to the end.
    for (const [key, atMs] of this.#seen) {
      if (tMs - atMs < windowMs && this.#seen.size <= mostKept) return;
      this.#seen.delete(key);
    }
  }
}

/**
 * 53 bits: sender, counter, checksum, length, and as much of the message's number as there is room for. The checksum
 * stands for the content; a signature differs between two links and is no part of it.
 */
function keyOf(frame: Frame): number {
  const { sysid, compid, msgid, seq } = frame;
  const unsigned = frameLength(frame) - ((frame.incompatFlags & INCOMPAT_SIGNED) === 0 ? 0 : SIGNATURE_LENGTH);
  const sender = (sysid << 16) | (compid << 8) | seq;
  const rest = ((unsigned & 0xff) << 5) | (msgid & 0x1f);
  return (sender * 0x1_0000 + frameChecksum(frame)) * 0x2000 + rest;
}
