import type { EnuPoint, LatLon, LocalFrame } from "@outrider/geo";
import { localFrame } from "@outrider/geo";
import { type AirEnvironment, stillAir } from "../air/index.js";

/**
 * The world as a vehicle meets it. `env` is read afresh all the time, so its owner may change wind and weather while
 * it flies. One world, one frame: every aircraft of a run shares it.
 */
export type AutopilotWorld = {
  readonly frame: LocalFrame;
  readonly env: AirEnvironment;
  /** Unix ms at run time 0 (for SYSTEM_TIME and remote ID). */
  readonly epochUnixMs: number;
  /** N = HAE − AMSL, m. */
  readonly geoidUndulationM: number;
};

/** Flat ground of one height in still air. */
export function flatWorld(origin: LatLon, groundAmslM: number): AutopilotWorld {
  return { frame: localFrame(origin), env: stillAir(groundAmslM), epochUnixMs: 1_700_000_000_000, geoidUndulationM: 0 };
}

export type { EnuPoint, LatLon };
