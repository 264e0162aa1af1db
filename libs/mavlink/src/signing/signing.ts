import { crcExtra } from "../codec/index.js";
import { CHECKSUM_LENGTH, HEADER_LENGTH, INCOMPAT_SIGNED, MAGIC_V2, SIGNATURE_LENGTH } from "../frame/index.js";
import { crcByte, crcRange } from "../wire/index.js";
import { Hasher } from "./sha256.js";

/**
 * Message signing (MAVLink developer guide, "Message Signing"): the bytes only. When a timestamp may be used and which
 * received ones are replays is for who owns the link.
 */

/** Bytes of a key. */
export const KEY_LENGTH = 32;
/** Unix time of timestamp 0: 2015-01-01T00:00:00Z. */
export const SIGNING_EPOCH_MS = 1_420_070_400_000;
/** Timestamps count tens of microseconds. */
export const TIMESTAMPS_PER_MS = 100;
/** Largest timestamp: six bytes. */
export const MAX_TIMESTAMP = 2 ** 48 - 1;

/** Bytes of the hash that a signature carries. */
const MAC_LENGTH = 6;
/** Bytes of a signature before the hash: link id and timestamp. */
const STAMP_LENGTH = 7;

/** A signature, read. */
export type Signature = {
  readonly linkId: number;
  /** Tens of microseconds since 2015-01-01T00:00:00Z. */
  readonly timestamp: number;
  /** First six bytes of the hash. */
  readonly mac: Uint8Array;
};

/** Length of an unsigned frame of `length` bytes once it is signed. */
export function signedLength(length: number): number {
  return length + SIGNATURE_LENGTH;
}

/** Timestamp of a Unix time in milliseconds. */
export function signingTimestamp(unixMs: number): number {
  return Math.max(0, Math.round((unixMs - SIGNING_EPOCH_MS) * TIMESTAMPS_PER_MS));
}

/** Whether a raw frame says that it is signed. */
export function isSigned(raw: Uint8Array): boolean {
  return raw[0] === MAGIC_V2 && ((raw[2] ?? 0) & INCOMPAT_SIGNED) !== 0;
}

/**
 * A key that signs and checks frames. Keeps the memory that it hashes in, so make one for each key and hold on to it.
 * Errors: throws RangeError for a key of other than 32 bytes.
 */
export class FrameSigner {
  private readonly hasher: Hasher;

  constructor(key: Uint8Array) {
    if (key.length !== KEY_LENGTH) {
      throw new RangeError(`A signing key has ${KEY_LENGTH} bytes; this one has ${key.length}`);
    }
    this.hasher = new Hasher(key);
  }

  /**
   * The 13 bytes that sign a frame. `raw` is a MAVLink 2 frame whose header has the signed bit already; a signature at
   * its end is ignored. Errors: throws RangeError for another frame, a link id or timestamp that does not fit.
   */
  signature(raw: Uint8Array, linkId: number, timestamp: number): Uint8Array {
    if (!isSigned(raw) || raw.length < bodyLength(raw)) {
      throw new RangeError("Only a whole MAVLink 2 frame with the signed bit set can be signed; see signFrame");
    }
    const body = bodyLength(raw);
    const signed = new Uint8Array(signedLength(body));
    signed.set(raw.subarray(0, body));
    this.finish(signed, linkId, timestamp);
    return signed.slice(body);
  }

  /**
   * A signed copy of an unsigned MAVLink 2 frame of a known message. Errors: as `signature`, and for an unknown message,
   * whose checksum cannot be made again, or a frame that is signed already.
   */
  sign(raw: Uint8Array, linkId: number, timestamp: number): Uint8Array {
    if (raw[0] !== MAGIC_V2) throw new RangeError("MAVLink 1 frames cannot be signed; encode with version 2");
    if (isSigned(raw)) throw new RangeError("The frame is signed already; a frame is never signed again");
    const signed = new Uint8Array(signedLength(raw.length));
    signed.set(raw);
    signed[2] = (raw[2] ?? 0) | INCOMPAT_SIGNED;
    writeChecksum(signed, extraOf(raw));
    this.finish(signed, linkId, timestamp);
    return signed;
  }

  /**
   * Whether the signature of a raw frame was made with this key. Says nothing of replays: compare the timestamp as well.
   * All six bytes are always compared, so that the time taken does not tell how many were right.
   */
  matches(raw: Uint8Array): boolean {
    const body = bodyLength(raw);
    if (!isSigned(raw) || raw.length !== body + SIGNATURE_LENGTH) return false;
    this.hasher.run(raw, body + STAMP_LENGTH);
    let difference = 0;
    for (let i = 0; i < MAC_LENGTH; i++) difference |= this.hasher.byte(i) ^ (raw[body + STAMP_LENGTH + i] as number);
    return difference === 0;
  }

  /** Fills the last 13 bytes of a frame: link id, timestamp, and the hash of key, frame, link id and timestamp. */
  private finish(signed: Uint8Array, linkId: number, timestamp: number): void {
    checkInputs(linkId, timestamp);
    const body = signed.length - SIGNATURE_LENGTH;
    signed[body] = linkId;
    const low = timestamp % 2 ** 32;
    const high = (timestamp - low) / 2 ** 32;
    for (let i = 0; i < 4; i++) signed[body + 1 + i] = low >>> (8 * i);
    signed[body + 5] = high;
    signed[body + 6] = high >>> 8;
    this.hasher.run(signed, body + STAMP_LENGTH);
    for (let i = 0; i < MAC_LENGTH; i++) signed[body + STAMP_LENGTH + i] = this.hasher.byte(i);
  }
}

/** As FrameSigner.signature, for a key used once. */
export function signatureOf(raw: Uint8Array, key: Uint8Array, linkId: number, timestamp: number): Uint8Array {
  return new FrameSigner(key).signature(raw, linkId, timestamp);
}

/** As FrameSigner.sign, for a key used once. */
export function signFrame(raw: Uint8Array, key: Uint8Array, linkId: number, timestamp: number): Uint8Array {
  return new FrameSigner(key).sign(raw, linkId, timestamp);
}

/** As FrameSigner.matches, for a key used once. */
export function signatureMatches(raw: Uint8Array, key: Uint8Array): boolean {
  return new FrameSigner(key).matches(raw);
}

/** Signature of a raw frame, `undefined` where it has none. Present does not mean valid: see FrameSigner. */
export function readSignature(raw: Uint8Array): Signature | undefined {
  if (!isSigned(raw) || raw.length !== bodyLength(raw) + SIGNATURE_LENGTH) return undefined;
  const bytes = raw.subarray(raw.length - SIGNATURE_LENGTH);
  let timestamp = 0;
  for (let i = 6; i >= 1; i--) timestamp = timestamp * 256 + (bytes[i] ?? 0);
  return { linkId: bytes[0] ?? 0, timestamp, mac: new Uint8Array(bytes.subarray(STAMP_LENGTH)) };
}

/** An unsigned copy of a frame, for logs: without signature and signed bit, its checksum made again. */
export function stripSignature(raw: Uint8Array): Uint8Array {
  if (!isSigned(raw)) return new Uint8Array(raw);
  const bare = new Uint8Array(raw.subarray(0, bodyLength(raw)));
  const extra = extraOf(raw);
  bare[2] = (bare[2] ?? 0) & ~INCOMPAT_SIGNED;
  writeChecksum(bare, extra);
  return bare;
}

function bodyLength(raw: Uint8Array): number {
  return HEADER_LENGTH[2] + (raw[1] ?? 0) + CHECKSUM_LENGTH;
}

function extraOf(raw: Uint8Array): number {
  const msgid = (raw[7] ?? 0) | ((raw[8] ?? 0) << 8) | ((raw[9] ?? 0) << 16);
  const extra = crcExtra(msgid);
  if (extra === undefined) {
    throw new RangeError(`Message ${msgid} is unknown, so its checksum cannot be made; forward its frame as it came`);
  }
  return extra;
}

function writeChecksum(raw: Uint8Array, extra: number): void {
  const sumAt = bodyLength(raw) - CHECKSUM_LENGTH;
  const sum = crcByte(crcRange(raw, 1, sumAt), extra);
  raw[sumAt] = sum & 0xff;
  raw[sumAt + 1] = sum >>> 8;
}

function checkInputs(linkId: number, timestamp: number): void {
  if (!Number.isInteger(linkId) || linkId < 0 || linkId > 255)
    throw new RangeError(`Link id ${linkId} is not in 0..255`);
  if (!Number.isInteger(timestamp) || timestamp < 0 || timestamp > MAX_TIMESTAMP) {
    throw new RangeError(`Signing timestamp ${timestamp} is not an integer in 0..2^48-1`);
  }
}
