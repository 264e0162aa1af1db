import type { AnyMessageInit } from "@outrider/mavlink";
import {
  type AirState,
  nextNormal,
  type RotorControls,
  type SensorNoise,
  sampleBaroHpa,
  sampleGps,
  sampleImu,
} from "../air/index.js";
import type { AutopilotWorld } from "../autopilot/index.js";
import type { FaultOf } from "../faults/index.js";

export type MagneticField = {
  readonly declinationDeg: number;
  readonly inclinationDeg: number;
  readonly gauss: number;
};

/** HIL_SENSOR.fields_updated: a group counts only with all of its bits. */
const imuFields = 0x3f;
const magFields = 0x1c0;
const baroFields = 0x1a00;
const magEvery = 4;
const baroEvery = 5;

export function emptyControls(): RotorControls {
  return { r1: 0, r2: 0, r3: 0, r4: 0 };
}

/** HIL_SENSOR of one 4 ms step: inertial always, compass at 62.5 Hz, barometer at 50 Hz. */
export function sensorMessage(
  s: AirState,
  world: AutopilotWorld,
  noise: SensorNoise,
  field: MagneticField,
  tUs: number,
  step: number,
): AnyMessageInit {
  const { acc, gyro } = sampleImu(s, noise);
  const withMag = step % magEvery === 0 || step === 1;
  const withBaro = step % baroEvery === 0 || step === 1;
  const mag = withMag ? magnetic(s, field, noise) : [0, 0, 0];
  const hPa = withBaro ? sampleBaroHpa(s, world.env, noise, 0.02) : 0;
  return {
    name: "HIL_SENSOR",
    timeUsec: BigInt(tUs),
    xacc: acc[0],
    yacc: acc[1],
    zacc: acc[2],
    xgyro: gyro[0],
    ygyro: gyro[1],
    zgyro: gyro[2],
    xmag: mag[0],
    ymag: mag[1],
    zmag: mag[2],
    absPressure: hPa,
    diffPressure: 0,
    pressureAlt: withBaro ? s.altAmslM : 0,
    temperature: world.env.temperatureC,
    fieldsUpdated: imuFields | (withMag ? magFields : 0) | (withBaro ? baroFields : 0),
    id: 0,
  };
}

/** Earth's field in body axes with the noise that keeps PX4 from calling the compass dead. */
function magnetic(s: AirState, field: MagneticField, noise: SensorNoise): [number, number, number] {
  const level = field.gauss * Math.cos((field.inclinationDeg * Math.PI) / 180);
  const n = level * Math.cos((field.declinationDeg * Math.PI) / 180);
  const e = level * Math.sin((field.declinationDeg * Math.PI) / 180);
  const d = field.gauss * Math.sin((field.inclinationDeg * Math.PI) / 180);
  const { qw, qx, qy, qz } = s;
  const wobble = () => 0.0008 * nextNormal(noise.random);
  return [
    (1 - 2 * (qy * qy + qz * qz)) * n + 2 * (qx * qy + qw * qz) * e + 2 * (qx * qz - qw * qy) * d + wobble(),
    2 * (qx * qy - qw * qz) * n + (1 - 2 * (qx * qx + qz * qz)) * e + 2 * (qy * qz + qw * qx) * d + wobble(),
    2 * (qx * qz + qw * qy) * n + 2 * (qy * qz - qw * qx) * e + (1 - 2 * (qx * qx + qy * qy)) * d + wobble(),
  ];
}

/** HIL_GPS: height AMSL, eph and epv in centimetres as PX4 reads them. */
export function gpsMessage(
  s: AirState,
  world: AutopilotWorld,
  noise: SensorNoise,
  tUs: number,
  dtS: number,
  jump: FaultOf<"gps-jump"> | undefined,
): AnyMessageInit {
  const fix = sampleGps(s, noise, dtS);
  const at = world.frame.toGeo({ northM: fix.northM + (jump?.northM ?? 0), eastM: fix.eastM + (jump?.eastM ?? 0) });
  const speed = Math.hypot(fix.northMps, fix.eastMps);
  const course = ((Math.atan2(fix.eastMps, fix.northMps) * 180) / Math.PI + 360) % 360;
  return {
    name: "HIL_GPS",
    timeUsec: BigInt(tUs),
    fixType: 3,
    lat: Math.round(at.latDeg * 1e7),
    lon: Math.round(at.lonDeg * 1e7),
    alt: Math.round((fix.altAmslM + (jump?.upM ?? 0)) * 1000),
    eph: fix.ephCm,
    epv: fix.epvCm,
    vel: Math.round(speed * 100),
    vn: Math.round(fix.northMps * 100),
    ve: Math.round(fix.eastMps * 100),
    vd: Math.round(-fix.upMps * 100),
    cog: speed < 0.5 ? 65535 : Math.round(course * 100) % 36_000,
    satellitesVisible: fix.satellites,
    id: 0,
  };
}
