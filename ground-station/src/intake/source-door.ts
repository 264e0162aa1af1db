import type { Clock, Config, HttpRequest } from "@outrider/contract";
import { httpLimits, TokenBuckets } from "../http/index.js";
import { fromHex, hmacSha256, sameSecret, sha256, sha256Hex } from "../record/index.js";
import type { Nonces } from "./nonces.js";

export type Source = Config["sources"][number];
/** Two may be live at once while a source changes its key. */
export type SourceSecret = { readonly keyId: string; readonly secret: string };
export type SourceSecrets = ReadonlyMap<string, readonly SourceSecret[]>;

export type Authenticated =
  | { readonly kind: "ok"; readonly source: Source; readonly signed: boolean }
  | {
      readonly kind: "refused";
      readonly status: 401 | 403 | 409 | 429;
      readonly detail: string;
      readonly sourceId: string;
    };

/** Who posts: the shared door of every machine route. */
export type SourceDoor = {
  authenticate(request: HttpRequest, kinds: readonly Source["kind"][]): Authenticated;
};

export type SourceDoorDeps = {
  readonly config: Config;
  readonly secrets: SourceSecrets;
  readonly wall: Clock;
  readonly run: Clock;
  readonly nonces: Nonces;
  readonly count: (metric: string, labels?: Readonly<Record<string, string>>) => void;
};

const windowS = 300;
const encoder = new TextEncoder();

const queryText = (query: HttpRequest["query"]): string => {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(key)}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
};

/** What the native scheme signs: method, host, path, source, key, time, nonce and the hash of the raw body. */
export function signedText(request: HttpRequest): string {
  const header = (name: string): string => request.headers[name] ?? "";
  return [
    "v1",
    request.method,
    header("host"),
    request.path + queryText(request.query),
    header("x-outrider-source"),
    header("x-outrider-key-id"),
    header("x-outrider-timestamp"),
    header("x-outrider-nonce"),
    sha256Hex(request.body),
  ].join("\n");
}

/** Authenticates before anything of the body is parsed. One text for every wrong secret: a stranger learns nothing. */
export class SourceGuard implements SourceDoor {
  readonly #deps: SourceDoorDeps;
  readonly #bad = new TokenBuckets(httpLimits.badSecretPerAddress);

  constructor(deps: SourceDoorDeps) {
    this.#deps = deps;
  }

  authenticate(request: HttpRequest, kinds: readonly Source["kind"][]): Authenticated {
    const nowMs = this.#deps.wall.nowMs();
    const claimed = (request.headers["x-outrider-source"] ?? "").slice(0, 40);
    if (!this.#bad.has(request.remote, nowMs))
      return { kind: "refused", status: 429, detail: "Too many requests with a wrong secret.", sourceId: claimed };
    // A browser is never a source: its requests carry these headers and it cannot leave them out.
    if (request.headers["origin"] !== undefined || request.headers["sec-fetch-site"] !== undefined)
      return { kind: "refused", status: 403, detail: "This route is for machines.", sourceId: claimed };
    const answer = this.#check(request, kinds, claimed);
    if (answer.kind === "refused") {
      if (answer.status === 401) this.#bad.take(request.remote, nowMs);
      this.#deps.count("source_refused", { status: String(answer.status) });
    }
    return answer;
  }

  #check(request: HttpRequest, kinds: readonly Source["kind"][], claimed: string): Authenticated {
    const refused = (status: 401 | 403 | 409, detail: string): Authenticated => ({
      kind: "refused",
      status,
      detail,
      sourceId: claimed,
    });
    const source = this.#sourceOf(request, claimed);
    if (source === undefined) return refused(401, "The source or its secret is not known.");
    if (!kinds.includes(source.kind)) return refused(403, `Source ${source.sourceId} may not post here.`);
    if (source.provenance !== this.#deps.config.site.provenance)
      return refused(403, "Live and simulated things never meet: this source is of the other kind.");
    if (source.auth === "apiKey") return { kind: "ok", source, signed: false };
    const problem = this.#signatureProblem(request, source);
    return problem ?? { kind: "ok", source, signed: true };
  }

  #sourceOf(request: HttpRequest, claimed: string): Source | undefined {
    const { sources } = this.#deps.config;
    if (claimed !== "") {
      const source = sources.find((one) => one.sourceId === claimed);
      if (source?.auth === "apiKey") return this.#hasApiKey(request, source) ? source : undefined;
      return source;
    }
    // Vendors that can send one header only: whose key is it?
    return sources.filter((one) => one.auth === "apiKey").find((one) => this.#hasApiKey(request, one));
  }

  #hasApiKey(request: HttpRequest, source: Source): boolean {
    const bearer = /^(?:Bearer|Token) (.+)$/.exec(request.headers["authorization"] ?? "")?.[1];
    const given = request.headers["x-api-key"] ?? bearer;
    if (given === undefined || given.length > 512) return false;
    const held = this.#deps.secrets.get(source.sourceId) ?? [];
    return held.some((one) => sameSecret(sha256(given), sha256(one.secret)));
  }

  #signatureProblem(request: HttpRequest, source: Source): Authenticated | undefined {
    const wrong: Authenticated = {
      kind: "refused",
      status: 401,
      detail: "The source or its secret is not known.",
      sourceId: source.sourceId,
    };
    const signature = fromHex(/^v1=([0-9a-f]{64})$/i.exec(request.headers["x-outrider-signature"] ?? "")?.[1] ?? "");
    const keyId = request.headers["x-outrider-key-id"] ?? "";
    const held = this.#deps.secrets.get(source.sourceId)?.find((one) => one.keyId === keyId || one.keyId === "*");
    const key = held === undefined ? undefined : fromHex(held.secret);
    if (signature?.byteLength !== 32 || key === undefined) return wrong;
    if (!sameSecret(hmacSha256(key, encoder.encode(signedText(request))), signature)) return wrong;
    return this.#freshProblem(request, source);
  }

  #freshProblem(request: HttpRequest, source: Source): Authenticated | undefined {
    const refused = (status: 401 | 409, detail: string): Authenticated => ({
      kind: "refused",
      status,
      detail,
      sourceId: source.sourceId,
    });
    const stamp = request.headers["x-outrider-timestamp"] ?? "";
    const nonce = request.headers["x-outrider-nonce"] ?? "";
    if (!/^\d{9,11}$/.test(stamp) || !/^[0-9a-f]{32,64}$/i.test(nonce))
      return refused(401, "Timestamp or nonce is missing or malformed.");
    // A simulated run has its own time of day; a live one has none beside the wall's.
    const offS = Math.min(
      ...[this.#deps.wall, this.#deps.run].map((clock) => Math.abs(clock.nowMs() / 1000 - Number(stamp))),
    );
    if (offS > windowS)
      return refused(401, `The timestamp is ${Math.round(offS)} s off; at most ${windowS} s is taken.`);
    if (!this.#deps.nonces.use(source.sourceId, nonce.toLowerCase(), this.#deps.wall.nowMs()))
      return refused(409, "This very request was received before.");
    return undefined;
  }
}
