import type { ActBody, ActName, AircraftView } from "@outrider/contract";
import { useRef, useState } from "react";
import { callStation, problemText } from "../../live/index.js";
import type { HoldStatus } from "../../parts/index.js";

interface Sent {
  readonly verb: string;
  readonly atMs: number;
  readonly problem: string | undefined;
}

export interface Orders {
  /** Sends one act, once. What went wrong is kept under `key` until the next try. */
  send<N extends ActName>(key: string, name: N, params: Readonly<Record<string, string>>, body: ActBody<N>): void;
  /** Wall-clock ms since the act was sent; undefined when none is open. */
  sentAgeMs(key: string, nowMs: number): number | undefined;
  problem(key: string): string | undefined;
  clear(key: string): void;
  /** Last thing refused, for the line under the alarms. */
  readonly lastProblem: { readonly text: string; readonly n: number } | undefined;
}

/** Orders of this desk and what became of them. Sent once; silence is shown, never retried. */
export function useOrders(wallNowMs: () => number): Orders {
  const sent = useRef(new Map<string, Sent>());
  const [lastProblem, setLastProblem] = useState<{ text: string; n: number }>();
  const [, redraw] = useState(0);
  return {
    lastProblem,
    send(key, name, params, body) {
      sent.current.set(key, { verb: name, atMs: wallNowMs(), problem: undefined });
      redraw((n) => n + 1);
      void callStation(name, params, body).then((answer) => {
        const open = sent.current.get(key);
        if (answer.kind === "ok" || open === undefined) return;
        const text = problemText(answer.problem);
        sent.current.set(key, { ...open, problem: text });
        setLastProblem((p) => ({ text, n: (p?.n ?? 0) + 1 }));
      });
    },
    sentAgeMs(key, nowMs) {
      const open = sent.current.get(key);
      return open === undefined || open.problem !== undefined ? undefined : nowMs - open.atMs;
    },
    problem: (key) => sent.current.get(key)?.problem,
    clear(key) {
      sent.current.delete(key);
    },
  };
}

/** How a flight order stands, judged by telemetry: the mode the aircraft reports, never the answer to the order. */
export function flightStatus(
  a: AircraftView,
  mode: string | undefined,
  wanted: "return" | "land",
  orders: Orders,
  key: string,
  nowMs: number,
): HoldStatus {
  const reached = mode === wanted || (wanted === "return" && a.phase === "returning");
  if (reached) {
    orders.clear(key);
    return { kind: "done", text: wanted === "return" ? `${a.callSign} is going home` : `${a.callSign} is landing` };
  }
  const problem = orders.problem(key);
  if (problem !== undefined) return { kind: "unconfirmed", text: problem };
  const ageMs = orders.sentAgeMs(key, nowMs);
  if (ageMs === undefined || ageMs > 12_000) return { kind: "ready" };
  if (ageMs < 2000) return { kind: "sent", ageMs };
  return {
    kind: "unconfirmed",
    text: `No answer in 2 s. ${a.callSign} may be ${wanted === "return" ? "turning home" : "landing"}. Look, then decide.`,
  };
}
