import { flyTo, turnTo, verticalLimits } from "./steering.js";
import { steerHeight } from "./trajectory.js";
import type { Vehicle } from "./vehicle.js";

export type OrbitTask = {
  northM: number;
  eastM: number;
  altAmslM: number;
  radiusM: number;
  speedMps: number;
  clockwise: boolean;
  /** 0 nose to the centre, 1 keep heading, 2 free, 3 along the circle. */
  yawMode: number;
  joined: boolean;
  /** Bearing of the set-point seen from the centre. */
  angleRad: number;
  /** Speed along the circle, growing to `speedMps`. */
  rateMps: number;
};

/** Joins the circle at its nearest point, then runs round it at constant speed. */
export function runOrbit(v: Vehicle, dtS: number): void {
  const { orbit: o } = v.guidance;
  const t = v.trajectory;
  if (!o.joined) {
    const outN = t.northM - o.northM;
    const outE = t.eastM - o.eastM;
    // From the centre any way out is nearest: the way the nose points.
    o.angleRad = Math.hypot(outN, outE) < 1 ? v.guidance.yawRad : Math.atan2(outE, outN);
    const onCircle = {
      northM: o.northM + o.radiusM * Math.cos(o.angleRad),
      eastM: o.eastM + o.radiusM * Math.sin(o.angleRad),
      altAmslM: o.altAmslM,
      yawRad: Math.atan2(-outE, -outN),
    };
    if (flyTo(v, onCircle, Math.max(o.speedMps, 3), dtS) > 1) return;
    o.joined = true;
    o.rateMps = 0;
  }
  const sign = o.clockwise ? 1 : -1;
  o.rateMps = Math.min(o.speedMps * 0.97, o.rateMps + 2 * dtS);
  o.angleRad += (sign * o.rateMps * dtS) / o.radiusM;
  const cos = Math.cos(o.angleRad);
  const sin = Math.sin(o.angleRad);
  t.northM = o.northM + o.radiusM * cos;
  t.eastM = o.eastM + o.radiusM * sin;
  t.northMps = -sign * o.rateMps * sin;
  t.eastMps = sign * o.rateMps * cos;
  const inward = (o.rateMps * o.rateMps) / o.radiusM;
  t.northMps2 = -inward * cos;
  t.eastMps2 = -inward * sin;
  steerHeight(t, o.altAmslM, v.params.now.MPC_Z_V_AUTO_UP, v.params.now.MPC_Z_V_AUTO_DN, verticalLimits(v), dtS);
  if (o.yawMode === 0) turnTo(v, o.angleRad + Math.PI, dtS);
  else if (o.yawMode === 3) turnTo(v, o.angleRad + (sign * Math.PI) / 2, dtS);
}
