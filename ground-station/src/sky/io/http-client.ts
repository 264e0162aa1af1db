import type { HttpClient } from "@outrider/contract";

const ANSWER_WITHIN_MS = 3_000;
/** A receiver in a busy sky writes some hundred kilobytes; whoever sends more is not one. */
const MOST_BYTES = 4 * 1024 * 1024;

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new Error("the answer is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Of its headers those by which the same question is not answered twice. */
function told({ headers }: Response): Record<string, string> {
  const etag = headers.get("etag");
  return etag === null ? {} : { etag };
}

/** The system's words for what failed: `fetch failed` alone helps nobody. */
function failure(error: unknown, withinMs: number): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error.name === "TimeoutError") return new Error(`nothing within ${withinMs / 1000} s`);
  const { cause } = error;
  if (!(cause instanceof Error)) return error;
  return new Error("code" in cause ? String(cause.code) : cause.message);
}

/** HTTP of this machine, for receivers and weather services: one address, a short answer, soon. */
export const skyHttp: HttpClient = {
  request: ({ method, url, headers, withinMs = ANSWER_WITHIN_MS }, done) => {
    // Another address than the configured one is never asked, whoever redirects there.
    fetch(url, { method, headers, redirect: "error", signal: AbortSignal.timeout(withinMs) })
      .then(async (response) => {
        const body = await textOf(response);
        return { kind: "ok" as const, status: response.status, body, headers: told(response) };
      })
      .catch((error: unknown) => ({ kind: "error" as const, error: failure(error, withinMs) }))
      .then(done);
  },
};
