import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** Pure computations of the platform's crypto module: no key store, no randomness, no I/O. The only import of it outside `io/`. */
export const sha256 = (bytes: Uint8Array | string): Uint8Array => createHash("sha256").update(bytes).digest();

export const sha256Hex = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

export const hmacSha256 = (key: Uint8Array, text: Uint8Array | string): Uint8Array =>
  createHmac("sha256", key).update(text).digest();

/** Compares two secrets in time that does not tell where they differ; their lengths are no secret. */
export const sameSecret = (a: Uint8Array, b: Uint8Array): boolean =>
  a.byteLength === b.byteLength && timingSafeEqual(a, b);

const hexDigits = /^(?:[0-9a-f]{2})*$/i;

/** Undefined unless every character is a hex digit and they come in pairs. */
export const fromHex = (hex: string): Uint8Array | undefined =>
  hexDigits.test(hex) ? Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) : undefined;

export const toHex = (bytes: Uint8Array): string => {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex;
};

const leafMark = Uint8Array.of(0);
const nodeMark = Uint8Array.of(1);

/** RFC 6962 section 2.1: the first byte keeps a leaf from passing as a node. */
export const leafHash = (bytes: string): Uint8Array =>
  createHash("sha256").update(leafMark).update(bytes, "utf8").digest();

export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  createHash("sha256").update(nodeMark).update(left).update(right).digest();
