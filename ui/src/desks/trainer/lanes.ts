import type { RoomViews } from "@outrider/contract";
import { clockSpan } from "../../parts/index.js";
import { injectWord } from "./injects.js";

type RunEvent = RoomViews["trainer"]["events"][number];
export type LaneId = RunEvent["lane"];

export interface LaneMark {
  readonly id: string;
  /** Share of the lane from its left end. */
  readonly at: number;
  readonly text: string;
  /** False where the words would lie over those before: the mark stays, its words are in its title. */
  readonly worded: boolean;
  readonly time: string;
}

const LETTER_PX = 6.9;
const MARK_PX = 18;

/** Marks of one lane, in order, with words only where there is room. */
export function laneMarks(
  events: readonly RunEvent[],
  lane: LaneId,
  startMs: number,
  spanMs: number,
  widthPx: number,
  /** Moments at which something else stands on this lane: no words may run into it. */
  taken: readonly number[] = [],
): readonly LaneMark[] {
  let freePx = Number.NEGATIVE_INFINITY;
  const mine = events.filter((e) => e.lane === lane).sort((a, b) => a.tMs - b.tMs);
  return mine.map((e, i) => {
    const at = Math.min(1, Math.max(0, (e.tMs - startMs) / spanMs));
    const text = lane === "inject" ? injectWord(e.text) : e.text;
    const x = at * widthPx;
    const endPx = x + MARK_PX + text.length * LETTER_PX;
    const nextMs = Math.min(mine[i + 1]?.tMs ?? Number.POSITIVE_INFINITY, ...taken.filter((t) => t > e.tMs));
    const nextX = ((nextMs - startMs) / spanMs) * widthPx;
    const worded =
      x >= freePx && (endPx <= Math.max(nextX, x + 40) || nextX === Number.POSITIVE_INFINITY) && endPx <= widthPx + 40;
    if (worded) freePx = endPx;
    return { id: `${e.tMs}:${i}`, at, text, worded, time: clockSpan((e.tMs - startMs) / 1000) };
  });
}

/** Whole minutes under the lanes: five to seven of them. */
export function laneTicks(spanMs: number): readonly { readonly at: number; readonly text: string }[] {
  const minutes = spanMs / 60_000;
  const step = [1, 2, 5, 10, 15, 30, 60].find((s) => minutes / s <= 6) ?? 120;
  return Array.from({ length: Math.floor(minutes / step) + 1 }, (_, i) => ({
    at: (i * step) / minutes,
    text: clockSpan(i * step * 60),
  }));
}

/** When the run began on the run's clock: from the station's list of runs, else from its first event. */
export function runStartMs(startedMs: number | undefined, events: readonly RunEvent[], nowMs: number): number {
  if (startedMs !== undefined) return startedMs;
  return events.reduce((least, e) => Math.min(least, e.tMs), nowMs);
}

/** Beyond this a whole run on one lane would lay its first hour into a thumb's width. */
const WHOLE_MINUTES = 30;
const WINDOWS: readonly number[] = [15, 30, 60, 120, 240];

/**
 * The lanes' length: the scenario's own, or longer when the run has outlasted it. A run of hours is shown in a window
 * that grows with it and always leaves room for what the trainer still plans.
 */
export function laneSpanMs(minutes: number, elapsedMs: number): number {
  const planned = Math.max(1, minutes) * 60_000;
  if (minutes > WHOLE_MINUTES && elapsedMs < planned) {
    const grown = WINDOWS.find((w) => w * 60_000 >= elapsedMs * 1.25);
    return Math.min(planned, (grown ?? minutes) * 60_000);
  }
  return elapsedMs <= planned ? planned : elapsedMs * 1.05;
}
