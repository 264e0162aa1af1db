import { type ReactNode, useLayoutEffect, useRef } from "react";

/** Fast enough that what stands on screen is never 0.15 s behind, slow enough to cost nothing. */
const EVERY_MS = 100;

export interface PaintedProps {
  /** What it says now; read at the moment it is written, so it must take its time from a monotonic clock. */
  readonly read: () => string;
  /** Tells when there is news, so that a new value does not wait for the timer. Must keep its identity. */
  readonly onNews?: ((listener: () => void) => () => void) | undefined;
  readonly className?: string;
}

/**
 * Text that runs by itself: an age, a countdown. It is written straight into the page by a timer of its own, because
 * neither a slow 3D frame nor a busy desk may let an old age stand as if it were true.
 */
export function Painted({ read, onNews, className }: PaintedProps): ReactNode {
  const at = useRef<HTMLSpanElement>(null);
  const latest = useRef(read);
  latest.current = read;
  useLayoutEffect(() => {
    const paint = (): void => {
      const node = at.current;
      if (node === null) return;
      const text = latest.current();
      if (node.textContent !== text) node.textContent = text;
    };
    paint();
    const id = setInterval(paint, EVERY_MS);
    const forget = onNews?.(paint);
    return () => {
      clearInterval(id);
      forget?.();
    };
  }, [onNews]);
  return <span ref={at} className={className} />;
}
