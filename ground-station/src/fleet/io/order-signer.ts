import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import type { OrderSigner } from "@outrider/contract";

/**
 * The station's private key, PEM of PKCS #8, Ed25519 (`openssl genpkey -algorithm ed25519`).
 * @throws Error that says what is wrong and nothing of what was there
 */
export function orderSignerFrom(field: string, pem: string): OrderSigner {
  const key = (() => {
    try {
      return createPrivateKey(pem);
    } catch {
      throw new Error(`${field}: no private key in PEM form (openssl genpkey -algorithm ed25519)`);
    }
  })();
  if (key.asymmetricKeyType !== "ed25519")
    throw new Error(`${field}: a key of kind ${key.asymmetricKeyType}, it must be Ed25519`);
  // The raw public key is the last 32 bytes of its SPKI form; the bridge names keys in the same way.
  const raw = createPublicKey(key).export({ type: "spki", format: "der" }).subarray(-32);
  return {
    keyId: createHash("sha256").update(raw).digest("hex").slice(0, 16),
    sign: (text) => sign(null, Buffer.from(text, "utf8"), key).toString("base64"),
  };
}
