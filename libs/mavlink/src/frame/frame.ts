/** First byte of a MAVLink 1 frame. */
export const MAGIC_V1 = 0xfe;
/** First byte of a MAVLink 2 frame. */
export const MAGIC_V2 = 0xfd;
/** Bit of `incompatFlags`: the frame ends in a signature. The only such bit there is. */
export const INCOMPAT_SIGNED = 0x01;
/** Bytes of a signature: link id, timestamp, six bytes of the hash. */
export const SIGNATURE_LENGTH = 13;
/** Bytes before the payload, by version. */
export const HEADER_LENGTH = { 1: 6, 2: 10 } as const;
/** Bytes of the checksum. */
export const CHECKSUM_LENGTH = 2;
/** Bytes of the longest frame: 255 of payload, signed. */
export const MAX_FRAME_LENGTH = 280;

/** Version of the protocol that a frame is in. */
export type MavVersion = 1 | 2;

/** One frame as it came. */
export interface Frame {
  readonly version: MavVersion;
  /** Counter of the sender (sysid and compid), 0 to 255. */
  readonly seq: number;
  readonly sysid: number;
  readonly compid: number;
  readonly msgid: number;
  readonly incompatFlags: number;
  readonly compatFlags: number;
  /** Payload as sent, without the zeros that the sender dropped. A view of the received chunk. */
  readonly payload: Uint8Array;
  /** The whole frame, signature included, for forwarding. A copy: it may be kept. */
  readonly raw: Uint8Array;
  /** The 13 bytes of the signature where the frame has one. A copy. Present does not mean valid. */
  readonly signature?: Uint8Array | undefined;
  /** Whether the dialect has this message, so that its checksum was verified. Otherwise: forward, never act on it. */
  readonly known: boolean;
}

/** Bytes of a whole frame, signature included. */
export function frameLength(frame: Frame): number {
  return frame instanceof ScannedFrame ? frame.end - frame.start : frame.raw.length;
}

/** The checksum as it stands in the frame. */
export function frameChecksum(frame: Frame): number {
  if (frame instanceof ScannedFrame) return frame.view.getUint16(frame.payloadStart + frame.payloadLength, true);
  const { raw } = frame;
  const at = HEADER_LENGTH[frame.version] + frame.payload.length;
  return (raw[at] ?? 0) | ((raw[at + 1] ?? 0) << 8);
}

/** Writes a whole frame at `at`, where `frameLength` bytes are free: as `raw`, without a copy in between. */
export function copyFrame(frame: Frame, into: DataView, at: number): void {
  if (frame instanceof ScannedFrame) return copyBytes(frame.view, frame.start, frame.end, into, at);
  const { raw } = frame;
  for (let i = 0; i < raw.length; i++) into.setUint8(at + i, raw[i] ?? 0);
}

/** By words: for the length of a frame that is quicker than a view of each side and `set`. */
function copyBytes(from: DataView, start: number, end: number, into: DataView, at: number): void {
  let read = start;
  let write = at;
  for (; read + 4 <= end; read += 4, write += 4) into.setInt32(write, from.getInt32(read, true), true);
  for (; read < end; read++, write++) into.setUint8(write, from.getUint8(read));
}

/**
 * Frame that stays where it was found: bytes are copied or viewed only when asked for. Its chunk must not be written
 * over while the frame is in use.
 */
export class ScannedFrame implements Frame {
  version: MavVersion = 2;
  seq = 0;
  sysid = 0;
  compid = 0;
  msgid = 0;
  incompatFlags = 0;
  compatFlags = 0;
  known = false;
  /** View of the whole chunk. */
  view: DataView;
  /** Offset of the frame's first byte in the view. */
  start = 0;
  /** Offset of the byte after the frame. */
  end = 0;
  /** Offset of the payload's first byte in the view. */
  payloadStart = 0;
  /** Bytes of payload as sent. */
  payloadLength = 0;

  constructor(view: DataView) {
    this.view = view;
  }

  /** Where the frame lies. What its header says comes by `head` or `headV1`. */
  place(view: DataView, start: number, end: number, known: boolean): void {
    if (this.view !== view) this.view = view;
    this.start = start;
    this.end = end;
    this.known = known;
  }

  /**
   * A MAVLink 2 header, from its first word (magic, length, flags) and its second (counter, system, component, lowest byte of
   * the message): loads of a view are checked, so who has them already hands them over.
   */
  head(first: number, second: number, msgid: number): void {
    this.version = 2;
    this.payloadStart = this.start + HEADER_LENGTH[2];
    this.payloadLength = (first >>> 8) & 0xff;
    this.incompatFlags = (first >>> 16) & 0xff;
    this.compatFlags = first >>> 24;
    this.seq = second & 0xff;
    this.sysid = (second >>> 8) & 0xff;
    this.compid = (second >>> 16) & 0xff;
    this.msgid = msgid;
  }

  /** A MAVLink 1 header, from the view. */
  headV1(): void {
    const { view, start } = this;
    this.version = 1;
    this.payloadStart = start + HEADER_LENGTH[1];
    this.payloadLength = view.getUint8(start + 1);
    this.incompatFlags = 0;
    this.compatFlags = 0;
    this.seq = view.getUint8(start + 2);
    this.sysid = view.getUint8(start + 3);
    this.compid = view.getUint8(start + 4);
    this.msgid = view.getUint8(start + 5);
  }

  get payload(): Uint8Array {
    return new Uint8Array(this.view.buffer, this.view.byteOffset + this.payloadStart, this.payloadLength);
  }

  get raw(): Uint8Array {
    return this.bytes(this.start, this.end).slice();
  }

  get signature(): Uint8Array | undefined {
    if ((this.incompatFlags & INCOMPAT_SIGNED) === 0) return undefined;
    return this.bytes(this.end - SIGNATURE_LENGTH, this.end).slice();
  }

  private bytes(start: number, end: number): Uint8Array {
    return new Uint8Array(this.view.buffer, this.view.byteOffset + start, end - start);
  }
}
