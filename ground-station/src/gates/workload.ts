import { limits } from "./limits.js";

/** What one aircraft asks of its pilot now. */
export type Task = {
  readonly phase: "launch" | "enRoute" | "onScene" | "returning" | "landing";
  /** Somebody else holds the camera. */
  readonly cameraDelegated: boolean;
  readonly linkLate: boolean;
  /** Lost link, failsafe or another anomaly: takes the whole person and locks new launches. */
  readonly trouble: boolean;
};

const phaseWeights = { launch: 32, enRoute: 7, onScene: 13, returning: 5, landing: 25 } as const;
export const LAUNCH_WEIGHT = phaseWeights.launch;
const ON_SCENE_DELEGATED = 4;
const LINK_LATE = 10;
const TROUBLE = 100;

/** Hundredths of a pilot's attention that one aircraft takes (flight.md 8). */
export function taskWeight(task: Task): number {
  if (task.trouble) return TROUBLE;
  const phase = task.phase === "onScene" && task.cameraDelegated ? ON_SCENE_DELEGATED : phaseWeights[task.phase];
  return phase + (task.linkLate ? LINK_LATE : 0);
}

export const workloadOf = (tasks: readonly Task[]): number => tasks.reduce((sum, task) => sum + taskWeight(task), 0);

export type Workload = { readonly used: number; readonly aircraft: number };
export const workloadFits = (used: number): boolean => used <= limits.workloadBlock;
