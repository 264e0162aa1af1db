import type { Clock } from "@outrider/contract";

/** A clock turned by hand. */
export function handClock(startMs: number): Clock & { turn(ms: number): void } {
  let nowMs = startMs;
  let waiting: { readonly dueMs: number; readonly run: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    after: (delayMs, run) => {
      const entry = { dueMs: nowMs + delayMs, run };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((other) => other !== entry);
      };
    },
    turn(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        const next = waiting.filter((one) => one.dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0];
        if (next === undefined) break;
        waiting = waiting.filter((other) => other !== next);
        nowMs = next.dueMs;
        next.run();
      }
      nowMs = endMs;
    },
  };
}
