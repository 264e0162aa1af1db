import type { OrderSigner, OrderVerifier } from "@outrider/contract";

/** FNV-1a in two lanes over a secret and a text: no cipher, but another text or secret gives another value. */
function mark(secret: string, text: string): string {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (const letter of `${secret}|${text}|${secret}`) {
    const code = letter.codePointAt(0) ?? 0;
    a = Math.imul(a ^ code, 0x01000193) >>> 0;
    b = (Math.imul(b ^ a, 0x85ebca6b) + code) >>> 0;
  }
  return `${a.toString(16).padStart(8, "0")}${b.toString(16).padStart(8, "0")}`;
}

/** Stands in for Ed25519 in a storm, where nobody breaks ciphers and every run must be the same. */
export function orderTwin(secret: string): { readonly signer: OrderSigner; readonly verifier: OrderVerifier } {
  const keyId = mark(secret, "key id");
  return {
    signer: { keyId, sign: (text) => mark(secret, text) },
    verifier: {
      keyIds: [keyId],
      verify: (wanted, text, signature) => wanted === keyId && signature === mark(secret, text),
    },
  };
}
