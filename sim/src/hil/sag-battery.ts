import { type AircraftType, type AirState, chargeOf } from "../air/index.js";
import type { FaultOf } from "../faults/index.js";

/** A fault of the battery: what is usable falls to its share at most, and is back when the fault is cleared. */
export function sagBattery(type: AircraftType, s: AirState, sag: FaultOf<"battery-sag"> | undefined): void {
  s.batterySag = 0;
  if (sag !== undefined) s.batterySag = Math.max(0, chargeOf(type, s) - sag.toPct / 100);
}
