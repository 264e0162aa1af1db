import type { Deed } from "./injects.js";

/** An inject that the trainer laid on the timeline: it is made when the run's clock reaches it. */
export interface PlannedInject {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly atMs: number;
  readonly deed: Deed;
}

/** The nearest of what may come; a moment in the past is now. */
export const plannedAtMs = (atMs: number, nowMs: number): number => Math.max(nowMs, Math.round(atMs / 1000) * 1000);

export interface DuePlan {
  readonly due: readonly PlannedInject[];
  readonly rest: readonly PlannedInject[];
}

/** What the clock has reached, in order, and what stays. A paused run reaches nothing. */
export function splitDue(plan: readonly PlannedInject[], nowMs: number, paused: boolean): DuePlan {
  if (paused) return { due: [], rest: plan };
  const due = plan.filter((p) => p.atMs <= nowMs).sort((a, b) => a.atMs - b.atMs);
  return { due, rest: plan.filter((p) => p.atMs > nowMs) };
}

/** Where on the lanes a pointer is, as a moment of the run. */
export function momentAt(xPx: number, widthPx: number, startMs: number, spanMs: number): number {
  return startMs + Math.min(1, Math.max(0, widthPx <= 0 ? 0 : xPx / widthPx)) * spanMs;
}
