/** What signing needs of the platform, handed in so that this stays pure. */
export type SignTools = { sha256Hex(body: string): string; hmacSha256Hex(keyHex: string, text: string): string };

export type SourceKey = { readonly sourceId: string; readonly keyId: string; readonly keyHex: string };

/**
 * Headers of the product's own source scheme (docs/api.md, "Signed sources"): HMAC-SHA256 over method, host, path,
 * source, key, time, nonce and the hash of the raw body, so that a replayed or altered alert launches nothing.
 */
export function signedHeaders(
  request: { method: string; host: string; path: string; body: string },
  key: SourceKey,
  timestampS: number,
  nonceHex: string,
  tools: SignTools,
): Record<string, string> {
  const stamp = String(Math.floor(timestampS));
  const text = [
    "v1",
    request.method,
    request.host,
    request.path,
    key.sourceId,
    key.keyId,
    stamp,
    nonceHex,
    tools.sha256Hex(request.body),
  ].join("\n");
  return {
    "content-type": "application/json",
    "x-outrider-source": key.sourceId,
    "x-outrider-key-id": key.keyId,
    "x-outrider-timestamp": stamp,
    "x-outrider-nonce": nonceHex,
    "x-outrider-signature": `v1=${tools.hmacSha256Hex(key.keyHex, text)}`,
  };
}
