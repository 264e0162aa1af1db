import type { AircraftType } from "./aircraft-type.js";
import type { AirState } from "./state.js";

export const gravityMps2 = 9.80665;

/** Newton per unit of rotor fraction in the present air. */
export function thrustOf(type: AircraftType, s: AirState): number {
  return (type.rotorThrustN * s.densityKgM3) / 1.225;
}

/** Free flight: thrust along the body's up axis, drag against the air, torques from the rotors. */
export function fly(type: AircraftType, s: AirState, dtS: number): void {
  const { qw, qx, qy, qz, rotor1, rotor2, rotor3, rotor4 } = s;
  const perRotor = thrustOf(type, s);
  const lift = (perRotor * (rotor1 + rotor2 + rotor3 + rotor4)) / type.massKg;
  const airNorth = s.northMps - s.windNorthMps;
  const airEast = s.eastMps - s.windEastMps;
  const airUp = s.upMps - s.windUpMps;
  const airspeed = Math.sqrt(airNorth * airNorth + airEast * airEast + airUp * airUp);
  const density = s.densityKgM3 / 1.225;
  const drag = (type.linearDrag * density + 0.5 * s.densityKgM3 * type.dragAreaM2 * airspeed) / type.massKg;
  s.forceNorthMps2 = -lift * 2 * (qx * qz + qw * qy) - drag * airNorth;
  s.forceEastMps2 = -lift * 2 * (qy * qz - qw * qx) - drag * airEast;
  s.forceUpMps2 = lift * (1 - 2 * (qx * qx + qy * qy)) - drag * airUp;
  s.northMps += s.forceNorthMps2 * dtS;
  s.eastMps += s.forceEastMps2 * dtS;
  s.upMps += (s.forceUpMps2 - gravityMps2) * dtS;
  s.northM += s.northMps * dtS;
  s.eastM += s.eastMps * dtS;
  s.altAmslM += s.upMps * dtS;
  const arm = type.armM * perRotor;
  const roll = arm * (rotor2 + rotor3 - rotor1 - rotor4);
  const pitch = arm * (rotor1 + rotor3 - rotor2 - rotor4);
  const yaw = type.yawTorqueM * perRotor * (rotor1 + rotor2 - rotor3 - rotor4);
  turn(type, s, roll, pitch, yaw, dtS);
}

/** Integrates body rates and attitude under a torque. */
export function turn(type: AircraftType, s: AirState, roll: number, pitch: number, yaw: number, dtS: number): void {
  const p = s.rollRateRps;
  const q = s.pitchRateRps;
  const r = s.yawRateRps;
  const { inertiaRollKgM2: ix, inertiaPitchKgM2: iy, inertiaYawKgM2: iz } = type;
  // Aerodynamic damping of the discs, small beside the rate controller but it stops a dead aircraft's spin.
  const np = p + ((roll - (iz - iy) * q * r - 0.02 * p) / ix) * dtS;
  const nq = q + ((pitch - (ix - iz) * p * r - 0.02 * q) / iy) * dtS;
  const nr = r + ((yaw - (iy - ix) * p * q - 0.03 * r) / iz) * dtS;
  s.rollRateRps = np;
  s.pitchRateRps = nq;
  s.yawRateRps = nr;
  const h = 0.5 * dtS;
  const { qw, qx, qy, qz } = s;
  const w = qw - h * (np * qx + nq * qy + nr * qz);
  const x = qx + h * (np * qw + nr * qy - nq * qz);
  const y = qy + h * (nq * qw - nr * qx + np * qz);
  const z = qz + h * (nr * qw + nq * qx - np * qy);
  // One Newton step towards unit length is exact to 1e-8 at these rates and needs no square root.
  const scale = 1.5 - 0.5 * (w * w + x * x + y * y + z * z);
  s.qw = w * scale;
  s.qx = x * scale;
  s.qy = y * scale;
  s.qz = z * scale;
}
