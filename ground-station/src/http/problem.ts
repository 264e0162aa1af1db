import type { HttpResponse, Problem } from "@outrider/contract";

const names: Readonly<Record<number, string>> = {
  400: "bad-request",
  401: "not-signed-in",
  403: "not-allowed",
  404: "not-found",
  405: "method-not-allowed",
  409: "conflict",
  410: "gone",
  413: "too-large",
  415: "not-json",
  421: "wrong-host",
  422: "not-acceptable",
  429: "too-many",
  500: "broken",
  503: "not-ready",
};

/** RFC 9457 problem details. `detail` says what was wrong, `doThis` what to do about it. */
export function problemResponse(
  status: number,
  title: string,
  detail: string,
  doThis?: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const problem: Problem = {
    type: `urn:outrider:problem:${names[status] ?? status}`,
    title,
    status,
    detail,
    ...(doThis === undefined ? {} : { doThis }),
  };
  return {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
    body: JSON.stringify(problem),
  };
}

export function jsonResponse(body: unknown, status = 200): HttpResponse {
  return {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
    body: JSON.stringify(body),
  };
}
