import { TIMESTAMPS_PER_MS } from "@outrider/mavlink";

/** Older than this against our clock, a frame is a recording (MAVLink developer guide, "Message Signing"). */
const oldest = 60_000 * TIMESTAMPS_PER_MS;
/** Only holders of the key make new streams; more than this many are no fleet. */
const mostStreams = 4_096;

export type Freshness = "fresh" | "replayed" | "old" | "crowd";

/**
 * Last timestamp of each stream: sender's system, component and the link id that it signed. One table for all our links:
 * a frame recorded on one link and played into another is as old there as here.
 */
export class SignedStreams {
  readonly #last = new Map<number, number>();

  /** Streams heard since the start. */
  get count(): number {
    return this.#last.size;
  }

  /** Judges a timestamp whose signature is right, and notes it where it is fresh. */
  judge(sender: { sysid: number; compid: number }, linkId: number, stamp: number, nowStamp: number): Freshness {
    const key = (sender.sysid << 16) | (sender.compid << 8) | linkId;
    const last = this.#last.get(key);
    if (last !== undefined && stamp <= last) return "replayed";
    // For streams that are known too: frames held back during an outage are new to the stream and still recordings.
    if (stamp < nowStamp - oldest) return "old";
    if (last === undefined && this.#last.size >= mostStreams) return "crowd";
    this.#last.set(key, stamp);
    return "fresh";
  }
}
