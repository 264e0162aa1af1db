import { TIMESTAMPS_PER_MS } from "@outrider/mavlink";

/** Older than this against our clock, a frame is a recording (MAVLink developer guide, "Message Signing"). */
const oldest = 60_000 * TIMESTAMPS_PER_MS;
/** What frames of one stream may overtake each other by; a radio or LTE bearer that swaps more is late, not swapped. */
const overtaken = 1_000 * TIMESTAMPS_PER_MS;
/** Accepted timestamps that a stream remembers, to know a repeated frame from one that was overtaken. */
const remembered = 128;
/** Only holders of the key make new streams; more than this many are no fleet. */
const mostStreams = 4_096;

export type Freshness = "fresh" | "replayed" | "old" | "crowd";

/** `floor` is the newest timestamp whose neighbours are no longer remembered: nothing at or below it is heard. */
type Stream = { last: number; floor: number; readonly seen: Float64Array; at: number };

/**
 * Timestamps heard of each stream: sender's system, component and the link id that it signed. One table for all our
 * links: a frame recorded on one link and played into another is as old there as here.
 *
 * Each timestamp is heard once. Where the developer guide drops whatever is not newer than the last one, a frame that was
 * overtaken on its way is still heard here, as RFC 4303 section 3.4.3 does with a window: a network that swaps the
 * frames of one burst would else silence an aircraft (docs/decisions/0009).
 */
export class SignedStreams {
  readonly #streams = new Map<number, Stream>();

  /** Streams heard since the start. */
  get count(): number {
    return this.#streams.size;
  }

  /** Judges a timestamp whose signature is right, and notes it where it is fresh. */
  judge(sender: { sysid: number; compid: number }, linkId: number, stamp: number, nowStamp: number): Freshness {
    const key = (sender.sysid << 16) | (sender.compid << 8) | linkId;
    const stream = this.#streams.get(key);
    if (stream !== undefined && !isNew(stream, stamp)) return "replayed";
    // For streams that are known too: frames held back during an outage are new to the stream and still recordings.
    if (stamp < nowStamp - oldest) return "old";
    if (stream !== undefined) note(stream, stamp);
    else if (this.#streams.size >= mostStreams) return "crowd";
    else this.#streams.set(key, { last: stamp, floor: stamp, seen: new Float64Array(remembered), at: 0 });
    return "fresh";
  }
}

function isNew({ last, floor, seen }: Stream, stamp: number): boolean {
  return stamp > last || (stamp > floor && last - stamp <= overtaken && !seen.includes(stamp));
}

function note(stream: Stream, stamp: number): void {
  stream.floor = Math.max(stream.floor, stream.seen[stream.at] ?? 0);
  stream.seen[stream.at] = stamp;
  stream.at = (stream.at + 1) % remembered;
  stream.last = Math.max(stream.last, stamp);
}
