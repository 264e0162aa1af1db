/**
 * What a held button is doing. Two ways lead to `done`: holding for the whole time, or, for hands that cannot hold,
 * one press and a second one between half a second and three seconds later.
 */
export type HoldState =
  | { readonly kind: "ready"; readonly stillSinceMs: number }
  | { readonly kind: "holding"; readonly sinceMs: number; readonly stillSinceMs: number }
  | { readonly kind: "armed"; readonly sinceMs: number; readonly stillSinceMs: number }
  | { readonly kind: "done"; readonly atMs: number };

export type HoldEvent =
  | { readonly kind: "press" | "release" | "tick" | "cancel"; readonly tMs: number }
  /** The control appeared, moved, or now says something else: what was meant before is void. */
  | { readonly kind: "changed"; readonly tMs: number };

export interface HoldTimes {
  readonly holdMs: number;
  /** False for what may never be done by two short presses. */
  readonly secondWay: boolean;
}

/** A control under a moving layout may be hit by accident: it must have stood still this long. */
export const STILL_MS = 400;
export const AGAIN_FROM_MS = 500;
export const AGAIN_UNTIL_MS = 3000;
/** A shorter press than this is a tap, which opens the second way; a longer one that ends early is a change of mind. */
export const TAP_MS = 350;

export function stepHold(state: HoldState, event: HoldEvent, times: HoldTimes): HoldState {
  if (event.kind === "changed") return { kind: "ready", stillSinceMs: event.tMs };
  switch (state.kind) {
    case "ready":
      if (event.kind !== "press" || event.tMs - state.stillSinceMs < STILL_MS) return state;
      return { kind: "holding", sinceMs: event.tMs, stillSinceMs: state.stillSinceMs };
    case "holding":
      return whileHolding(state, event, times);
    case "armed":
      return whileArmed(state, event);
    case "done":
      return state;
  }
}

function whileHolding(state: HoldState & { kind: "holding" }, event: HoldEvent, times: HoldTimes): HoldState {
  const heldMs = event.tMs - state.sinceMs;
  switch (event.kind) {
    case "tick":
      return heldMs >= times.holdMs ? { kind: "done", atMs: event.tMs } : state;
    case "release":
      if (heldMs >= times.holdMs) return { kind: "done", atMs: event.tMs };
      if (times.secondWay && heldMs <= TAP_MS)
        return { kind: "armed", sinceMs: event.tMs, stillSinceMs: state.stillSinceMs };
      return { kind: "ready", stillSinceMs: state.stillSinceMs };
    case "cancel":
      return { kind: "ready", stillSinceMs: state.stillSinceMs };
    case "press":
    case "changed":
      return state;
  }
}

function whileArmed(state: HoldState & { kind: "armed" }, event: HoldEvent): HoldState {
  const waitedMs = event.tMs - state.sinceMs;
  if (event.kind === "cancel" || waitedMs > AGAIN_UNTIL_MS) return { kind: "ready", stillSinceMs: state.stillSinceMs };
  if (event.kind !== "press") return state;
  // A nervous double click is not a second decision.
  return waitedMs < AGAIN_FROM_MS ? { ...state, sinceMs: event.tMs } : { kind: "done", atMs: event.tMs };
}

/** 0..1 of the hold. */
export function holdShare(state: HoldState, nowMs: number, holdMs: number): number {
  if (state.kind === "done") return 1;
  return state.kind === "holding" ? Math.min(1, Math.max(0, (nowMs - state.sinceMs) / holdMs)) : 0;
}
