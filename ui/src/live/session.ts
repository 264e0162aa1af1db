import type { SessionView } from "@outrider/contract";
import { API, callStation } from "./callStation.js";
import type { LivePorts } from "./socket.js";

/** Who is signed in here, and what this station is. */
export interface StationSession {
  readonly session: SessionView | undefined;
  readonly demo: boolean;
  readonly site: string;
  readonly sim: boolean;
}

/** Undefined when the station does not answer. */
export async function readSession(): Promise<StationSession | undefined> {
  try {
    const answer = await fetch(`${API}/session`, { credentials: "same-origin" });
    return answer.ok ? ((await answer.json()) as StationSession) : undefined; // Our own station's answer.
  } catch {
    return undefined;
  }
}

/** Asks for the single-use ticket that a socket shows in its first message. */
export const askTicket: LivePorts["ticket"] = (done) => {
  void callStation("liveTicket", {}, {}).then((answer) => {
    if (answer.kind === "problem")
      return done(
        answer.problem.status === 0 || answer.problem.status >= 500
          ? { kind: "unreachable" }
          : { kind: "refused", why: answer.problem.title },
      );
    const ticket = (answer.body as { readonly ticket?: unknown } | undefined)?.ticket; // Our own station's answer.
    if (typeof ticket === "string") done({ kind: "ok", ticket });
    else done({ kind: "unreachable" });
  });
};
