import type { Problem } from "@outrider/contract";
import { API } from "./callStation.js";

export type ReadAnswer =
  | { readonly kind: "ok"; readonly body: unknown }
  | { readonly kind: "problem"; readonly problem: Problem };

/** Reads one JSON document of the station. `path` is below `/api/v1` and begins with a slash. */
export async function readStation(path: string): Promise<ReadAnswer> {
  try {
    const answer = await fetch(`${API}${path}`, {
      credentials: "same-origin",
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(10_000),
    });
    const text = await answer.text();
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    return answer.ok ? { kind: "ok", body } : { kind: "problem", problem: problemOf(body, answer.status) };
  } catch {
    const detail = "No answer from the server. What is shown stays, with its age.";
    return { kind: "problem", problem: { type: "about:blank", title: "No answer", status: 0, detail } };
  }
}

/** Problem details from a body that was read already. */
export function problemOf(body: unknown, status: number): Problem {
  const said = (typeof body === "object" && body !== null ? body : {}) as Partial<Problem>; // Problem details of our own station.
  const base = {
    type: said.type ?? "about:blank",
    title: said.title ?? `Refused (${status})`,
    status,
    detail: said.detail ?? "",
  };
  return said.doThis === undefined ? base : { ...base, doThis: said.doThis };
}
