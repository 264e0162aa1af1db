export type Login = { readonly user: string; readonly password: string };
/** The platform's hashes, lower-case hex. MD5 only because cameras speak nothing else; it proves who asks, no more. */
export type AuthHashes = { md5Hex(text: string): string; sha256Hex(text: string): string };

export type Challenge =
  | {
      readonly kind: "digest";
      readonly realm: string;
      readonly nonce: string;
      readonly algorithm: "MD5" | "SHA-256";
      readonly qop: boolean;
      readonly opaque: string | undefined;
      readonly stale: boolean;
    }
  | { readonly kind: "basic"; readonly realm: string };

/** The strongest that is offered in `WWW-Authenticate` headers: digest by SHA-256, by MD5, basic. */
export function bestChallenge(headers: readonly (readonly [string, string])[]): Challenge | undefined {
  const all = headers.flatMap(([name, value]) => (name === "www-authenticate" ? (parseChallenge(value) ?? []) : []));
  const rank = (one: Challenge): number => (one.kind === "basic" ? 2 : one.algorithm === "MD5" ? 1 : 0);
  return all.sort((a, b) => rank(a) - rank(b))[0];
}

function parseChallenge(value: string): Challenge | undefined {
  const scheme = /^(\w+)\s+(.*)$/s.exec(value);
  if (scheme === null) return undefined;
  const fields = new Map<string, string>();
  for (const [, name = "", quoted, bare] of (scheme[2] ?? "").matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)) {
    fields.set(name.toLowerCase(), quoted ?? bare ?? "");
  }
  const realm = fields.get("realm") ?? "";
  if (scheme[1]?.toLowerCase() === "basic") return { kind: "basic", realm };
  const nonce = fields.get("nonce");
  const algorithm = (fields.get("algorithm") ?? "MD5").toUpperCase();
  if (scheme[1]?.toLowerCase() !== "digest" || nonce === undefined) return undefined;
  if (algorithm !== "MD5" && algorithm !== "SHA-256") return undefined;
  const qops = (fields.get("qop") ?? "").split(",").map((one) => one.trim());
  // Integrity of the body alone is offered: nothing we could answer with.
  if (fields.has("qop") && !qops.includes("auth")) return undefined;
  const stale = fields.get("stale")?.toLowerCase() === "true";
  return { kind: "digest", realm, nonce, algorithm, qop: fields.has("qop"), opaque: fields.get("opaque"), stale };
}

export type AuthAsk = {
  readonly method: string;
  readonly uri: string;
  /** Counts requests under one nonce, from 1. */
  readonly count: number;
  readonly cnonce: string;
};

/** The `Authorization` header's value (RFC 7616, 3.4.1 and 3.4.2; RFC 7617). */
export function authorization(challenge: Challenge, login: Login, ask: AuthAsk, hashes: AuthHashes): string {
  if (challenge.kind === "basic") {
    const bytes = new TextEncoder().encode(`${login.user}:${login.password}`);
    return `Basic ${btoa(String.fromCharCode(...bytes))}`;
  }
  const { realm, nonce, algorithm, qop, opaque } = challenge;
  const hash = algorithm === "MD5" ? hashes.md5Hex : hashes.sha256Hex;
  const count = ask.count.toString(16).padStart(8, "0");
  const who = hash(`${login.user}:${realm}:${login.password}`);
  const what = hash(`${ask.method}:${ask.uri}`);
  const response = hash(qop ? `${who}:${nonce}:${count}:${ask.cnonce}:auth:${what}` : `${who}:${nonce}:${what}`);
  const fields = [
    `username="${login.user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${ask.uri}"`,
    `response="${response}"`,
    `algorithm=${algorithm}`,
  ];
  if (qop) fields.push("qop=auth", `nc=${count}`, `cnonce="${ask.cnonce}"`);
  if (opaque !== undefined) fields.push(`opaque="${opaque}"`);
  return `Digest ${fields.join(", ")}`;
}
