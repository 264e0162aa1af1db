import { type AnyMessageInit, type Codec, codecNamed } from "../codec/index.js";
import { crcByte, crcOf } from "../wire/index.js";
import { CHECKSUM_LENGTH, HEADER_LENGTH, MAGIC_V1, MAGIC_V2, MAX_FRAME_LENGTH, type MavVersion } from "./frame.js";

/** Who sends a frame, and its number. */
export interface FrameHeader {
  readonly sysid: number;
  readonly compid: number;
  /** Counter of the sender; taken modulo 256. */
  readonly seq: number;
  /** 2 where left out. */
  readonly version?: MavVersion | undefined;
}

/** Size of the blocks that FrameEncoder cuts frames from. */
const SLAB_LENGTH = 8192;

/** Bytes left free before a frame, so that its checksum can be made sixteen bytes a step. */
const LEAD = 16;

/**
 * A frame of one message; fields left out are zero. Integers out of range wrap as in C (see `wireFaults`); NaN in x or
 * y of COMMAND_INT becomes INT32_MAX, "no position". Errors: throws RangeError for a message that is not in the dialect
 * or, with version 1, has an id above 255.
 */
export function encodeFrame(message: AnyMessageInit, header: FrameHeader): Uint8Array {
  const bytes = new Uint8Array(LEAD + MAX_FRAME_LENGTH);
  const length = writeFrame(new DataView(bytes.buffer), LEAD, message, header);
  return bytes.slice(LEAD, LEAD + length);
}

/**
 * Encodes many frames for less: they are cut from a common block, each its own bytes and never written again. A kept
 * frame keeps its block of 8 KiB alive.
 */
export class FrameEncoder {
  private readonly view = new DataView(new ArrayBuffer(LEAD + MAX_FRAME_LENGTH));
  /** Where `write` puts its frames. */
  readonly bytes = new Uint8Array(this.view.buffer, LEAD);
  private slab = new DataView(new ArrayBuffer(SLAB_LENGTH));
  private used = LEAD;

  /** As `encodeFrame`. */
  encode(message: AnyMessageInit, header: FrameHeader): Uint8Array {
    if (this.used + MAX_FRAME_LENGTH > SLAB_LENGTH) {
      this.slab = new DataView(new ArrayBuffer(SLAB_LENGTH));
      this.used = LEAD;
    }
    const start = this.used;
    const length = writeFrame(this.slab, start, message, header);
    this.used = start + length;
    return new Uint8Array(this.slab.buffer, start, length);
  }

  /**
   * As `encodeFrame`, but into `bytes`, for one who copies the frame elsewhere at once: nothing is allocated. Returns
   * its length; the next call writes over it.
   */
  write(message: AnyMessageInit, header: FrameHeader): number {
    return writeFrame(this.view, LEAD, message, header);
  }
}

/** Writes a frame at `start`, over whatever is there, and returns its length. */
function writeFrame(view: DataView, start: number, message: AnyMessageInit, header: FrameHeader): number {
  const codec = codecNamed(message.name);
  if (codec === undefined) throw new RangeError(`MAVLink message "${message.name}" is not in this dialect`);
  if (header.version === 1) return writeFrameV1(view, start, codec, message, header);
  const payload = start + HEADER_LENGTH[2];
  codec.encode(view, payload, message);
  const length = withoutZeros(view, payload, codec.maxLength);
  const { id } = codec;
  const sender = (header.seq & 0xff) | ((header.sysid & 0xff) << 8) | ((header.compid & 0xff) << 16);
  // Two words and a half: each write to a view is checked.
  view.setInt32(start, MAGIC_V2 | (length << 8), true);
  view.setInt32(start + 4, sender | (id << 24), true);
  view.setUint16(start + 8, id >>> 8, true);
  return addChecksum(view, start, payload + length, codec);
}

/** MAVLink 1 has no extension fields and cuts nothing. */
function writeFrameV1(
  view: DataView,
  start: number,
  codec: Codec,
  message: AnyMessageInit,
  header: FrameHeader,
): number {
  if (codec.id > 255)
    throw new RangeError(`${codec.name} has id ${codec.id}, which MAVLink 1 cannot send; use version 2`);
  const payload = start + HEADER_LENGTH[1];
  codec.encode(view, payload, message);
  view.setUint8(start, MAGIC_V1);
  view.setUint8(start + 1, codec.minLength);
  view.setUint8(start + 2, header.seq);
  view.setUint8(start + 3, header.sysid);
  view.setUint8(start + 4, header.compid);
  view.setUint8(start + 5, codec.id);
  return addChecksum(view, start, payload + codec.minLength, codec);
}

function addChecksum(view: DataView, start: number, sumAt: number, codec: Codec): number {
  view.setUint16(sumAt, crcByte(crcOf(view, start + 1, sumAt), codec.crcExtra), true);
  return sumAt + CHECKSUM_LENGTH - start;
}

/** MAVLink 2 drops trailing zeros, but never the first byte. */
function withoutZeros(view: DataView, payload: number, longest: number): number {
  let length = longest;
  while (length > 4 && view.getInt32(payload + length - 4, true) === 0) length -= 4;
  while (length > 1 && view.getUint8(payload + length - 1) === 0) length--;
  return length;
}
