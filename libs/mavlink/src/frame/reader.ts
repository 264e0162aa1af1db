import { codecOf, extraOrMinus } from "../codec/index.js";
import { crcByte, crcOf } from "../wire/index.js";
import {
  CHECKSUM_LENGTH,
  type Frame,
  HEADER_LENGTH,
  INCOMPAT_SIGNED,
  MAGIC_V1,
  MAGIC_V2,
  ScannedFrame,
  SIGNATURE_LENGTH,
} from "./frame.js";

/** What a reader has met so far. */
export interface ReaderStats {
  /** Frames of known messages with a right checksum. */
  frames: number;
  /** Places that looked like a frame of a known message and failed its checksum; noise has some too. */
  crcErrors: number;
  /** Frames of unknown messages given on. */
  unknown: number;
  /** Bytes that belong to no frame given on. */
  noiseBytes: number;
}

/** How a reader works. */
export interface ReaderOptions {
  /**
   * One Frame object for all frames, good only during the callback, and what it views as well (`payload`): saves all
   * allocations of a frame where nothing is kept. `raw` and `signature` are copies as ever. A reader that is given bytes
   * inside its own callback makes fresh frames of them.
   */
  readonly reuseFrame?: boolean;
}

/** Why `frameEnd` knows no end. */
const NOT_A_FRAME = -1;
const INCOMPLETE = -2;

/** What `verify` says of the bytes between a frame's start and its end. */
const UNKNOWN = 0;
const BAD_CHECKSUM = 1;
const VERIFIED = 2;

/** Bytes of the shortest frame of MAVLink 2, one without payload. */
const SHORTEST = HEADER_LENGTH[2] + CHECKSUM_LENGTH;

/** In the first word of a frame: its magic, and the incompatibility flags that nobody here knows. */
const MAGIC_AND_UNKNOWN_FLAGS = 0xff | ((0xff & ~INCOMPAT_SIGNED) << 16);

const NOTHING = new Uint8Array(0);

/** Datagrams up to this length are copied to where their checksum is read quickest. Nearly all hold one to three frames. */
const SHORT_DATAGRAM = 512;
/** Free bytes that the checksum likes to have before a frame (wire/fold.ts). */
const RUN_UP = 16;

/**
 * Finds frames in the bytes of one link, in any cut. After a wrong checksum, and after an unknown message, it goes on
 * one byte further and not behind the claimed length: a length made of noise would else swallow good frames. Keeps at
 * most one unfinished frame (279 bytes), whatever comes in. One reader a link; never mix two byte streams in one.
 */
export class FrameReader {
  readonly stats: ReaderStats = { frames: 0, crcErrors: 0, unknown: 0, noiseBytes: 0 };
  private reused: ScannedFrame | undefined;
  /** Where short datagrams are read, when frames are reused. */
  private readonly desk: DataView | undefined;
  private readonly deskBytes: Uint8Array;
  /** A callback of this reader runs. */
  private busy = false;
  private carry: Uint8Array = NOTHING;
  /** Bytes at the head of `carry` that a frame given on already covers. */
  private covered = 0;

  constructor(options: ReaderOptions = {}) {
    this.deskBytes = options.reuseFrame === true ? new Uint8Array(RUN_UP + SHORT_DATAGRAM) : NOTHING;
    this.desk = options.reuseFrame === true ? new DataView(this.deskBytes.buffer) : undefined;
    this.reused = this.desk === undefined ? undefined : new ScannedFrame(this.desk);
  }

  /** Bytes waiting for the rest of a frame. */
  get pendingBytes(): number {
    return this.carry.length;
  }

  /** Takes bytes of a stream (serial, TCP); a frame may be cut over any number of chunks. */
  push(chunk: Uint8Array, onFrame: (frame: Frame) => void): void {
    this.scan(this.joined(chunk), onFrame, false);
  }

  /** Takes one datagram (UDP): it holds whole frames, so nothing of it waits for the next one. */
  pushDatagram(datagram: Uint8Array, onFrame: (frame: Frame) => void): void {
    const { desk } = this;
    if (desk === undefined || this.busy || datagram.length > SHORT_DATAGRAM || this.carry.length > 0)
      return this.scan(this.joined(datagram), onFrame, true);
    const size = RUN_UP + datagram.length;
    this.deskBytes.set(datagram, RUN_UP);
    this.busy = true;
    let at = RUN_UP;
    try {
      at = this.cleanRun(desk, RUN_UP, size, onFrame);
    } finally {
      this.busy = false;
    }
    if (at < size) this.scan(datagram.subarray(at - RUN_UP), onFrame, true);
  }

  /**
   * Gives up waiting for the rest of an unfinished frame. Call when a stream has been still for longer than a frame
   * takes to come: a false start made of noise would else hold back a good frame behind it until more bytes arrive.
   */
  flush(onFrame: (frame: Frame) => void): void {
    if (this.carry.length > 0) this.scan(this.joined(NOTHING), onFrame, true);
  }

  private joined(chunk: Uint8Array): Uint8Array {
    if (this.carry.length === 0) return chunk;
    const bytes = new Uint8Array(this.carry.length + chunk.length);
    bytes.set(this.carry);
    bytes.set(chunk, this.carry.length);
    this.carry = NOTHING;
    return bytes;
  }

  /** Bytes that come inside a callback get frames of their own: whoever was called still reads the reused one. */
  private scan(bytes: Uint8Array, onFrame: (frame: Frame) => void, complete: boolean): void {
    const { busy, reused } = this;
    if (busy) this.reused = undefined;
    this.busy = true;
    try {
      this.walk(bytes, onFrame, complete);
    } finally {
      this.busy = busy;
      this.reused = reused;
    }
  }

  /**
   * `at` walks the bytes; `covered` is the end of the last frame given on. An unknown message cannot be checked, so it
   * is held from `held` to `heldEnd` while its inside is searched: a verified frame in there proves it to be noise.
   */
  private walk(bytes: Uint8Array, onFrame: (frame: Frame) => void, complete: boolean): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const size = bytes.length;
    const stats = this.stats;
    let covered = this.covered;
    let held = -1;
    let heldEnd = 0;
    let at = 0;
    while (at < size) {
      if (held >= 0 && at >= heldEnd) {
        covered = this.giveUnknown(view, held, heldEnd, covered, onFrame);
        held = -1;
      }
      if (held < 0 && at === covered) {
        at = this.cleanRun(view, at, size, onFrame);
        covered = at;
        if (at === size) break;
      }
      const magic = bytes[at];
      if (magic !== MAGIC_V2 && magic !== MAGIC_V1) {
        at++;
        continue;
      }
      const end = magic === MAGIC_V2 ? frameEndV2(view, at, size) : frameEndV1(view, at, size);
      if (end === INCOMPLETE && !complete) break;
      if (end < 0) {
        at++;
        continue;
      }
      const verdict = magic === MAGIC_V2 ? verifyV2(view, at) : verifyV1(view, at);
      if (verdict === VERIFIED) {
        held = -1;
        stats.frames++;
        if (at > covered) stats.noiseBytes += at - covered;
        const frame = this.frameAt(view, at, end, true);
        covered = end;
        at = end;
        onFrame(frame);
        continue;
      }
      if (verdict === BAD_CHECKSUM) stats.crcErrors++;
      else if (held < 0 && at >= covered && endsLikeAFrame(bytes, end, size)) {
        held = at;
        heldEnd = end;
      }
      at++;
    }
    if (held >= 0) covered = this.giveUnknown(view, held, heldEnd, covered, onFrame);
    if (at > covered) stats.noiseBytes += at - covered;
    this.covered = Math.max(0, covered - at);
    // Not slice: a Buffer's slice is a view, and the caller may reuse its chunk.
    if (at < size) this.carry = new Uint8Array(bytes.subarray(at));
  }

  /**
   * Gives on known MAVLink 2 frames that follow each other without a fault, which nearly all do. Returns where that ends:
   * the rest is for `scan` to judge. Few loads of the view, since each of them is checked.
   */
  private cleanRun(view: DataView, from: number, size: number, onFrame: (frame: Frame) => void): number {
    let at = from;
    while (at + SHORTEST <= size) {
      const head = view.getInt32(at, true);
      if ((head & MAGIC_AND_UNKNOWN_FLAGS) !== MAGIC_V2) break;
      const sumAt = at + HEADER_LENGTH[2] + ((head >>> 8) & 0xff);
      const end = sumAt + CHECKSUM_LENGTH + (((head >>> 16) & 1) === 0 ? 0 : SIGNATURE_LENGTH);
      const sender = view.getInt32(at + 4, true);
      if (end > size || (sender & 0xff00) === 0) break;
      const msgid = (sender >>> 24) | (view.getUint16(at + 8, true) << 8);
      const extra = extraOrMinus(msgid);
      if (extra < 0 || view.getUint16(sumAt, true) !== crcByte(crcOf(view, at + 1, sumAt), extra)) break;
      this.stats.frames++;
      const frame = this.reused ?? new ScannedFrame(view);
      frame.place(view, at, end, true);
      frame.head(head, sender, msgid);
      at = end;
      onFrame(frame);
    }
    return at;
  }

  private giveUnknown(
    view: DataView,
    start: number,
    end: number,
    covered: number,
    onFrame: (frame: Frame) => void,
  ): number {
    this.stats.unknown++;
    if (start > covered) this.stats.noiseBytes += start - covered;
    onFrame(this.frameAt(view, start, end, false));
    return end;
  }

  private frameAt(view: DataView, start: number, end: number, known: boolean): ScannedFrame {
    const frame = this.reused ?? new ScannedFrame(view);
    frame.place(view, start, end, known);
    if (view.getUint8(start) === MAGIC_V1) frame.headV1();
    else frame.head(view.getInt32(start, true), view.getInt32(start + 4, true), view.getInt32(start + 6, true) >>> 8);
    return frame;
  }
}

/**
 * End of the frame that the header at `at` claims, or why there is none. A receiver must drop frames with an
 * incompatibility bit that it does not know, and 0 is no sender (MAVLink developer guide, "Serialization", "Routing").
 */
function frameEndV2(view: DataView, at: number, size: number): number {
  if (at + HEADER_LENGTH[2] > size) return INCOMPLETE;
  const head = view.getInt32(at, true);
  const flags = (head >>> 16) & 0xff;
  if (flags > INCOMPAT_SIGNED || view.getUint8(at + 5) === 0) return NOT_A_FRAME;
  const unsigned = at + HEADER_LENGTH[2] + ((head >>> 8) & 0xff) + CHECKSUM_LENGTH;
  const end = flags === 0 ? unsigned : unsigned + SIGNATURE_LENGTH;
  return end > size ? INCOMPLETE : end;
}

function frameEndV1(view: DataView, at: number, size: number): number {
  if (at + HEADER_LENGTH[1] > size) return INCOMPLETE;
  if (view.getUint8(at + 3) === 0) return NOT_A_FRAME;
  const end = at + HEADER_LENGTH[1] + view.getUint8(at + 1) + CHECKSUM_LENGTH;
  return end > size ? INCOMPLETE : end;
}

function verifyV2(view: DataView, at: number): number {
  const sumAt = at + HEADER_LENGTH[2] + view.getUint8(at + 1);
  return verify(view, at, sumAt, view.getInt32(at + 6, true) >>> 8);
}

/**
 * Nothing is cut off in MAVLink 1, so the length must be one that the message has (with its extension fields, which some
 * senders add). Noise that passes the checksum by chance, once in 65536 times, nearly always fails here.
 */
function verifyV1(view: DataView, at: number): number {
  const length = view.getUint8(at + 1);
  const codec = codecOf(view.getUint8(at + 5));
  if (codec !== undefined && (length < codec.minLength || length > codec.maxLength)) return BAD_CHECKSUM;
  return verify(view, at, at + HEADER_LENGTH[1] + length, view.getUint8(at + 5));
}

function verify(view: DataView, at: number, sumAt: number, msgid: number): number {
  const extra = extraOrMinus(msgid);
  if (extra < 0) return UNKNOWN;
  return view.getUint16(sumAt, true) === crcByte(crcOf(view, at + 1, sumAt), extra) ? VERIFIED : BAD_CHECKSUM;
}

function endsLikeAFrame(bytes: Uint8Array, end: number, size: number): boolean {
  return end === size || bytes[end] === MAGIC_V1 || bytes[end] === MAGIC_V2;
}
