/** What a driver sees ahead. Dark only where there are no lights. */
export type Aspect = "green" | "amber" | "red";
/** The two roads of a crossing with lights: one has green while the other waits. */
export type SignalGroup = 0 | 1;

const greenMs = 25_000;
/** At 35 mph and 3 m/s² a driver who is told at the last moment stops in time, or passes on amber (ITE practice). */
const amberMs = 4_000;
const allRedMs = 2_000;
const halfMs = greenMs + amberMs + allRedMs;
export const signalCycleMs = 2 * halfMs;

/**
 * What a group shows at a moment of run time: lights hold no state, so that a jump of the clock or a second observer
 * finds the same. `offsetMs` sets one crossing apart from the next.
 */
export function aspectAt(nowMs: number, offsetMs: number, group: SignalGroup): Aspect {
  const turnMs = group === 0 ? 0 : halfMs;
  const phaseMs = (((nowMs + offsetMs - turnMs) % signalCycleMs) + signalCycleMs) % signalCycleMs;
  if (phaseMs < greenMs) return "green";
  return phaseMs < greenMs + amberMs ? "amber" : "red";
}

/** Where in its cycle a crossing is at time 0, from its place and the run's seed. */
export function offsetOf(seed: number, eastM: number, northM: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(Math.round(eastM) + 0x4000, 0x27d4eb2f);
  mixed ^= Math.imul(Math.round(northM) + 0x8000, 0x165667b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) % signalCycleMs;
}
