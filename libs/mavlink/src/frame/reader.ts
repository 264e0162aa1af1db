import { codecOf } from "../codec/index.js";
import { crcByte, crcRange } from "../wire/index.js";
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
   * One Frame object for all frames, good only during the callback: saves an allocation a frame where nothing is kept.
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

const NOTHING = new Uint8Array(0);

/**
 * Finds frames in the bytes of one link, in any cut. After a wrong checksum, and after an unknown message, it goes on
 * one byte further and not behind the claimed length: a length made of noise would else swallow good frames. Keeps at
 * most one unfinished frame (279 bytes), whatever comes in. One reader a link; never mix two byte streams in one.
 */
export class FrameReader {
  readonly stats: ReaderStats = { frames: 0, crcErrors: 0, unknown: 0, noiseBytes: 0 };
  private readonly reused: ScannedFrame | undefined;
  private carry: Uint8Array = NOTHING;
  /** Bytes at the head of `carry` that a frame given on already covers. */
  private covered = 0;

  constructor(options: ReaderOptions = {}) {
    this.reused = options.reuseFrame === true ? new ScannedFrame(new DataView(NOTHING.buffer)) : undefined;
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
    this.scan(this.joined(datagram), onFrame, true);
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

  /**
   * `at` walks the bytes; `covered` is the end of the last frame given on. An unknown message cannot be checked, so it
   * is held from `held` to `heldEnd` while its inside is searched: a verified frame in there proves it to be noise.
   */
  private scan(bytes: Uint8Array, onFrame: (frame: Frame) => void, complete: boolean): void {
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
      const magic = bytes[at];
      if (magic !== MAGIC_V2 && magic !== MAGIC_V1) {
        at++;
        continue;
      }
      const end = frameEnd(bytes, at, size);
      if (end === INCOMPLETE && !complete) break;
      if (end < 0) {
        at++;
        continue;
      }
      const verdict = verify(bytes, at);
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
    frame.view = view;
    frame.start = start;
    frame.end = end;
    frame.known = known;
    frame.payloadLength = view.getUint8(start + 1);
    if (view.getUint8(start) === MAGIC_V2) readHeaderV2(frame, view, start);
    else readHeaderV1(frame, view, start);
    return frame;
  }
}

function readHeaderV2(frame: ScannedFrame, view: DataView, start: number): void {
  frame.version = 2;
  frame.payloadStart = start + HEADER_LENGTH[2];
  frame.incompatFlags = view.getUint8(start + 2);
  frame.compatFlags = view.getUint8(start + 3);
  frame.seq = view.getUint8(start + 4);
  frame.sysid = view.getUint8(start + 5);
  frame.compid = view.getUint8(start + 6);
  frame.msgid = view.getUint16(start + 7, true) | (view.getUint8(start + 9) << 16);
}

function readHeaderV1(frame: ScannedFrame, view: DataView, start: number): void {
  frame.version = 1;
  frame.payloadStart = start + HEADER_LENGTH[1];
  frame.incompatFlags = 0;
  frame.compatFlags = 0;
  frame.seq = view.getUint8(start + 2);
  frame.sysid = view.getUint8(start + 3);
  frame.compid = view.getUint8(start + 4);
  frame.msgid = view.getUint8(start + 5);
}

/**
 * End of the frame that the header at `at` claims, or why there is none. A receiver must drop frames with an
 * incompatibility bit that it does not know, and 0 is no sender (MAVLink developer guide, "Serialization", "Routing").
 */
function frameEnd(bytes: Uint8Array, at: number, size: number): number {
  const v2 = bytes[at] === MAGIC_V2;
  const header = v2 ? HEADER_LENGTH[2] : HEADER_LENGTH[1];
  if (at + header > size) return INCOMPLETE;
  const flags = v2 ? (bytes[at + 2] ?? 0) : 0;
  const sysid = bytes[at + (v2 ? 5 : 3)];
  if (sysid === 0 || (flags & ~INCOMPAT_SIGNED) !== 0) return NOT_A_FRAME;
  const end = at + header + (bytes[at + 1] ?? 0) + CHECKSUM_LENGTH + (flags === 0 ? 0 : SIGNATURE_LENGTH);
  return end > size ? INCOMPLETE : end;
}

function verify(bytes: Uint8Array, at: number): number {
  const v2 = bytes[at] === MAGIC_V2;
  const payload = at + (v2 ? HEADER_LENGTH[2] : HEADER_LENGTH[1]);
  const msgid = v2
    ? (bytes[at + 7] ?? 0) | ((bytes[at + 8] ?? 0) << 8) | ((bytes[at + 9] ?? 0) << 16)
    : (bytes[at + 5] ?? 0);
  const codec = codecOf(msgid);
  if (codec === undefined) return UNKNOWN;
  const sumAt = payload + (bytes[at + 1] ?? 0);
  const sum = crcByte(crcRange(bytes, at + 1, sumAt), codec.crcExtra);
  return bytes[sumAt] === (sum & 0xff) && bytes[sumAt + 1] === sum >>> 8 ? VERIFIED : BAD_CHECKSUM;
}

function endsLikeAFrame(bytes: Uint8Array, end: number, size: number): boolean {
  return end === size || bytes[end] === MAGIC_V1 || bytes[end] === MAGIC_V2;
}
