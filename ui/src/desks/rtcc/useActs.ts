import type { ActBody, ActName } from "@outrider/contract";
import { useRef, useState } from "react";
import { callStation, problemText } from "../../live/index.js";

export interface Acts {
  /** Does one act, once. `done` gets the answer; what went wrong stays under `key` until the next try. */
  send<N extends ActName>(
    key: string,
    name: N,
    params: Readonly<Record<string, string>>,
    body: ActBody<N>,
    done?: (body: unknown) => void,
  ): void;
  busy(key: string): boolean;
  problem(key: string): string;
  clear(key: string): void;
}

type Standing = { readonly kind: "busy" } | { readonly kind: "problem"; readonly text: string };

/** Acts of one person at one desk and what became of them. Nothing is sent twice by itself. */
export function useActs(): Acts {
  const standing = useRef(new Map<string, Standing>());
  const [, redraw] = useState(0);
  const set = (key: string, s: Standing | undefined): void => {
    if (s === undefined) standing.current.delete(key);
    else standing.current.set(key, s);
    redraw((n) => n + 1);
  };
  return {
    send(key, name, params, body, done) {
      if (standing.current.get(key)?.kind === "busy") return;
      set(key, { kind: "busy" });
      void callStation(name, params, body).then((answer) => {
        set(key, answer.kind === "ok" ? undefined : { kind: "problem", text: problemText(answer.problem) });
        if (answer.kind === "ok") done?.(answer.body);
      });
    },
    busy: (key) => standing.current.get(key)?.kind === "busy",
    problem(key) {
      const s = standing.current.get(key);
      return s?.kind === "problem" ? s.text : "";
    },
    clear: (key) => set(key, undefined),
  };
}
