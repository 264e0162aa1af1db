import type { StreamView } from "@outrider/contract";
import { useEffect, useState } from "react";
import { type HeatChoice, type HeatWish, heatChoice } from "./heatChoice.js";
import { useTick } from "./hooks.js";
import { monotonicMs } from "./useRead.js";

export interface Heat extends HeatChoice {
  readonly wanted: boolean;
  toggle(): void;
}

/** Light or heat of one aircraft, for this viewer alone. */
export function useHeat(light: StreamView | undefined, streams: readonly StreamView[], name: string): Heat {
  const [wish, setWish] = useState<HeatWish>({ wanted: false, lost: undefined, askedMs: 0 });
  useTick(1);
  const nowMs = monotonicMs();
  const choice = heatChoice(light, streams, wish, name, nowMs);
  const { lost } = choice;
  const uid = light?.uid;
  useEffect(() => {
    if (lost !== undefined) setWish((old) => (old.lost?.cameraId === lost.cameraId ? old : { ...old, lost }));
  }, [lost]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another aircraft's heat is asked for anew.
  useEffect(() => setWish((old) => ({ ...old, askedMs: monotonicMs(), lost: undefined })), [uid]);
  return {
    ...choice,
    wanted: wish.wanted,
    toggle: () =>
      setWish((old) => {
        // After it failed, the same key asks once more.
        const again = old.wanted && lost !== undefined;
        return { wanted: again || !old.wanted, lost: undefined, askedMs: monotonicMs() };
      }),
  };
}
