import type { Chance } from "@outrider/contract";
import type { FaultSet } from "./fault-set.js";

export type LossyConduit = {
  /** Takes one datagram at run time `tMs`; it comes out of `deliver` never, once or twice, perhaps later and spoilt. */
  send(bytes: Uint8Array, tMs: number): void;
  /** Delivers what is due. Call with growing time, before or after each step of the run. */
  step(tMs: number): void;
  /** Run time of the earliest datagram waiting, for runs that skip idle time. */
  nextDueMs(): number | undefined;
  readonly stats: { sent: number; lost: number; duplicated: number; delayed: number; spoilt: number };
};

export type LossyConduitOptions = {
  readonly chance: Pick<Chance, "unit">;
  readonly faults: FaultSet;
  /** Name by which faults address this direction of this link, e.g. the aircraft's uid. */
  readonly target: string;
  readonly deliver: (bytes: Uint8Array, tMs: number) => void;
};

type Waiting = { readonly dueMs: number; readonly order: number; readonly bytes: Uint8Array };

/** One direction of a datagram link that obeys the link faults of its target. Without faults it passes straight on. */
export function createLossyConduit(options: LossyConduitOptions): LossyConduit {
  const { chance, faults, target, deliver } = options;
  const stats = { sent: 0, lost: 0, duplicated: 0, delayed: 0, spoilt: 0 };
  const waiting: Waiting[] = [];
  let order = 0;
  const happens = (probability: number) => chance.unit() < probability;

  const spoil = (bytes: Uint8Array): Uint8Array => {
    const noise = faults.find(target, "byte-noise");
    if (noise === undefined || bytes.length === 0 || !happens(noise.probability)) return bytes;
    const copy = bytes.slice();
    const at = Math.floor(chance.unit() * copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(chance.unit() * 8));
    stats.spoilt++;
    return copy;
  };

  const delayOf = (): number => {
    const delay = faults.find(target, "delay");
    const reorder = faults.find(target, "reorder");
    const base = delay === undefined ? 0 : delay.delayMs + chance.unit() * delay.jitterMs;
    return base + (reorder !== undefined && happens(reorder.probability) ? reorder.delayMs : 0);
  };

  const pass = (bytes: Uint8Array, tMs: number): void => {
    const delayMs = delayOf();
    if (delayMs <= 0 && waiting.length === 0) {
      deliver(spoil(bytes), tMs);
      return;
    }
    if (delayMs > 0) stats.delayed++;
    waiting.push({ dueMs: tMs + delayMs, order: order++, bytes: spoil(bytes) });
    waiting.sort((a, b) => a.dueMs - b.dueMs || a.order - b.order);
  };

  return {
    stats,
    send(bytes, tMs) {
      stats.sent++;
      const loss = faults.find(target, "packet-loss");
      if (faults.has(target, "dead-link") || (loss !== undefined && happens(loss.probability))) {
        stats.lost++;
        return;
      }
      pass(bytes, tMs);
      const twice = faults.find(target, "duplicate");
      if (twice !== undefined && happens(twice.probability)) {
        stats.duplicated++;
        pass(bytes, tMs);
      }
    },
    step(tMs) {
      while (waiting.length > 0 && (waiting[0]?.dueMs ?? Infinity) <= tMs) {
        const due = waiting.shift();
        if (due === undefined) return;
        // What was on its way when the link died is lost with it.
        if (faults.has(target, "dead-link")) stats.lost++;
        else deliver(due.bytes, tMs);
      }
    },
    nextDueMs: () => waiting[0]?.dueMs,
  };
}
