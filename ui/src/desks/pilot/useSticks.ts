import { useEffect, useRef } from "react";
import { useLive, useRepeat } from "../../live/index.js";
import { isTyping } from "../../parts/index.js";

/** -1 to 1 each. */
export interface Sticks {
  readonly forward: number;
  readonly right: number;
  readonly up: number;
  readonly yaw: number;
}

const AXES: Readonly<Record<string, Partial<Sticks>>> = {
  ArrowUp: { forward: 1 },
  ArrowDown: { forward: -1 },
  ArrowRight: { right: 1 },
  ArrowLeft: { right: -1 },
  PageUp: { up: 1 },
  PageDown: { up: -1 },
  ",": { yaw: -1 },
  ".": { yaw: 1 },
};

export const STICK_HZ = 20;
const STRENGTH = 0.6;

/** Sum of all keys held. Opposite keys cancel; Shift gives the whole stick. */
export function sticksOf(held: ReadonlySet<string>, full: boolean): Sticks {
  const k = full ? 1 : STRENGTH;
  const sum = { forward: 0, right: 0, up: 0, yaw: 0 };
  for (const key of held) {
    const axis = AXES[key];
    sum.forward += axis?.forward ?? 0;
    sum.right += axis?.right ?? 0;
    sum.up += axis?.up ?? 0;
    sum.yaw += axis?.yaw ?? 0;
  }
  const clamp = (v: number): number => Math.max(-1, Math.min(1, v)) * k;
  return { forward: clamp(sum.forward), right: clamp(sum.right), up: clamp(sum.up), yaw: clamp(sum.yaw) };
}

/**
 * Sends sticks twenty times a second while this aircraft is flown by hand, centred ones too: silence would be taken
 * for a lost pilot. Leaving the window centres everything at once.
 */
export function useSticks(uid: string | undefined): { press(key: string, down: boolean): void } {
  const live = useLive();
  const held = useRef(new Set<string>());
  const full = useRef(false);
  useEffect(() => {
    if (uid === undefined) return;
    const down = (e: KeyboardEvent): void => {
      full.current = e.shiftKey;
      if (AXES[e.key] === undefined || isTyping(e.target)) return;
      e.preventDefault();
      held.current.add(e.key);
    };
    const up = (e: KeyboardEvent): void => {
      full.current = e.shiftKey;
      held.current.delete(e.key);
    };
    const centre = (): void => held.current.clear();
    window.addEventListener("keydown", down);
    window.addEventListener("keyup", up);
    window.addEventListener("blur", centre);
    document.addEventListener("visibilitychange", centre);
    return () => {
      centre();
      window.removeEventListener("keydown", down);
      window.removeEventListener("keyup", up);
      window.removeEventListener("blur", centre);
      document.removeEventListener("visibilitychange", centre);
    };
  }, [uid]);
  useRepeat(uid !== undefined, STICK_HZ, () => {
    if (uid !== undefined) live.sticks(uid, sticksOf(held.current, full.current));
  });
  return {
    press(key, isDown) {
      if (isDown) held.current.add(key);
      else held.current.delete(key);
    },
  };
}
