import type { LinkState } from "@outrider/contract";

/** Hand-flying, milliseconds of run time. */
export const stickTiming = {
  everyMs: 50,
  centreAfterMs: 300,
  holdAfterMs: 2_000,
  /** PX4 refuses Position before it has seen sticks for a while. */
  warmUpMs: 1_000,
  /** There and back: whoever sees what it did a second ago cannot fly it by hand, and it acts on a hand as old. */
  longestRoundMs: 1_000,
  /** So many rounds in a row, each of which was too long. */
  slowRounds: 2,
  /** What it tells of itself was on its way for longer than this: the same, seen at once. */
  longestWayMs: 1_000,
} as const;

export type Axes = { readonly forward: number; readonly right: number; readonly up: number; readonly yaw: number };

export const centred: Axes = { forward: 0, right: 0, up: 0, yaw: 0 };

/** What the sticks say now: as held, centred when the hand's input is old, or given up for Hold. */
export function sticksNow(axes: Axes | undefined, heldMs: number, tMs: number): { axes: Axes; giveUp: boolean } {
  const ageMs = tMs - heldMs;
  if (ageMs > stickTiming.holdAfterMs) return { axes: centred, giveUp: true };
  return { axes: axes === undefined || ageMs > stickTiming.centreAfterMs ? centred : axes, giveUp: false };
}

/** MANUAL_CONTROL fields: axes -1000 to 1000, thrust 0 to 1000 with 500 as "stay". */
export function manualControl(axes: Axes): { x: number; y: number; z: number; r: number } {
  const scale = (value: number): number => Math.round(Math.max(-1, Math.min(1, value)) * 1000);
  return { x: scale(axes.forward), y: scale(axes.right), z: 500 + Math.round(scale(axes.up) / 2), r: scale(axes.yaw) };
}

/** Why a link cannot carry a hand; undefined when it can, or where nobody can tell. `wayMs`: how old what it says comes. */
export function tooSlow(link: LinkState, roundsMs: readonly number[], wayMs: number): string | undefined {
  if (link !== "live") return `the link is ${link}`;
  const last = roundsMs.slice(-stickTiming.slowRounds);
  const roundMs = Math.min(...last);
  if (last.length === stickTiming.slowRounds && roundMs > stickTiming.longestRoundMs)
    return `the link takes ${(roundMs / 1000).toFixed(1)} s there and back`;
  return wayMs > stickTiming.longestWayMs
    ? `what it says of itself is ${(wayMs / 1000).toFixed(1)} s old when it comes`
    : undefined;
}
