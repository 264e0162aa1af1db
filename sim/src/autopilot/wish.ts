import { type FlightMode, forbidsArming } from "./modes.js";
import type { Vehicle } from "./vehicle.js";

/** Notes what the user asked for, and what to fall back to when it disarms: the last of these that lets it arm. */
export function wish(v: Vehicle, mode: FlightMode): void {
  v.userMode = mode;
  if (!forbidsArming(mode) && mode !== "posctl") v.restMode = mode;
}
