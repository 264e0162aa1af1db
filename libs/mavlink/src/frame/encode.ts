import { type AnyMessageInit, type Codec, codecNamed } from "../codec/index.js";
import { crcByte, crcRange } from "../wire/index.js";
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

/**
 * A frame of one message; fields left out are zero. Integers out of range wrap as in C (see `wireFaults`); NaN in x or
 * y of COMMAND_INT becomes INT32_MAX, "no position". Errors: throws RangeError for a message that is not in the dialect
 * or, with version 1, has an id above 255.
 */
export function encodeFrame(message: AnyMessageInit, header: FrameHeader): Uint8Array {
  const bytes = new Uint8Array(MAX_FRAME_LENGTH);
  const length = writeFrame(bytes, new DataView(bytes.buffer), 0, message, header);
  return bytes.slice(0, length);
}

/**
 * Encodes many frames for less: they are cut from a common block, each its own bytes and never written again. A kept
 * frame keeps its block of 8 KiB alive.
 */
export class FrameEncoder {
  /** Where `write` puts its frames. */
  readonly bytes = new Uint8Array(MAX_FRAME_LENGTH);
  private readonly bytesView = new DataView(this.bytes.buffer);
  private slab = new Uint8Array(SLAB_LENGTH);
  private view = new DataView(this.slab.buffer);
  private used = 0;

  /** As `encodeFrame`. */
  encode(message: AnyMessageInit, header: FrameHeader): Uint8Array {
    if (this.used + MAX_FRAME_LENGTH > SLAB_LENGTH) {
      this.slab = new Uint8Array(SLAB_LENGTH);
      this.view = new DataView(this.slab.buffer);
      this.used = 0;
    }
    const start = this.used;
    const length = writeFrame(this.slab, this.view, start, message, header);
    this.used = start + length;
    return new Uint8Array(this.slab.buffer, start, length);
  }

  /**
   * As `encodeFrame`, but into `bytes`, for one who copies the frame elsewhere at once: nothing is allocated. Returns
   * its length; the next call writes over it.
   */
  write(message: AnyMessageInit, header: FrameHeader): number {
    return writeFrame(this.bytes, this.bytesView, 0, message, header);
  }
}

/** Writes a frame at `start`, over whatever is there, and returns its length. */
function writeFrame(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  message: AnyMessageInit,
  header: FrameHeader,
): number {
  const codec = codecNamed(message.name);
  if (codec === undefined) throw new RangeError(`MAVLink message "${message.name}" is not in this dialect`);
  const v1 = header.version === 1;
  const payload = start + (v1 ? HEADER_LENGTH[1] : HEADER_LENGTH[2]);
  codec.encode(view, payload, message);
  const length = v1 ? lengthV1(codec) : lengthV2(bytes, payload, codec);
  if (v1) writeHeaderV1(bytes, start, length, codec, header);
  else writeHeaderV2(bytes, start, length, codec, header);
  const sumAt = payload + length;
  view.setUint16(sumAt, crcByte(crcRange(bytes, start + 1, sumAt), codec.crcExtra), true);
  return sumAt + CHECKSUM_LENGTH - start;
}

/** MAVLink 1 has no extension fields and cuts nothing. */
function lengthV1(codec: Codec): number {
  if (codec.id > 255)
    throw new RangeError(`${codec.name} has id ${codec.id}, which MAVLink 1 cannot send; use version 2`);
  return codec.minLength;
}

/** MAVLink 2 drops trailing zeros, but never the first byte. */
function lengthV2(bytes: Uint8Array, payload: number, codec: Codec): number {
  let length = codec.maxLength;
  while (length > 1 && bytes[payload + length - 1] === 0) length--;
  return length;
}

function writeHeaderV1(bytes: Uint8Array, start: number, length: number, codec: Codec, header: FrameHeader): void {
  bytes[start] = MAGIC_V1;
  bytes[start + 1] = length;
  bytes[start + 2] = header.seq;
  bytes[start + 3] = header.sysid;
  bytes[start + 4] = header.compid;
  bytes[start + 5] = codec.id;
}

function writeHeaderV2(bytes: Uint8Array, start: number, length: number, codec: Codec, header: FrameHeader): void {
  bytes[start] = MAGIC_V2;
  bytes[start + 1] = length;
  bytes[start + 2] = 0;
  bytes[start + 3] = 0;
  bytes[start + 4] = header.seq;
  bytes[start + 5] = header.sysid;
  bytes[start + 6] = header.compid;
  bytes[start + 7] = codec.id;
  bytes[start + 8] = codec.id >>> 8;
  bytes[start + 9] = codec.id >>> 16;
}
