import { KEY_LENGTH } from "./signing.js";

/** A key as it stands in a file or the environment. The problem says what is wrong and nothing of what was there. */
export function signingKeyFrom(text: string): { kind: "ok"; key: Uint8Array } | { kind: "error"; problem: string } {
  const hex = text.trim();
  if (!/^[0-9a-f]+$/i.test(hex) || hex.length !== 2 * KEY_LENGTH)
    return { kind: "error", problem: `a signing key is ${2 * KEY_LENGTH} hexadecimal characters and nothing else` };
  const key = Uint8Array.from({ length: KEY_LENGTH }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
  if (key.every((byte) => byte === 0))
    return { kind: "error", problem: "a signing key of zeros is how MAVLink says that nothing is signed" };
  return { kind: "ok", key };
}
