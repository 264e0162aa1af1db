import type { AircraftView, LaunchView } from "@outrider/contract";
import type { SampleStore } from "../../live/index.js";
import { heightText, type Units } from "../../parts/index.js";
import type { SceneLid } from "../../scene/index.js";

/** 60 ft: nearer to its ceiling than this, an aircraft is shown the lid it flies under. */
export const NEAR_CEILING_M = 18.3;
const RADIUS_M = 120;
const PLACE_STEP_DEG = 0.0003;

export interface LidInput {
  readonly ceilingAglM: number | undefined;
  readonly units: Units;
  /** The launch on the card, while it is only proposed. */
  readonly planned: LaunchView | undefined;
  readonly aircraft: readonly AircraftView[];
  readonly samples: Pick<SampleStore, "latest">;
}

/** Pieces of ceiling worth showing: over a place that is being planned, and over aircraft that fly close below it. */
export function lidsOf({ ceilingAglM, units, planned, aircraft, samples }: LidInput): readonly SceneLid[] {
  if (ceilingAglM === undefined) return [];
  const lid = (id: string, at: SceneLid["at"]): SceneLid => ({
    id: `lid:${id}`,
    at,
    radiusM: RADIUS_M,
    ceilingAglM,
    label: `${heightText(ceilingAglM, units)} ceiling`,
  });
  const close = aircraft.flatMap((a) => {
    const s = a.inAir ? samples.latest(a.uid) : undefined;
    const near = s?.altAglM !== undefined && s.altAglM > ceilingAglM - NEAR_CEILING_M;
    // In steps of some 30 m, so that the net stands still while the aircraft moves below it.
    return s !== undefined && near ? [lid(a.uid, { latDeg: stepped(s.latDeg), lonDeg: stepped(s.lonDeg) })] : [];
  });
  return planned?.phase === "proposed" ? [lid("plan", planned.plan.scene.point), ...close] : close;
}

const stepped = (deg: number): number => Math.round(deg / PLACE_STEP_DEG) * PLACE_STEP_DEG;

/** Changes when other lids must be drawn. */
export const lidsKey = (lids: readonly SceneLid[]): string =>
  lids.map((l) => `${l.id}:${l.at.latDeg.toFixed(4)}:${l.at.lonDeg.toFixed(4)}:${l.label}`).join("|");
