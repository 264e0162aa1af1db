import { crcExtra } from "../codec/index.js";
import { CHECKSUM_LENGTH, HEADER_LENGTH, INCOMPAT_SIGNED, MAGIC_V2, SIGNATURE_LENGTH } from "../frame/index.js";
import { crcByte, crcRange } from "../wire/index.js";
import { sha256 } from "./sha256.js";

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
 * The 13 bytes that sign a frame. `raw` is a MAVLink 2 frame whose header has the signed bit already; a signature at
 * its end is ignored. Errors: throws RangeError for another frame, a key of other than 32 bytes, a link id or timestamp
 * that does not fit.
 */
export function signatureOf(raw: Uint8Array, key: Uint8Array, linkId: number, timestamp: number): Uint8Array {
  if (!isSigned(raw))
    throw new RangeError("Only a MAVLink 2 frame with the signed bit set can be signed; see signFrame");
  checkInputs(key, linkId, timestamp);
  const signature = new Uint8Array(SIGNATURE_LENGTH);
  signature[0] = linkId;
  for (let i = 0, rest = timestamp; i < 6; i++, rest = Math.floor(rest / 256)) signature[1 + i] = rest % 256;
  const body = raw.subarray(0, bodyLength(raw));
  signature.set(sha256(key, body, signature.subarray(0, 7)).subarray(0, MAC_LENGTH), 7);
  return signature;
}

/**
 * A signed copy of an unsigned MAVLink 2 frame of a known message. Errors: as `signatureOf`, and for an unknown message,
 * whose checksum cannot be made again, or a frame that is signed already.
 */
export function signFrame(raw: Uint8Array, key: Uint8Array, linkId: number, timestamp: number): Uint8Array {
  if (raw[0] !== MAGIC_V2) throw new RangeError("MAVLink 1 frames cannot be signed; encode with version 2");
  if (isSigned(raw)) throw new RangeError("The frame is signed already; a frame is never signed again");
  const signed = new Uint8Array(signedLength(raw.length));
  signed.set(raw);
  signed[2] = (raw[2] ?? 0) | INCOMPAT_SIGNED;
  writeChecksum(signed, extraOf(raw));
  signed.set(signatureOf(signed, key, linkId, timestamp), raw.length);
  return signed;
}

/** Signature of a raw frame, `undefined` where it has none. Present does not mean valid: see `signatureMatches`. */
export function readSignature(raw: Uint8Array): Signature | undefined {
  if (!isSigned(raw) || raw.length !== bodyLength(raw) + SIGNATURE_LENGTH) return undefined;
  const bytes = raw.subarray(raw.length - SIGNATURE_LENGTH);
  let timestamp = 0;
  for (let i = 6; i >= 1; i--) timestamp = timestamp * 256 + (bytes[i] ?? 0);
  return { linkId: bytes[0] ?? 0, timestamp, mac: new Uint8Array(bytes.subarray(7)) };
}

/**
 * Whether the signature of a raw frame was made with `key`. Says nothing of replays: compare the timestamp as well. All
 * six bytes are always compared, so that the time taken does not tell how many were right.
 */
export function signatureMatches(raw: Uint8Array, key: Uint8Array): boolean {
  const signature = readSignature(raw);
  if (signature === undefined) return false;
  const own = signatureOf(raw, key, signature.linkId, signature.timestamp);
  let difference = 0;
  for (let i = 0; i < MAC_LENGTH; i++) difference |= (own[7 + i] ?? 0) ^ (signature.mac[i] ?? 0);
  return difference === 0;
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

function checkInputs(key: Uint8Array, linkId: number, timestamp: number): void {
  if (key.length !== KEY_LENGTH)
    throw new RangeError(`A signing key has ${KEY_LENGTH} bytes; this one has ${key.length}`);
  if (!Number.isInteger(linkId) || linkId < 0 || linkId > 255)
    throw new RangeError(`Link id ${linkId} is not in 0..255`);
  if (!Number.isInteger(timestamp) || timestamp < 0 || timestamp > MAX_TIMESTAMP) {
    throw new RangeError(`Signing timestamp ${timestamp} is not an integer in 0..2^48-1`);
  }
}
