/**
 * Keeps drawing from starving everything else: on a weak GPU each frame is followed by a pause as long as the frame
 * took, so that samples, alarms and keys always get their half of the time. A frame that is still fast waits for nothing.
 */
export interface FramePacer {
  /** Asks for a frame, now or after the pause that is owed. */
  request(): void;
  /** Call inside the frame: measures what it costs until the browser is free again. */
  began(): void;
  /** Duration of the last frame in ms. */
  costMs(): number;
  dispose(): void;
}

const FAST_MS = 40;
const LONGEST_PAUSE_MS = 1500;

export function framePacer(draw: () => void): FramePacer {
  let costMs = 0;
  let freeAtMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let measuring = 0;
  const ask = (): void => {
    timer = undefined;
    draw();
  };
  return {
    request() {
      if (timer !== undefined) return;
      const waitMs = freeAtMs - performance.now();
      if (waitMs <= 0) draw();
      else timer = setTimeout(ask, waitMs);
    },
    began() {
      const startMs = performance.now();
      // After a slow frame nobody draws before this one is known to be over.
      if (costMs > FAST_MS) freeAtMs = startMs + LONGEST_PAUSE_MS;
      cancelAnimationFrame(measuring);
      measuring = requestAnimationFrame(() => {
        const nowMs = performance.now();
        costMs = nowMs - startMs;
        freeAtMs = costMs <= FAST_MS ? 0 : nowMs + Math.min(LONGEST_PAUSE_MS, costMs);
        if (timer === undefined) return;
        clearTimeout(timer);
        timer = setTimeout(ask, Math.max(0, freeAtMs - nowMs));
      });
    },
    costMs: () => costMs,
    dispose() {
      clearTimeout(timer);
      cancelAnimationFrame(measuring);
    },
  };
}
