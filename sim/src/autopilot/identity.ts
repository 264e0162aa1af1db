import { eulerOf } from "../air/index.js";
import { customModeOf, modeLabel, settableModes, standardModeOf } from "./modes.js";
import type { Vehicle } from "./vehicle.js";

/** MISSION_FLOAT, PARAM_FLOAT, MISSION_INT, COMMAND_INT, bytewise parameters, MAVLink 2, fence, rally and more. */
const capabilities = 0xe8ffn;
/** 1.17.0 alpha. */
const firmwareVersion = 0x01110040;
/** Seconds from 1970 to 2019: remote ID counts from there. */
const remoteIdEpochS = 1_546_300_800;

/** AUTOPILOT_VERSION: identity is uid2, never the sysid. */
export function emitIdentity(v: Vehicle): void {
  const hash = [0, 0, 0, 147, 131, 85, 10, 167];
  v.emit({
    name: "AUTOPILOT_VERSION",
    capabilities,
    uid: new DataView(v.uid2.buffer, v.uid2.byteOffset).getBigUint64(0),
    uid2: v.uid2,
    flightSwVersion: firmwareVersion,
    middlewareSwVersion: firmwareVersion,
    osSwVersion: 101_854_463,
    boardVersion: 1,
    flightCustomVersion: hash,
    middlewareCustomVersion: hash,
  });
}

/** AVAILABLE_MODES: param2 0 sends all, else one by its index from 1. */
export function emitAvailableModes(v: Vehicle, index: number): void {
  for (const [i, mode] of settableModes.entries()) {
    if (index !== 0 && index !== i + 1) continue;
    v.emit({
      name: "AVAILABLE_MODES",
      numberModes: settableModes.length,
      modeIndex: i + 1,
      standardMode: standardModeOf(mode),
      customMode: customModeOf(mode),
      properties: mode === "manual" || mode === "offboard" ? 1 : 0,
      modeName: modeLabel(mode),
    });
  }
}

export function emitOpenDroneBasicId(v: Vehicle): void {
  const serial = Array.from(`SIM${v.uid}`.slice(0, 20), (letter) => letter.charCodeAt(0));
  v.emit({ name: "OPEN_DRONE_ID_BASIC_ID", idType: 1, uaType: 2, uasId: serial });
}

export function emitOpenDroneLocation(v: Vehicle): void {
  const e = v.estimate;
  const at = v.world.frame.toGeo(e);
  const speed = Math.hypot(e.northMps, e.eastMps);
  const course = speed < 0.3 ? eulerOf(v.plant.truth).yawRad : Math.atan2(e.eastMps, e.northMps);
  const direction = Math.round((((course * 180) / Math.PI + 360) % 360) * 100) % 36_000;
  const unixS = (v.world.epochUnixMs + v.tMs) / 1000;
  v.emit({
    name: "OPEN_DRONE_ID_LOCATION",
    status: v.armed && v.landed !== "onGround" ? 2 : 1,
    direction,
    speedHorizontal: Math.min(25_425, Math.round(speed * 100)),
    speedVertical: Math.round(e.upMps * 100),
    latitude: e.positionValid ? Math.round(at.latDeg * 1e7) : 0,
    longitude: e.positionValid ? Math.round(at.lonDeg * 1e7) : 0,
    altitudeBarometric: e.altAmslM,
    altitudeGeodetic: e.altAmslM + v.world.geoidUndulationM,
    heightReference: 0,
    height: e.altAmslM - (v.home?.altAmslM ?? e.altAmslM),
    horizontalAccuracy: 11,
    verticalAccuracy: 4,
    barometerAccuracy: 3,
    speedAccuracy: 3,
    timestamp: unixS % 3600,
    timestampAccuracy: 1,
  });
}

export function emitOpenDroneSystem(v: Vehicle): void {
  const { home } = v;
  v.emit({
    name: "OPEN_DRONE_ID_SYSTEM",
    operatorLocationType: 0,
    classificationType: 0,
    operatorLatitude: Math.round((home?.latDeg ?? 0) * 1e7),
    operatorLongitude: Math.round((home?.lonDeg ?? 0) * 1e7),
    areaCount: 1,
    areaRadius: 0,
    areaCeiling: -1000,
    areaFloor: -1000,
    operatorAltitudeGeo: home === undefined ? -1000 : home.altAmslM + v.world.geoidUndulationM,
    timestamp: Math.max(0, Math.floor((v.world.epochUnixMs + v.tMs) / 1000) - remoteIdEpochS),
  });
}
