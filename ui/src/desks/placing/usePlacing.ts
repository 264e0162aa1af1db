import type { ActBody, GeoPoint, IncidentSummary } from "@outrider/contract";
import { type RefObject, useState } from "react";
import { useHotkeys } from "../../parts/index.js";
import type { SceneHandle } from "../../scene/index.js";
import { BIG_STEP_M, FIRST_DOUBT_M, nudged, placeless, STEP_M } from "./placing.js";

/** One call being put on the map. Ends when the station says that it has a place, whoever set it. */
export interface Placing {
  readonly incidentId: string;
  readonly address: string;
  readonly point: GeoPoint | undefined;
  readonly radiusM: number;
  readonly problem: string;
  readonly busy: boolean;
  readonly keys: PlacingKeys;
}

/** Which keys are free on this desk now: arrows fly an aircraft by hand, Esc stops a launch. */
export interface PlacingKeys {
  readonly arrows: boolean;
  readonly escape: boolean;
}

export interface PlacingDeeds {
  readonly now: Placing | undefined;
  start(incidentId: string): void;
  aim(at: GeoPoint): void;
  doubt(radiusM: number): void;
  set(): void;
  cancel(): void;
}

export interface PlacingInput {
  readonly incidents: readonly IncidentSummary[];
  readonly scene: RefObject<SceneHandle | null>;
  readonly keys: PlacingKeys;
  readonly problem: string;
  readonly busy: boolean;
  readonly send: (incidentId: string, body: ActBody<"setPlace">) => void;
}

interface Held {
  readonly incidentId: string;
  readonly point: GeoPoint | undefined;
  readonly radiusM: number;
}

export function usePlacing(p: PlacingInput): PlacingDeeds {
  const [held, hold] = useState<Held>();
  const of = placeless(p.incidents).find((i) => i.incidentId === held?.incidentId);
  const now: Placing | undefined =
    held === undefined || of === undefined
      ? undefined
      : { ...held, address: of.needsPlace, problem: p.problem, busy: p.busy, keys: p.keys };
  const cancel = (): void => hold(undefined);
  const set = (): void => {
    if (now?.point !== undefined && !now.busy) p.send(now.incidentId, { point: now.point, radiusM: now.radiusM });
  };
  const move = (ahead: number, right: number) => (e: KeyboardEvent) => {
    const centre = p.scene.current?.centre();
    if (held === undefined || centre === undefined) return;
    const m = e.shiftKey ? BIG_STEP_M : STEP_M;
    const point =
      held.point === undefined
        ? centre.at
        : nudged(held.point, { ahead: ahead * m, right: right * m }, centre.bearingDeg);
    hold({ ...held, point });
    p.scene.current?.show([point]);
  };
  const arrows = { ArrowUp: move(1, 0), ArrowDown: move(-1, 0), ArrowRight: move(0, 1), ArrowLeft: move(0, -1) };
  useHotkeys(
    now === undefined
      ? {}
      : {
          ...(p.keys.arrows ? arrows : {}),
          ...(p.keys.escape ? { Escape: cancel } : {}),
          ...(enterIsFree() ? { Enter: set } : {}),
        },
  );
  return {
    now,
    start: (incidentId) => hold({ incidentId, point: undefined, radiusM: FIRST_DOUBT_M }),
    aim: (point) => held !== undefined && hold({ ...held, point }),
    doubt: (radiusM) => held !== undefined && hold({ ...held, radiusM }),
    set,
    cancel,
  };
}

/** Enter on a button is that button's. */
const enterIsFree = (): boolean => document.activeElement?.closest("button, a, input, textarea, select") == null;
