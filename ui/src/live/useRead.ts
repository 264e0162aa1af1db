import type { Problem } from "@outrider/contract";
import { useCallback, useEffect, useState } from "react";
import { readStation } from "./readStation.js";

/** One document of the station as a screen shows it: the last good one stays, with its age, when a later read fails. */
export interface ReadState {
  readonly body: unknown;
  /** Monotonic ms of the last good answer; undefined before the first. */
  readonly atMs: number | undefined;
  readonly problem: Problem | undefined;
  readonly waiting: boolean;
  again(): void;
}

interface Kept {
  readonly path: string | undefined;
  readonly body: unknown;
  readonly atMs: number | undefined;
  readonly problem: Problem | undefined;
  readonly waiting: boolean;
}

const nothing = (path: string | undefined): Kept => ({
  path,
  body: undefined,
  atMs: undefined,
  problem: undefined,
  waiting: path !== undefined,
});

/** Reads `path` when it changes and every `everyMs`; undefined reads nothing. A slow answer is never overtaken. */
export function useRead(path: string | undefined, everyMs?: number): ReadState {
  const [kept, setKept] = useState<Kept>(() => nothing(path));
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks again.
  useEffect(() => {
    setKept((k) => (k.path === path ? { ...k, waiting: path !== undefined } : nothing(path)));
    if (path === undefined) return;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): void => {
      void readStation(path).then((answer) => {
        if (over) return;
        setKept((k) =>
          answer.kind === "ok"
            ? { path, body: answer.body, atMs: performance.now(), problem: undefined, waiting: false }
            : { ...k, problem: answer.problem, waiting: false },
        );
        if (everyMs !== undefined) timer = setTimeout(ask, everyMs);
      });
    };
    ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [path, everyMs, turn]);
  const again = useCallback(() => setTurn((n) => n + 1), []);
  const mine = kept.path === path ? kept : nothing(path);
  return { body: mine.body, atMs: mine.atMs, problem: mine.problem, waiting: mine.waiting, again };
}

/** Monotonic milliseconds of this browser, for ages of what was read. */
export const monotonicMs = (): number => performance.now();
