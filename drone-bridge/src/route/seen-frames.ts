import { type Frame, INCOMPAT_SIGNED, SIGNATURE_LENGTH } from "@outrider/mavlink";

/** Two links to one aircraft bring the same frame within this of each other; a counter comes round again later. */
const windowMs = 500;
const mostKept = 1_024;

/** Frames heard a moment ago, so that one that comes by a second way is heard once: by sender, counter and content. */
export class SeenFrames {
  readonly #seen = new Map<string, number>();

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

/** The checksum stands for the content; a signature differs between two links and is no part of it. */
function keyOf(frame: Frame): string {
  const { raw, sysid, compid, msgid, seq } = frame;
  const end = raw.length - ((frame.incompatFlags & INCOMPAT_SIGNED) === 0 ? 0 : SIGNATURE_LENGTH);
  return `${sysid}/${compid}/${msgid}/${seq}/${raw[end - 2] ?? 0}/${raw[end - 1] ?? 0}/${frame.payload.length}`;
}
