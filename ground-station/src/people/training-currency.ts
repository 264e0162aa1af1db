import type { Config, CurrencyView, TrainingRunView } from "@outrider/contract";
import { passedRun } from "./currency-room.js";

const dayMs = 86_400_000;
/** From this share of its time on a training is said to run out soon. */
const soonShare = 0.8;

export type Trained = {
  readonly runs: readonly TrainingRunView[];
  /** As entered in outrider.yaml, from another site's training record. */
  readonly entered: readonly { readonly teaches: string; readonly on: string }[];
};

const dateMs = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** How fresh each training of the agency's list is for one person. Nothing entered and nothing flown is `never`. */
export function currencyOf(trained: Trained, config: Config["training"], nowMs: number): readonly CurrencyView[] {
  return (config?.kinds ?? []).map(({ teaches, title, withinDays }) => {
    const times = [
      ...trained.runs.filter((run) => run.teaches === teaches && passedRun(run)).map((run) => run.tMs),
      ...trained.entered.filter((one) => one.teaches === teaches).map((one) => dateMs(one.on)),
    ];
    const days = times.length === 0 ? undefined : Math.max(0, Math.floor((nowMs - Math.max(...times)) / dayMs));
    return { teaches, title, withinDays, days, state: stateOf(days, withinDays) };
  });
}

function stateOf(days: number | undefined, withinDays: number): CurrencyView["state"] {
  if (days === undefined) return "never";
  if (days > withinDays) return "lapsed";
  return days > withinDays * soonShare ? "soon" : "current";
}

/** When the person last flew, or passed a run where the agency lets that count; undefined: never. */
export function lastFlownMs(
  lastFlightMs: number | undefined,
  runs: readonly TrainingRunView[],
  config: Config["training"],
): number | undefined {
  const passed = config?.countsAsFlight === true ? runs.filter(passedRun).map((run) => run.tMs) : [];
  const all = lastFlightMs === undefined ? passed : [...passed, lastFlightMs];
  return all.length === 0 ? undefined : Math.max(...all);
}
