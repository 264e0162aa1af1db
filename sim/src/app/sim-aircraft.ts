import type { AircraftConfig, Cancel, Clock } from "@outrider/contract";
import type { AirState } from "../air/index.js";
import type { CameraPose } from "../autopilot/index.js";

/** One aircraft of the simulated sky, whoever flies it: what docks, cameras, injects and the trainer's desk need of it. */
export type SimAircraft = {
  readonly config: AircraftConfig;
  readonly sysid: number;
  readonly autopilot: {
    /** The truth, live. Never for the product. */
    readonly truth: AirState;
    cameraPose(): CameraPose;
    status(): { readonly armed: boolean; readonly landed: string; readonly mode: string; readonly charge: number };
    /** Charging in the dock: puts energy back. */
    charge(wattHours: number): void;
  };
  /** It speaks to the bridge past the simulator, as a real PX4 does: faults of the radio cannot reach it. */
  readonly ownRadio: boolean;
  readonly onGround: boolean;
  /** Carried back to its pad, disarmed and charged; absent where nobody can (a real PX4 flies it). */
  putBack?(): void;
  step(nowMs: number): void;
  hearForeignStation(seconds: number, clock: Clock): Cancel;
  close(): void;
};
