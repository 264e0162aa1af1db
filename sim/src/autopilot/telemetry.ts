import { eulerOf, meanWindMps, pressureHpa } from "../air/index.js";
import { armFault } from "./arming.js";
import { emitCameraFov, emitCameraHeartbeat } from "./camera.js";
import { emitAttitudeTarget, emitDistance, emitPositionTarget, emitServoOutput } from "./control-streams.js";
import { batteryLevel } from "./failsafe.js";
import { emitGimbalAttitude, emitGimbalManagerInformation, emitGimbalManagerStatus } from "./gimbal.js";
import {
  emitAvailableModes,
  emitIdentity,
  emitOpenDroneBasicId,
  emitOpenDroneLocation,
  emitOpenDroneSystem,
} from "./identity.js";
import { missionReady } from "./mode-switch.js";
import { baseModeOf, customModeOf, forbidsArming, standardModeOf } from "./modes.js";
import type { Streams } from "./streams.js";
import { bootTimeMs, type Landed, unixTimeMs, type Vehicle } from "./vehicle.js";

const landedState: Readonly<Record<Landed, number>> = { onGround: 1, inAir: 2, takeoff: 3, landing: 4 };
const unknownInt16 = 65535;

/** PX4's GCS link set; the 50 Hz streams of SITL are cut to what a radio carries. */
export function addTelemetry(streams: Streams, bootMs: number): void {
  const later = (ms: number) => bootMs + ms;
  streams.add("HEARTBEAT", 1, emitHeartbeat, later(1400));
  streams.add("SYS_STATUS", 1, emitSysStatus, later(1400));
  streams.add("EXTENDED_SYS_STATE", 1, emitExtendedSysState, later(1400));
  streams.add("GPS_RAW_INT", 5, emitGpsRaw, later(700));
  streams.add("ATTITUDE", 10, emitAttitude, later(2400));
  streams.add("ATTITUDE_QUATERNION", 0, emitAttitudeQuaternion);
  streams.add("GLOBAL_POSITION_INT", 10, emitGlobalPosition, later(2500));
  streams.add("LOCAL_POSITION_NED", 2, emitLocalPosition, later(2500));
  streams.add("VFR_HUD", 4, emitVfrHud, later(2500));
  streams.add("ALTITUDE", 1, emitAltitude, later(2500));
  streams.add("BATTERY_STATUS", 1, emitBattery, later(2500));
  streams.add("HOME_POSITION", 0.5, emitHome, later(2500));
  streams.add("ESTIMATOR_STATUS", 1, emitEstimator, later(2500));
  streams.add("MISSION_CURRENT", 1, emitMissionCurrent, later(1300));
  streams.add("MISSION_ITEM_REACHED", 1, emitItemReached, later(2500));
  streams.add("CURRENT_MODE", 0.5, emitCurrentMode, later(2500));
  streams.add("SYSTEM_TIME", 1, emitSystemTime, later(1400));
  streams.add("SCALED_PRESSURE", 1, emitPressure, later(2500));
  streams.add("WIND_COV", 0.5, emitWind, later(2500));
  streams.add("ORBIT_EXECUTION_STATUS", 2, emitOrbit, later(2500));
  streams.add("OPEN_DRONE_ID_LOCATION", 1, emitOpenDroneLocation, later(2600));
  streams.add("OPEN_DRONE_ID_SYSTEM", 1, emitOpenDroneSystem, later(2600));
  streams.add("GIMBAL_DEVICE_ATTITUDE_STATUS", 10, emitGimbalAttitude, later(2600));
  streams.add("GIMBAL_MANAGER_STATUS", 0.6, emitGimbalManagerStatus, later(2600));
  streams.add("CAMERA_FOV_STATUS", 2, emitCameraFov, later(2700));
  streams.add("ATTITUDE_TARGET", 0, emitAttitudeTarget);
  streams.add("POSITION_TARGET_LOCAL_NED", 0, emitPositionTarget);
  streams.add("SERVO_OUTPUT_RAW", 0, emitServoOutput);
  streams.add("DISTANCE_SENSOR", 0.5, emitDistance, later(2500));
  streams.addAnswer("OPEN_DRONE_ID_BASIC_ID", emitOpenDroneBasicId);
  streams.addAnswer("GIMBAL_MANAGER_INFORMATION", emitGimbalManagerInformation);
  streams.addAnswer("AUTOPILOT_VERSION", emitIdentity);
  streams.addAnswer("AVAILABLE_MODES", emitAvailableModes);
}

function systemStatus(v: Vehicle): number {
  if (v.terminated) return 8;
  if (v.armed) return v.failsafe.active === undefined ? 4 : 5;
  const linked = v.params.now.NAV_DLL_ACT === 0 || !v.gcsLost;
  return v.ready && linked && !forbidsArming(v.mode) ? 3 : 0;
}

function emitHeartbeat(v: Vehicle): void {
  v.emit({
    name: "HEARTBEAT",
    type: 2,
    autopilot: 12,
    baseMode: baseModeOf(v.mode, v.armed),
    customMode: customModeOf(v.mode),
    systemStatus: systemStatus(v),
    mavlinkVersion: 3,
  });
  emitCameraHeartbeat(v);
}

export function emitCurrentMode(v: Vehicle): void {
  v.emit({
    name: "CURRENT_MODE",
    standardMode: standardModeOf(v.mode),
    customMode: customModeOf(v.mode),
    intendedCustomMode: customModeOf(v.userMode),
  });
}

function emitSysStatus(v: Vehicle): void {
  const s = v.plant.truth;
  const gps = 0x20;
  const battery = 0x2000000;
  const prearm = 0x10000000;
  let health = 0x320883f & ~gps & ~battery;
  if (v.estimate.gps.fix === 3) health |= gps;
  if (batteryLevel(v) === 0) health |= battery;
  // Exactly what an order to arm would meet now: whoever trusts the bit must not be refused.
  if (v.failsafe.active === undefined && armFault(v) === undefined) health |= prearm;
  const present = 0x300400f | (v.estimate.gps.fix === 3 ? gps : 0);
  v.emit({
    name: "SYS_STATUS",
    onboardControlSensorsPresent: present,
    onboardControlSensorsEnabled: present | 0x1000,
    onboardControlSensorsHealth: health,
    load: 120,
    voltageBattery: Math.round(s.voltageV * 1000),
    currentBattery: Math.round(s.currentA * 100),
    batteryRemaining: Math.ceil(v.charge * 100),
  });
}

function emitBattery(v: Vehicle): void {
  const s = v.plant.truth;
  const voltages = [Math.round(s.voltageV * 1000), ...Array.from({ length: 9 }, () => unknownInt16)];
  const leftS = (v.charge * v.type.batteryWh * 3600) / Math.max(1, s.powerW);
  v.emit({
    name: "BATTERY_STATUS",
    id: 0,
    type: 1,
    temperature: Math.round(s.cellC * 100),
    voltages,
    currentBattery: Math.round(s.currentA * 100),
    currentConsumed: Math.round((s.usedWh / 22.2) * 1000),
    energyConsumed: Math.round(s.usedWh * 36),
    batteryRemaining: Math.floor(v.charge * 100),
    timeRemaining: v.armed && v.landed !== "onGround" ? Math.round(leftS) : 0,
    chargeState: batteryLevel(v) + 1,
  });
}

function emitExtendedSysState(v: Vehicle): void {
  v.emit({ name: "EXTENDED_SYS_STATE", vtolState: 0, landedState: landedState[v.landed] });
}

function usec(v: Vehicle): bigint {
  return BigInt(bootTimeMs(v)) * 1000n;
}

function emitGpsRaw(v: Vehicle): void {
  const { gps } = v.estimate;
  const at = v.world.frame.toGeo(gps);
  const fixed = gps.fix === 3;
  v.emit({
    name: "GPS_RAW_INT",
    timeUsec: usec(v),
    fixType: gps.fix,
    lat: Math.round(at.latDeg * 1e7),
    lon: Math.round(at.lonDeg * 1e7),
    alt: Math.round(gps.altAmslM * 1000),
    eph: fixed ? 70 : 10_000,
    epv: fixed ? 110 : 10_000,
    vel: Math.round(gps.speedMps * 100),
    cog: Math.round(positiveDeg(gps.courseRad) * 100) % 36_000,
    satellitesVisible: gps.satellites,
    altEllipsoid: Math.round((gps.altAmslM + v.world.geoidUndulationM) * 1000),
    hAcc: fixed ? 900 : 100_000,
    vAcc: fixed ? 1780 : 100_000,
    velAcc: 250,
  });
}

function positiveDeg(angleRad: number): number {
  const deg = (angleRad * 180) / Math.PI;
  return deg < 0 ? deg + 360 : deg % 360;
}

function emitAttitude(v: Vehicle): void {
  const s = v.plant.truth;
  const { rollRad, pitchRad, yawRad } = eulerOf(s);
  v.emit({
    name: "ATTITUDE",
    timeBootMs: bootTimeMs(v),
    roll: rollRad,
    pitch: pitchRad,
    yaw: yawRad,
    rollspeed: s.rollRateRps,
    pitchspeed: s.pitchRateRps,
    yawspeed: s.yawRateRps,
  });
}

function emitAttitudeQuaternion(v: Vehicle): void {
  const s = v.plant.truth;
  v.emit({
    name: "ATTITUDE_QUATERNION",
    timeBootMs: bootTimeMs(v),
    q1: s.qw,
    q2: s.qx,
    q3: s.qy,
    q4: s.qz,
    rollspeed: s.rollRateRps,
    pitchspeed: s.pitchRateRps,
    yawspeed: s.yawRateRps,
  });
}

/** Height over home, with the wander that a real one shows in flight. */
function relativeM(v: Vehicle): number {
  return v.home === undefined ? 0 : v.estimate.altAmslM - v.home.altAmslM - (v.armed ? v.homeJitterM : 0);
}

function emitGlobalPosition(v: Vehicle): void {
  if (v.home === undefined && !v.estimate.positionValid) return;
  const e = v.estimate;
  const at = v.world.frame.toGeo(e);
  v.emit({
    name: "GLOBAL_POSITION_INT",
    timeBootMs: bootTimeMs(v),
    lat: Math.round(at.latDeg * 1e7),
    lon: Math.round(at.lonDeg * 1e7),
    alt: Math.round(e.altAmslM * 1000),
    relativeAlt: Math.round(relativeM(v) * 1000),
    vx: Math.round(e.northMps * 100),
    vy: Math.round(e.eastMps * 100),
    vz: Math.round(-e.upMps * 100),
    hdg: Math.round(positiveDeg(eulerOf(v.plant.truth).yawRad) * 100) % 36_000,
  });
}

function emitLocalPosition(v: Vehicle): void {
  const e = v.estimate;
  const { home } = v;
  v.emit({
    name: "LOCAL_POSITION_NED",
    timeBootMs: bootTimeMs(v),
    x: e.northM - (home?.northM ?? 0),
    y: e.eastM - (home?.eastM ?? 0),
    z: (home?.altAmslM ?? e.altAmslM) - e.altAmslM,
    vx: e.northMps,
    vy: e.eastMps,
    vz: -e.upMps,
  });
}

function emitVfrHud(v: Vehicle): void {
  const e = v.estimate;
  const s = v.plant.truth;
  v.emit({
    name: "VFR_HUD",
    airspeed: Number.NaN,
    groundspeed: Math.hypot(e.northMps, e.eastMps),
    alt: e.altAmslM,
    climb: e.upMps,
    heading: Math.round(positiveDeg(eulerOf(s).yawRad)) % 360,
    throttle: Math.round(25 * (s.rotor1 + s.rotor2 + s.rotor3 + s.rotor4)),
  });
}

function emitAltitude(v: Vehicle): void {
  const { altAmslM } = v.estimate;
  v.emit({
    name: "ALTITUDE",
    timeUsec: usec(v),
    altitudeMonotonic: altAmslM,
    altitudeAmsl: altAmslM,
    altitudeLocal: relativeM(v),
    altitudeRelative: relativeM(v),
    altitudeTerrain: Number.NaN,
    bottomClearance: Number.NaN,
  });
}

export function emitHome(v: Vehicle): void {
  const { home } = v;
  if (home === undefined) return;
  v.emit({
    name: "HOME_POSITION",
    latitude: Math.round(home.latDeg * 1e7),
    longitude: Math.round(home.lonDeg * 1e7),
    altitude: Math.round((home.altAmslM + (v.armed ? v.homeJitterM : 0)) * 1000),
    q: [1, 0, 0, 0],
    timeUsec: usec(v),
  });
}

function emitEstimator(v: Vehicle): void {
  const e = v.estimate;
  v.emit({
    name: "ESTIMATOR_STATUS",
    timeUsec: usec(v),
    flags: e.flags,
    velRatio: 0.03,
    posHorizRatio: e.jumpSinceMs === undefined ? 0.02 : 1.6,
    posVertRatio: 0.01,
    magRatio: 0.06,
    posHorizAccuracy: e.accuracyM,
    posVertAccuracy: e.heightAccuracyM,
  });
}

function emitMissionCurrent(v: Vehicle): void {
  const { mission } = v.guidance;
  const total = v.plans.items("mission").length;
  const states = { idle: 2, active: 3, paused: 4, complete: 5 } as const;
  const running = v.mode === "mission" || v.mode === "takeoff" || v.mode === "land";
  v.emit({
    name: "MISSION_CURRENT",
    seq: mission.seq,
    total: total === 0 ? unknownInt16 : total,
    missionState: total === 0 || !missionReady(v) ? 1 : states[mission.state],
    missionMode: running ? 1 : 2,
    missionId: v.plans.id("mission"),
    fenceId: v.plans.id("fence"),
    rallyPointsId: v.plans.id("rally"),
  });
}

/** Repeated for ten seconds after an item was reached. */
function emitItemReached(v: Vehicle): void {
  const { reachedSeq, reachedAtMs } = v.guidance.mission;
  if (reachedSeq !== undefined && v.tMs - reachedAtMs < 10_000)
    v.emit({ name: "MISSION_ITEM_REACHED", seq: reachedSeq });
}

function emitSystemTime(v: Vehicle): void {
  v.emit({ name: "SYSTEM_TIME", timeUnixUsec: BigInt(Math.round(unixTimeMs(v))) * 1000n, timeBootMs: bootTimeMs(v) });
}

function emitPressure(v: Vehicle): void {
  const { env } = v.world;
  v.emit({
    name: "SCALED_PRESSURE",
    timeBootMs: bootTimeMs(v),
    pressAbs: pressureHpa(v.plant.truth.altAmslM, env.qnhHpa),
    temperature: Math.round(env.temperatureC * 100),
  });
}

/** Wind as the estimator would have it, only with EKF2_DRAG_CTRL 1; off by default as on PX4. */
function emitWind(v: Vehicle): void {
  if (v.params.now.EKF2_DRAG_CTRL !== 1 || v.landed === "onGround") return;
  const s = v.plant.truth;
  const mean = meanWindMps(v.world.env, Math.max(2, s.altAmslM - s.groundAmslM));
  const from = (v.world.env.wind.fromDeg * Math.PI) / 180;
  v.emit({
    name: "WIND_COV",
    timeUsec: usec(v),
    windX: -mean * Math.cos(from) + 0.3 * s.gustNorthMps,
    windY: -mean * Math.sin(from) + 0.3 * s.gustEastMps,
    windZ: Number.NaN,
    varHoriz: 0.5,
    varVert: Number.NaN,
    windAlt: v.estimate.altAmslM,
    horizAccuracy: 0.7,
    vertAccuracy: Number.NaN,
  });
}

function emitOrbit(v: Vehicle): void {
  if (v.mode !== "orbit") return;
  const o = v.guidance.orbit;
  const at = v.world.frame.toGeo(o);
  v.emit({
    name: "ORBIT_EXECUTION_STATUS",
    timeUsec: usec(v),
    radius: o.clockwise ? o.radiusM : -o.radiusM,
    frame: 0,
    x: Math.round(at.latDeg * 1e7),
    y: Math.round(at.lonDeg * 1e7),
    z: o.altAmslM,
  });
}
