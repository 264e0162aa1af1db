import { forbidsArming } from "./modes.js";
import { severity, type Vehicle } from "./vehicle.js";

/** The first health report after power-up, and the one when the estimator has settled. */
const reportsAfterMs = [2500, 4100] as const;
/** Parameters that PX4 cuts down to their limit, and how it says so. */
const speedLimits = [
  ["MPC_XY_CRUISE", "MPC_XY_VEL_MAX", "Cruise speed"],
  ["MPC_Z_V_AUTO_UP", "MPC_Z_VEL_MAX_UP", "Ascent speed"],
  ["MPC_Z_V_AUTO_DN", "MPC_Z_VEL_MAX_DN", "Descent speed"],
] as const;

/** Says on the ground why it could not arm, once for each report; a ground station cannot see it otherwise. */
export function reportHealth(v: Vehicle): void {
  const upMs = v.tMs - v.bootMs;
  if (upMs < reportsAfterMs[0]) return;
  for (const [name, limit, what] of speedLimits) {
    const most = v.params.now[limit];
    if (v.params.now[name] <= most) continue;
    v.params.put(name, most);
    v.say(severity.critical, `${what} has been constrained by max speed`, true);
  }
  if (v.armed || v.estimate.gps.fix !== 0) {
    v.healthTold = "";
    return;
  }
  const report = `${forbidsArming(v.mode)} ${upMs < reportsAfterMs[1]}`;
  if (report === v.healthTold) return;
  v.healthTold = report;
  v.say(severity.warning, "Preflight: GPS fix too low");
}

/** The downward distance sensor, where one is fitted. */
export function readRangefinder(v: Vehicle): void {
  const s = v.plant.truth;
  const heightM = Math.max(0, s.altAmslM - s.groundAmslM - v.type.legM);
  v.rangefinderM = v.params.now.SYS_HAS_NUM_DIST > 0 && heightM <= longestRangeM ? heightM : undefined;
}

/** What a small laser sees. */
export const longestRangeM = 60;
