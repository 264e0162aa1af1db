import { brakeAndHold, levelLimits, stretchOf, turnTo, verticalLimits } from "./steering.js";
import { steerClimb, steerHeight, steerTo, steerVelocity } from "./trajectory.js";
import type { Vehicle } from "./vehicle.js";

/** MPC_XY_MAN_EXPO: soft around the centre. */
function expo(stick: number): number {
  const bounded = Math.max(-1, Math.min(1, stick));
  return Math.abs(bounded) < 0.1 ? 0 : 0.4 * bounded + 0.6 * bounded * bounded * bounded;
}

/** Position mode: sticks are velocities in the body's heading; a centred stick holds the place. */
export function runPosition(v: Vehicle, dtS: number): void {
  const { guidance: g, trajectory: t, params, sticks } = v;
  const forward = sticks === undefined ? 0 : expo(sticks.pitch);
  const right = sticks === undefined ? 0 : expo(sticks.roll);
  const up = sticks === undefined ? 0 : expo(sticks.throttle * 2 - 1);
  const yaw = sticks === undefined ? 0 : expo(sticks.yaw);
  g.yawRad += yaw * ((params.now.MPC_MAN_Y_MAX * Math.PI) / 180) * dtS;
  const speed = Math.min(params.now.MPC_VEL_MANUAL, params.now.MPC_XY_VEL_MAX);
  if (forward !== 0 || right !== 0) {
    const cos = Math.cos(g.yawRad);
    const sin = Math.sin(g.yawRad);
    steerVelocity(
      t,
      (forward * cos - right * sin) * speed,
      (forward * sin + right * cos) * speed,
      levelLimits(v),
      dtS,
      stretchOf(v),
    );
    g.braking = true;
  } else if (g.braking) {
    steerVelocity(t, 0, 0, levelLimits(v), dtS, stretchOf(v));
    if (t.northMps * t.northMps + t.eastMps * t.eastMps < 0.01) {
      brakeAndHold(v);
      g.braking = false;
    }
  } else steerTo(t, g.hold.northM, g.hold.eastM, 1, levelLimits(v), dtS, stretchOf(v));
  if (up !== 0) {
    steerClimb(t, up * (up > 0 ? params.now.MPC_Z_VEL_MAX_UP : params.now.MPC_Z_VEL_MAX_DN), verticalLimits(v), dtS);
    g.hold.altAmslM = t.altAmslM + t.upMps * 0.7;
  } else steerHeight(t, g.hold.altAmslM, 3, 1.5, verticalLimits(v), dtS);
  turnTo(v, g.yawRad, dtS);
}
