import type { AircraftType } from "./aircraft-type.js";
import { fly, turn } from "./flight.js";
import type { AirState } from "./state.js";

const subSteps = 4;
/** Springs of the legs per kilogram, chosen so that a 3.8 kg aircraft sinks 4 mm where it stands. */
const stiffnessPerKg = 2400;
const dampingPerKg = 60;
const friction = 0.6;

/** Flight close to the ground: sub-steps of 1 ms, because a leg is much stiffer than the air. */
export function touchGround(type: AircraftType, s: AirState, dtS: number): void {
  const h = dtS / subSteps;
  let touching = false;
  for (let i = 0; i < subSteps; i++) {
    fly(type, s, h);
    if (pushLegs(type, s, h)) touching = true;
  }
  if (touching && !s.inContact) s.impactMps = Math.max(0, -s.upMps, s.impactMps);
  s.inContact = touching;
}

/** Four legs at half the rotor arm; each pushes up like a damped spring and holds by friction. */
function pushLegs(type: AircraftType, s: AirState, h: number): boolean {
  const { qw, qx, qy, qz } = s;
  const footM = type.armM * 0.7;
  // Only the vertical row of the rotation decides how deep each foot stands.
  const downX = 2 * (qx * qz - qw * qy);
  const downY = 2 * (qy * qz + qw * qx);
  const downZ = 1 - 2 * (qx * qx + qy * qy);
  const bottomM = s.altAmslM - s.groundAmslM - type.legM * Math.max(downZ, 0.2);
  let lift = 0;
  let rollTorque = 0;
  let pitchTorque = 0;
  for (let leg = 0; leg < 4; leg++) {
    const x = leg < 2 ? footM : -footM;
    const y = leg % 2 === 0 ? footM : -footM;
    const depthM = -(bottomM - (x * downX + y * downY));
    if (depthM <= 0) continue;
    const sink = -s.upMps + (-s.pitchRateRps * x + s.rollRateRps * y);
    const push = Math.max(0, (stiffnessPerKg * depthM + dampingPerKg * sink) * 0.25);
    lift += push;
    rollTorque -= push * y * type.massKg;
    pitchTorque += push * x * type.massKg;
  }
  if (lift === 0) return false;
  const before = -s.upMps;
  if (before > s.impactMps && before > 1) s.impactMps = before;
  s.upMps += lift * h;
  s.forceUpMps2 += lift;
  turn(type, s, rollTorque, pitchTorque, -s.yawRateRps * type.inertiaYawKgM2 * 20, h);
  rub(s, friction * lift * h);
  return true;
}

function rub(s: AirState, stopMps: number): void {
  const slide = Math.sqrt(s.northMps * s.northMps + s.eastMps * s.eastMps);
  const keep = slide <= stopMps ? 0 : 1 - stopMps / slide;
  s.northMps *= keep;
  s.eastMps *= keep;
}
