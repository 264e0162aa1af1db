import type { DecidedView } from "@outrider/contract";
import type { SupervisionState } from "./supervision-room.js";

const LATELY_MS = 3_600_000;
const MOST = 8;

/** Decisions of the last hour for the desks of pilots, newest first and a few of them: a proposal alone decides nothing. */
export function decidedLately({ decisions }: SupervisionState, nowMs: number): readonly DecidedView[] {
  const lately: DecidedView[] = [];
  for (let i = decisions.length - 1; i >= 0 && lately.length < MOST; i -= 1) {
    const held = decisions[i];
    if (held === undefined || nowMs - held.tMs > LATELY_MS) break;
    if (held.decision === "proposed") continue;
    const { seq, tMs, decision, by, why, callSign } = held;
    lately.push({ seq, tMs, decision, by, why, callSign });
  }
  return lately;
}
