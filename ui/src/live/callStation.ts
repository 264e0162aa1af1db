import { type ActBody, type ActName, acts, type Problem } from "@outrider/contract";

export type ActAnswer =
  | { readonly kind: "ok"; readonly body: unknown }
  | { readonly kind: "problem"; readonly problem: Problem };

/** Path parameters by name: `{ launchId }`. */
export type ActParams = Readonly<Record<string, string>>;

export const API = "/api/v1";

/**
 * Does one act of a person. Sent once: no answer is an outcome that the person is shown, never a reason to send again.
 */
export async function callStation<N extends ActName>(name: N, params: ActParams, body: ActBody<N>): Promise<ActAnswer> {
  const { method, path } = acts[name];
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? ""));
  try {
    const answer = await fetch(`${API}${filled}`, {
      method,
      credentials: "same-origin",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await answer.text();
    if (answer.ok) return { kind: "ok", body: text === "" ? undefined : (JSON.parse(text) as unknown) };
    return { kind: "problem", problem: readProblem(text, answer.status) };
  } catch {
    return {
      kind: "problem",
      problem: {
        type: "about:blank",
        title: "No answer",
        status: 0,
        detail: "The server did not answer. It may have happened: look, then decide.",
      },
    };
  }
}

function readProblem(text: string, status: number): Problem {
  try {
    const value = JSON.parse(text) as Partial<Problem>; // Problem details of our own station.
    const problem: Problem = {
      type: value.type ?? "about:blank",
      title: value.title ?? "Refused",
      status,
      detail: value.detail ?? "",
    };
    return value.doThis === undefined ? problem : { ...problem, doThis: value.doThis };
  } catch {
    return { type: "about:blank", title: `Refused (${status})`, status, detail: "The server gave no reason." };
  }
}

/** A problem as one sentence for the screen. */
export function problemText(problem: Problem): string {
  return [problem.title, problem.detail, problem.doThis ?? ""]
    .filter((t, i, all) => t !== "" && all.indexOf(t) === i)
    .join(". ")
    .replace(/\.\./g, ".");
}
