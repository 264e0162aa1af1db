import type { HttpRequest } from "@outrider/contract";

export type OriginPolicy = {
  /** Exact origins of our own pages, e.g. `http://127.0.0.1:8080`. */
  origins(): readonly string[];
};

const hostOf = (origin: string): string => origin.replace(/^https?:\/\//, "");

/** A rebound name resolves to us but names somebody else: only our own hosts are answered. */
export function hostIsOurs(policy: OriginPolicy, host: string | undefined): boolean {
  return host !== undefined && policy.origins().some((origin) => hostOf(origin) === host.toLowerCase());
}

/** The whole origin, scheme and port included: a page on another port of this host is somebody else. */
export function originIsOurs(policy: OriginPolicy, origin: string | undefined): boolean {
  return origin !== undefined && policy.origins().includes(origin);
}

/**
 * What may change something: our own page by its Origin, which no page can forge. An absent Origin is refused too,
 * since a cookie alone is sent along by any page on another port.
 */
export function mayAct(policy: OriginPolicy, request: HttpRequest): string | undefined {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return `Sec-Fetch-Site is ${site}`;
  const origin = request.headers["origin"];
  if (!originIsOurs(policy, origin)) return origin === undefined ? "there is no Origin" : "the Origin is another one";
  return undefined;
}

/** What may read data with a session: our own page, or a person who typed the address. */
export function mayRead(policy: OriginPolicy, request: HttpRequest): string | undefined {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return `Sec-Fetch-Site is ${site}`;
  const origin = request.headers["origin"];
  if (origin !== undefined && !originIsOurs(policy, origin)) return "the Origin is another one";
  return undefined;
}
