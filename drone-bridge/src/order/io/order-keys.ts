import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import type { OrderVerifier } from "@outrider/contract";
import type { OrderKeys } from "../order-guard.js";

type Named = { readonly keyId: string; readonly key: KeyObject };

/**
 * The station's public keys (PEM, Ed25519, at most two). A key that cannot be used is trouble and not the end of the
 * process: a bridge that did not start would send every aircraft home.
 */
export function orderKeysFrom(stationId: string, files: readonly string[]): OrderKeys {
  try {
    const keys = files.map(readPublicKey);
    return { kind: "keys", stationId, verifier: verifierOf(keys) };
  } catch (error) {
    return { kind: "trouble", why: error instanceof Error ? error.message : String(error) };
  }
}

function verifierOf(keys: readonly Named[]): OrderVerifier {
  return {
    keyIds: keys.map((each) => each.keyId),
    verify: (keyId, text, signature) => {
      const found = keys.find((each) => each.keyId === keyId);
      const bytes = Buffer.from(signature, "base64");
      // One spelling for one signature: base64 decoders pass over what stands behind the end.
      if (found === undefined || bytes.length !== 64 || bytes.toString("base64") !== signature) return false;
      return verify(null, Buffer.from(text, "utf8"), found.key, bytes);
    },
  };
}

function readPublicKey(file: string): Named {
  const problem = (what: string): Error => new Error(`bridge.orders.trusted: ${file} ${what}`);
  const text = (() => {
    try {
      if (process.platform !== "win32" && (statSync(file).mode & 0o002) !== 0)
        throw problem("can be written by others: chmod 644 it");
      return readFileSync(file, "utf8");
    } catch (error) {
      throw error instanceof Error && error.message.startsWith("bridge.orders") ? error : problem("cannot be read");
    }
  })();
  if (text.includes("PRIVATE KEY")) throw problem("is a private key: the bridge gets the public one alone");
  const key = (() => {
    try {
      return createPublicKey(text);
    } catch {
      throw problem("is no public key in PEM form");
    }
  })();
  if (key.asymmetricKeyType !== "ed25519") throw problem(`is a key of kind ${key.asymmetricKeyType}, not Ed25519`);
  return { keyId: keyIdOf(key), key };
}

/** First 16 hexadecimal digits of the SHA-256 of the raw key, which are the last 32 bytes of its SPKI form. */
function keyIdOf(key: KeyObject): string {
  const raw = key.export({ type: "spki", format: "der" }).subarray(-32);
  return createHash("sha256").update(raw).digest("hex").slice(0, 16);
}
