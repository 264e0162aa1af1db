import type { SourceTroubleView } from "@outrider/contract";
import type { Read } from "./read.js";

export const pulseTimes = {
  /** A reader is quiet for a while at every night's end; only against its own pace is it silent. */
  leastSilentMs: 10 * 60_000,
  silentGaps: 10,
  /** Too few to know its pace. */
  leastReads: 10,
  /** Each of the last few came at least so late: a clock or a line, and no single stored read. */
  lateMs: 60_000,
  lateReads: 5,
} as const;

type Pulse = {
  readonly name: string;
  lastMs: number;
  reads: number;
  meanGapMs: number;
  /** How late the last few came, and since when they did. */
  delaysMs: readonly number[];
  lateSinceMs: number | undefined;
};

/** Weight of the newest gap: what a reader did an hour ago says little of now. */
const NEWEST = 0.1;
/** Two lanes of one pole read at once; a read that is told again is no second one. */
const sameMs = 500;

/** Whether readers still read: each against its own pace, since an empty street reads nothing either. */
export class ReaderPulse {
  readonly #readers = new Map<string, Pulse>();

  /** Another run has other times. */
  clear(): void {
    this.#readers.clear();
  }

  hear({ readerId, readerName, receivedMs, atMs }: Read): void {
    const held = this.#readers.get(readerId);
    const delayMs = receivedMs - atMs;
    if (held === undefined) {
      const pulse = { name: readerName, lastMs: receivedMs, reads: 1, meanGapMs: 0, lateSinceMs: undefined };
      this.#readers.set(readerId, { ...pulse, delaysMs: [delayMs] });
      return;
    }
    held.delaysMs = [...held.delaysMs, delayMs].slice(-pulseTimes.lateReads);
    held.lateSinceMs = isLate(held) ? (held.lateSinceMs ?? receivedMs) : undefined;
    const gapMs = receivedMs - held.lastMs;
    if (Math.abs(gapMs) < sameMs) return;
    held.lastMs = receivedMs;
    held.reads += 1;
    // The silence that has just ended is no pace, nor is the time of another run.
    if (gapMs < 0 || gapMs > pulseTimes.leastSilentMs) return;
    held.meanGapMs = held.meanGapMs === 0 ? gapMs : held.meanGapMs + NEWEST * (gapMs - held.meanGapMs);
  }

  troubles(nowMs: number): SourceTroubleView[] {
    return [...this.#readers].flatMap(([id, pulse]): SourceTroubleView[] => {
      const { name, lastMs, meanGapMs, lateSinceMs } = pulse;
      const found = { kind: "reader", id } as const;
      if (isSilent(pulse, nowMs)) {
        const text = `${name} is silent. Usual: a plate each ${paceText(meanGapMs)}.`;
        return [{ ...found, what: "silent", text, sinceMs: lastMs }];
      }
      if (lateSinceMs === undefined) return [];
      const least = Math.min(...pulse.delaysMs);
      return [{ ...found, what: "late", text: `Reads of ${name} come ${paceText(least)} late.`, sinceMs: lateSinceMs }];
    });
  }
}

const isSilent = ({ lastMs, reads, meanGapMs }: Pulse, nowMs: number): boolean =>
  reads >= pulseTimes.leastReads &&
  nowMs - lastMs > Math.max(pulseTimes.leastSilentMs, pulseTimes.silentGaps * meanGapMs);

const isLate = ({ delaysMs }: Pulse): boolean =>
  delaysMs.length >= pulseTimes.lateReads && delaysMs.every((ms) => ms >= pulseTimes.lateMs);

const paceText = (ms: number): string => {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
};
