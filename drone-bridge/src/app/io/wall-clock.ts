import type { Clock } from "@outrider/contract";

/** Unix milliseconds that never step: the system's clock at start plus monotonic time since, so NTP cannot age a link. */
export function wallClock(): Clock {
  const startMs = Date.now() - performance.now();
  return {
    nowMs: () => startMs + performance.now(),
    after: (delayMs, run) => {
      const timer = setTimeout(run, Math.max(0, delayMs));
      return () => clearTimeout(timer);
    },
  };
}
