import { type MavMessage, type MessageName, messageId } from "@outrider/mavlink";
import { isStreamed } from "../route/index.js";

/** Times by which the frames of one component are put in order, milliseconds. */
export const orderTiming = {
  /** A way silent this long begins its count anew: so many frames may be missing that the counter says nothing. */
  silentMs: 3_000,
  /** The time since boot must fall by this much at once: late frames of a slow link are no reboot. */
  fallsByMs: 5_000,
  /** Or by this much, and the way must have gone no further for `standsMs`: an autopilot takes longer to start. */
  fallsALittleMs: 500,
  standsMs: 2_000,
  /** So many frames must show a small fall. */
  fewestFallen: 3,
  /** time_boot_ms has 32 bits and comes round after 49.7 days: then it is as far on as the clock is, give or take. */
  roundSlackMs: 60_000,
  /** A way may be this far behind the one by which a reboot was seen. */
  mostLagMs: 10_000,
  /** Behind in a row, and no time said: the sender counts from elsewhere now. */
  mostBehind: 8,
} as const;

/** `late`: it tells what was so before what is known already. `rebooted`: new, and the first of another boot. */
export type Order = "new" | "late" | "rebooted";

type Way = {
  readonly key: string;
  /** Counter of the furthest frame, carried on beyond its 8 bits. */
  high: number;
  heardMs: number;
  behindRun: number;
  /** Furthest time since boot, the counter of the frame that said it, and when it came. */
  bootMs: number | undefined;
  bootHigh: number;
  bootHeardMs: number;
  fallen: number;
  /** Since when it still tells of the boot before the present one, as far as is known. */
  oldBootSinceMs: number | undefined;
};

/** The last message of a kind that was taken. */
type Taken = { way: Way; high: number; bootMs: number | undefined; tMs: number };

/**
 * Whether what one component says of its state is new, over all its ways. Two links seconds apart, and one that
 * overtakes itself, bring old states behind new ones; one old HEARTBEAT would disarm an aircraft in flight.
 *
 * - A message is compared with the last one of its own kind alone: an ATTITUDE that overtakes a HEARTBEAT does not make
 *   that old.
 * - On one way the frame counter orders them (PX4 has a counter for each link, so it says nothing across ways). It is
 *   carried on beyond its 8 bits, and told again by the time since boot where more than half a turn is missing.
 * - Across ways the time since boot orders them. What carries none was said when the furthest time of its way was: a way
 *   that is behind changes nothing until it has caught up, or is the only one that goes on.
 * - A boot is a reboot for all ways: one that still tells of the boot before is behind until its own time falls.
 *
 * Not to be told apart on one way: messages without a time that are overtaken by more than 127 frames.
 */
export class FrameOrder {
  readonly #ways: Way[] = [];
  readonly #taken = new Map<number, Taken>();

  hear(pathKey: string, seq: number, message: MavMessage, msgid: number, tMs: number): Order {
    const stamp = bootMsOf(message);
    const way = this.#wayOf(pathKey, seq, tMs);
    const high = counted(way, seq, stamp, tMs);
    const rebooted = stamp !== undefined && this.#hearTime(way, stamp, high, tMs);
    const kind = kindOf(msgid);
    if (kind === undefined) return rebooted ? "rebooted" : "new";
    if (way.oldBootSinceMs !== undefined) return "late";
    const bootMs = stamp ?? (tMs - way.bootHeardMs <= orderTiming.silentMs ? way.bootMs : undefined);
    const last = this.#taken.get(kind);
    if (last === undefined) this.#taken.set(kind, { way, high, bootMs, tMs });
    else if (isLate(last, way, high, bootMs, stamp !== undefined, tMs)) return "late";
    else {
      last.way = way;
      last.high = high;
      last.bootMs = bootMs;
      last.tMs = tMs;
    }
    return rebooted ? "rebooted" : "new";
  }

  #wayOf(key: string, seq: number, tMs: number): Way {
    for (const way of this.#ways) if (way.key === key) return way;
    const nothing = {
      behindRun: 0,
      bootMs: undefined,
      bootHigh: 0,
      bootHeardMs: tMs,
      fallen: 0,
      oldBootSinceMs: undefined,
    };
    const way: Way = { key, high: seq - 1, heardMs: tMs, ...nothing };
    this.#ways.push(way);
    // Ways come and go with every address that an aircraft speaks from.
    if (this.#ways.length > 16) this.#ways.shift();
    return way;
  }

  /** Takes the time since boot of a frame into its way; true when it is another boot, seen for the first time. */
  #hearTime(way: Way, bootMs: number, high: number, tMs: number): boolean {
    if (way.oldBootSinceMs !== undefined && tMs - way.oldBootSinceMs > orderTiming.mostLagMs) forgetTime(way);
    const before = way.bootMs;
    const waitedMs = tMs - way.bootHeardMs;
    if (before === undefined || !isBefore(bootMs, before, waitedMs)) {
      further(way, bootMs, high, tMs);
      return false;
    }
    const fellMs = before - bootMs;
    if (fellMs < orderTiming.fallsALittleMs) return false;
    way.fallen++;
    const stood = waitedMs >= orderTiming.standsMs && way.fallen >= orderTiming.fewestFallen;
    if (fellMs <= orderTiming.fallsByMs && !stood) return false;
    const known = way.oldBootSinceMs !== undefined;
    forgetTime(way);
    further(way, bootMs, high, tMs);
    if (!known) this.#begin(way, tMs);
    return !known;
  }

  #begin(first: Way, tMs: number): void {
    this.#taken.clear();
    for (const way of this.#ways) {
      if (way === first || way.bootMs === undefined) continue;
      // One that is silent will come back with the new boot.
      if (tMs - way.heardMs > orderTiming.silentMs) forgetTime(way);
      else way.oldBootSinceMs = tMs;
    }
  }
}

function further(way: Way, bootMs: number, high: number, tMs: number): void {
  way.bootMs = bootMs;
  way.bootHigh = high;
  way.bootHeardMs = tMs;
  way.fallen = 0;
}

function forgetTime(way: Way): void {
  way.bootMs = undefined;
  way.fallen = 0;
  way.oldBootSinceMs = undefined;
}

/** The counter of a frame, carried on. Moves its way on where the frame is the furthest. */
function counted(way: Way, seq: number, bootMs: number | undefined, tMs: number): number {
  const ahead = ((seq - way.high - 1) & 0xff) + 1;
  const silent = tMs - way.heardMs > orderTiming.silentMs;
  way.heardMs = tMs;
  const back = way.high + ahead - 256;
  // More than half a turn is missing where a frame that seems to be from before another tells a later time than that.
  const later = way.bootMs !== undefined && bootMs !== undefined && bootMs > way.bootMs && back <= way.bootHigh;
  const timeless = way.bootMs === undefined && way.behindRun >= orderTiming.mostBehind;
  if (ahead <= 128 || silent || later || timeless) {
    way.behindRun = 0;
    way.high += ahead;
    return way.high;
  }
  way.behindRun++;
  return back;
}

function isLate(last: Taken, way: Way, high: number, bootMs: number | undefined, timed: boolean, tMs: number): boolean {
  const waitedMs = tMs - last.tMs;
  // Nothing of this kind was taken for so long that whatever said so was wrong.
  if (waitedMs > orderTiming.mostLagMs) return false;
  if (last.way === way && !timed) return high < last.high;
  // A way that says no time cannot show that it is not behind.
  if (bootMs === undefined) return last.bootMs !== undefined && waitedMs <= orderTiming.silentMs;
  return last.bootMs !== undefined && isBefore(bootMs, last.bootMs, waitedMs);
}

/** Whether one time since boot is before another, `waitedMs` after that was heard, over the end of its 32 bits too. */
function isBefore(bootMs: number, thanMs: number, waitedMs: number): boolean {
  if (bootMs >= thanMs) return false;
  return (bootMs - thanMs) >>> 0 > waitedMs + orderTiming.roundSlackMs;
}

/** What tells of the state beside what is streamed. Nothing here is an answer: those count whenever they come. */
const words: readonly MessageName[] = ["CURRENT_MODE", "HOME_POSITION", "MISSION_CURRENT"];
const wordIds = words.map(messageId);
const heartbeat = messageId("HEARTBEAT");
const currentMode = messageId("CURRENT_MODE");

/** By what a message is compared; both that tell the mode are one kind. Undefined: it is taken whenever it comes. */
function kindOf(msgid: number): number | undefined {
  if (msgid === heartbeat || msgid === currentMode) return heartbeat;
  return isStreamed(msgid) || wordIds.includes(msgid) ? msgid : undefined;
}

function bootMsOf(message: MavMessage): number | undefined {
  switch (message.name) {
    case "GLOBAL_POSITION_INT":
    case "ATTITUDE":
    case "SYSTEM_TIME":
      return message.timeBootMs;
    default:
      return undefined;
  }
}
