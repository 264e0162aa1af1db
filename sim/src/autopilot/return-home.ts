import { assertNever } from "@outrider/contract";
import { cruiseMps, flyTo, runLand } from "./steering.js";
import { severity, type Vehicle } from "./vehicle.js";

export type ReturnTask = {
  phase: "climb" | "return" | "descend" | "wait" | "land";
  northM: number;
  eastM: number;
  /** Height of the destination's ground. */
  altAmslM: number;
  returnAltAmslM: number;
  sinceMs: number;
};

/** Chooses the nearest of home and rally points (RTL_TYPE 0) and the height to fly at, and says so. */
export function startReturn(v: Vehicle): void {
  const task = v.guidance.home;
  const { estimate: e, params } = v;
  const home = v.home ?? { northM: e.northM, eastM: e.eastM, altAmslM: v.plant.truth.groundAmslM };
  let best = { northM: home.northM, eastM: home.eastM, altAmslM: home.altAmslM };
  let bestM = Math.hypot(best.northM - e.northM, best.eastM - e.eastM);
  for (const rally of v.plans.rallyPoints(v)) {
    const distanceM = Math.hypot(rally.northM - e.northM, rally.eastM - e.eastM);
    if (params.now.RTL_TYPE === 0 && distanceM < bestM) {
      best = rally;
      bestM = distanceM;
    }
  }
  const wanted = best.altAmslM + returnHeightM(v, bestM);
  Object.assign(task, best, { phase: "climb", returnAltAmslM: Math.max(wanted, e.altAmslM), sinceMs: v.tMs });
  const above = task.returnAltAmslM - task.altAmslM;
  v.say(
    severity.info,
    `RTL: start return at ${Math.round(task.returnAltAmslM)} m (${Math.round(above)} m above destination)`,
    true,
  );
}

/** RTL_RETURN_ALT, lowered inside the cone and next to the destination. */
function returnHeightM(v: Vehicle, distanceM: number): number {
  const full = v.params.now.RTL_RETURN_ALT;
  const low = Math.min(full, v.params.now.RTL_DESCEND_ALT);
  if (distanceM <= v.params.now.RTL_MIN_DIST) return low;
  const cone = (v.params.now.RTL_CONE_ANG * Math.PI) / 180;
  if (cone <= 0) return full;
  if (cone >= Math.PI / 2 - 0.01) return low;
  return Math.max(low, Math.min(full, distanceM / Math.tan(cone)));
}

/** Straight home at one height, then down. It knows nothing of exclusion zones, as the real one. */
export function runReturn(v: Vehicle, dtS: number): void {
  const task = v.guidance.home;
  const t = v.trajectory;
  switch (task.phase) {
    case "climb": {
      flyTo(
        v,
        { northM: t.northM + t.northMps, eastM: t.eastM + t.eastMps, altAmslM: task.returnAltAmslM, yawRad: undefined },
        0,
        dtS,
      );
      if (v.estimate.altAmslM > task.returnAltAmslM - 1) enter(v, "return");
      return;
    }
    case "return": {
      const to = { northM: task.northM, eastM: task.eastM, altAmslM: task.returnAltAmslM, yawRad: undefined };
      const left = flyTo(v, to, cruiseMps(v), dtS);
      if (left < Math.min(2, v.params.now.NAV_ACC_RAD)) arrive(v);
      return;
    }
    case "descend": {
      const altAmslM = task.altAmslM + v.params.now.RTL_DESCEND_ALT;
      flyTo(v, { northM: task.northM, eastM: task.eastM, altAmslM, yawRad: undefined }, cruiseMps(v), dtS);
      if (Math.abs(v.estimate.altAmslM - altAmslM) < 1) enter(v, "wait");
      return;
    }
    case "wait": {
      const altAmslM = task.altAmslM + v.params.now.RTL_DESCEND_ALT;
      flyTo(v, { northM: task.northM, eastM: task.eastM, altAmslM, yawRad: undefined }, cruiseMps(v), dtS);
      const delayS = v.params.now.RTL_LAND_DELAY;
      if (delayS >= 0 && v.tMs - task.sinceMs > delayS * 1000) startLanding(v);
      return;
    }
    case "land":
      return runLand(v, dtS);
    default:
      return assertNever(task.phase);
  }
}

function enter(v: Vehicle, phase: ReturnTask["phase"]): void {
  v.guidance.home.phase = phase;
  v.guidance.home.sinceMs = v.tMs;
}

function arrive(v: Vehicle): void {
  if (v.params.now.RTL_LAND_DELAY === 0) startLanding(v);
  else enter(v, "descend");
}

function startLanding(v: Vehicle): void {
  const task = v.guidance.home;
  v.guidance.land = { northM: task.northM, eastM: task.eastM };
  v.landed = "landing";
  v.say(severity.info, "RTL: land at destination", true);
  enter(v, "land");
}
