import { longestRangeM } from "./preflight.js";
import { bootTimeMs, type Vehicle } from "./vehicle.js";

/** Streams of a controller's targets: sent only where a ground station asks for them. */
export function emitPositionTarget(v: Vehicle): void {
  const { trajectory: t, home, guidance } = v;
  if (v.setpoint.kind !== "track") return;
  v.emit({
    name: "POSITION_TARGET_LOCAL_NED",
    timeBootMs: bootTimeMs(v),
    coordinateFrame: 1,
    typeMask: 0,
    x: t.northM - (home?.northM ?? 0),
    y: t.eastM - (home?.eastM ?? 0),
    z: (home?.altAmslM ?? t.altAmslM) - t.altAmslM,
    vx: t.northMps,
    vy: t.eastMps,
    vz: -t.upMps,
    afx: t.northMps2,
    afy: t.eastMps2,
    afz: -t.upMps2,
    yaw: guidance.yawRad,
  });
}

/** Rotors as pulses of 1 to 2 ms. */
export function emitServoOutput(v: Vehicle): void {
  const { rotor1, rotor2, rotor3, rotor4 } = v.plant.truth;
  const pulse = (share: number): number => Math.round(1000 + 1000 * share);
  v.emit({
    name: "SERVO_OUTPUT_RAW",
    timeUsec: bootTimeMs(v) * 1000,
    port: 0,
    servo1Raw: pulse(rotor1),
    servo2Raw: pulse(rotor2),
    servo3Raw: pulse(rotor3),
    servo4Raw: pulse(rotor4),
  });
}

/** Attitude and thrust that the controller asks for: the body follows within a tenth of a second. */
export function emitAttitudeTarget(v: Vehicle): void {
  const s = v.plant.truth;
  v.emit({
    name: "ATTITUDE_TARGET",
    timeBootMs: bootTimeMs(v),
    typeMask: 0,
    q: [s.qw, s.qx, s.qy, s.qz],
    bodyRollRate: s.rollRateRps,
    bodyPitchRate: s.pitchRateRps,
    bodyYawRate: s.yawRateRps,
    thrust: (s.rotor1 + s.rotor2 + s.rotor3 + s.rotor4) / 4,
  });
}

/** Downward distance sensor, centimetres. */
export function emitDistance(v: Vehicle): void {
  if (v.rangefinderM === undefined) return;
  v.emit({
    name: "DISTANCE_SENSOR",
    timeBootMs: bootTimeMs(v),
    minDistance: 20,
    maxDistance: longestRangeM * 100,
    currentDistance: Math.round(v.rangefinderM * 100),
    type: 0,
    id: 0,
    orientation: 25,
    covariance: 0,
  });
}
