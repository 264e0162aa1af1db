import {
  type Codec,
  codecOf,
  type MavMessage,
  type MessageName,
  type MessageOf,
  messages,
  placeOf,
} from "../codec/index.js";
import { type Frame, ScannedFrame } from "./frame.js";

/** Message of a frame, `undefined` for a message that the dialect lacks. */
export function decode(frame: Frame): MavMessage | undefined {
  const codec = codecOf(frame.msgid);
  if (codec === undefined) return undefined;
  const out = codec.blank();
  read(frame, out);
  return out;
}

/**
 * Message of a frame into an object of the same kind, which must come from `message` or `decode`. Returns false and
 * leaves `out` alone where the frame holds another kind.
 */
export function decodeInto(frame: Frame, out: MavMessage): boolean {
  if (codecOf(frame.msgid)?.name !== out.name) return false;
  read(frame, out);
  return true;
}

/** Message of a frame where it is of kind `name`, else `undefined`. */
export function decodeAs<K extends MessageName>(frame: Frame, name: K): MessageOf<K> | undefined {
  const decoded: unknown = codecOf(frame.msgid)?.name === name ? decode(frame) : undefined;
  // The codec of a name makes messages of that name; its type cannot say so.
  return decoded as MessageOf<K> | undefined;
}

/**
 * Decodes into one object for each kind of message: nothing is allocated once every kind has been seen. The object
 * given back is good until the next frame of its kind.
 */
export class MessagePool {
  /** By place in the dialect: an array answers several times faster than a Map. */
  private readonly byPlace: (MavMessage | undefined)[] = Array(messages.length + 1).fill(undefined);

  /** Message of a frame, `undefined` for a message that the dialect lacks. */
  decode(frame: Frame): MavMessage | undefined {
    const { msgid } = frame;
    const place = placeOf(msgid);
    const codec = codecOf(msgid);
    if (codec === undefined) return undefined;
    let out = this.byPlace[place];
    if (out === undefined) {
      out = codec.blank();
      this.byPlace[place] = out;
    }
    readWith(codec, frame, out);
    return out;
  }
}

function read(frame: Frame, out: MavMessage): void {
  const codec = codecOf(frame.msgid);
  if (codec !== undefined) readWith(codec, frame, out);
}

function readWith(codec: Codec, frame: Frame, out: MavMessage): void {
  if (frame instanceof ScannedFrame) {
    codec.decode(frame.view, frame.payloadStart, frame.payloadLength, out);
    return;
  }
  const { payload } = frame;
  codec.decode(new DataView(payload.buffer, payload.byteOffset, payload.length), 0, payload.length, out);
}
