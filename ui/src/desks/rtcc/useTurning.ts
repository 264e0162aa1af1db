import type { ActBody, TurningCameraView } from "@outrider/contract";
import { useState } from "react";
import { heldBy } from "./cameraTurning.js";
import type { Acts } from "./useActs.js";

type Wish = ActBody<"turnCamera">;

export interface Turning {
  /** A turn that waits for a word, because another person holds the camera. */
  readonly asking: { readonly cameraId: string; readonly name: string; readonly by: string } | undefined;
  view(cameraId: string): TurningCameraView | undefined;
  send(camera: { readonly cameraId: string; readonly name: string }, wish: Wish): void;
  takeOver(): void;
  leave(): void;
  busy(cameraId: string): boolean;
  problem(cameraId: string): string;
}

/** Turning fixed cameras: one hand at a time, and a question before it is taken out of another's. */
export function useTurning(input: {
  readonly turning: readonly TurningCameraView[];
  readonly incidentId: string | undefined;
  readonly me: string;
  readonly nowMs: number;
  readonly acts: Acts;
}): Turning {
  const { acts, incidentId } = input;
  const [held, setHeld] = useState<{ cameraId: string; name: string; by: string; wish: Wish }>();
  const view = (cameraId: string): TurningCameraView | undefined =>
    input.turning.find((one) => one.cameraId === cameraId);
  const key = (cameraId: string): string => `turn:${cameraId}`;
  const tell = (cameraId: string, wish: Wish): void => {
    setHeld(undefined);
    acts.send(key(cameraId), "turnCamera", { cameraId }, incidentId === undefined ? wish : { ...wish, incidentId });
  };
  return {
    asking: held,
    view,
    send({ cameraId, name }, wish) {
      const by = heldBy(view(cameraId), input.me, input.nowMs);
      if (by === undefined) tell(cameraId, wish);
      else setHeld({ cameraId, name, by, wish });
    },
    takeOver() {
      if (held !== undefined) tell(held.cameraId, { ...held.wish, takeOver: true });
    },
    leave: () => setHeld(undefined),
    busy: (cameraId) => acts.busy(key(cameraId)),
    problem: (cameraId) => acts.problem(key(cameraId)),
  };
}
