import type { AirEnvironment } from "./environment.js";
import { pressureHpa } from "./environment.js";
import { nextNormal, type RandomState, seedRandom } from "./random.js";
import type { AirState } from "./state.js";

/** Slowly wandering errors of the sensors of one aircraft; plain data, so that it is copied with a snapshot. */
export type SensorNoise = {
  gpsNorthM: number;
  gpsEastM: number;
  gpsUpM: number;
  baroM: number;
  readonly accBias: [number, number, number];
  readonly gyroBias: [number, number, number];
  random: RandomState;
};

export function createSensorNoise(seed: number): SensorNoise {
  const random = seedRandom(seed, 23);
  const triple = (sd: number): [number, number, number] => [
    nextNormal(random) * sd,
    nextNormal(random) * sd,
    nextNormal(random) * sd,
  ];
  return { gpsNorthM: 0, gpsEastM: 0, gpsUpM: 0, baroM: 0, accBias: triple(0.02), gyroBias: triple(0.001), random };
}

export type GpsFix = {
  northM: number;
  eastM: number;
  altAmslM: number;
  northMps: number;
  eastMps: number;
  upMps: number;
  ephCm: number;
  epvCm: number;
  satellites: number;
};

export function createGpsFix(): GpsFix {
  return { northM: 0, eastM: 0, altAmslM: 0, northMps: 0, eastMps: 0, upMps: 0, ephCm: 90, epvCm: 120, satellites: 12 };
}

/**
 * A GNSS fix with correlated error (sd 0.3 m level, 0.5 m height, 0.05 m/s), advanced by `dtS` since the last.
 * @param into written and returned: a receiver that keeps one takes fixes at 50 Hz without leaving garbage
 */
export function sampleGps(s: AirState, noise: SensorNoise, dtS: number, into: GpsFix = createGpsFix()): GpsFix {
  const keep = Math.max(0, 1 - dtS / 20);
  const drive = Math.sqrt(1 - keep * keep);
  const r = noise.random;
  noise.gpsNorthM = keep * noise.gpsNorthM + drive * 0.3 * nextNormal(r);
  noise.gpsEastM = keep * noise.gpsEastM + drive * 0.3 * nextNormal(r);
  noise.gpsUpM = keep * noise.gpsUpM + drive * 0.5 * nextNormal(r);
  into.northM = s.northM + noise.gpsNorthM;
  into.eastM = s.eastM + noise.gpsEastM;
  into.altAmslM = s.altAmslM + noise.gpsUpM;
  into.northMps = s.northMps + 0.05 * nextNormal(r);
  into.eastMps = s.eastMps + 0.05 * nextNormal(r);
  into.upMps = s.upMps + 0.05 * nextNormal(r);
  return into;
}

/** Barometer: static pressure with 0.02 hPa noise and a drift of about 1 m in half an hour. */
export function sampleBaroHpa(s: AirState, env: AirEnvironment, noise: SensorNoise, dtS: number): number {
  noise.baroM += Math.sqrt(dtS / 1800) * nextNormal(noise.random);
  return pressureHpa(s.altAmslM + noise.baroM, env.qnhHpa) + 0.02 * nextNormal(noise.random);
}

export type ImuSample = { acc: [number, number, number]; gyro: [number, number, number] };

/** Inertial sample in body axes. PX4 calls noiseless sensors dead, so noise is never zero. Only the HIL link needs it. */
export function sampleImu(s: AirState, noise: SensorNoise): ImuSample {
  const r = noise.random;
  const { qw, qx, qy, qz, forceNorthMps2: n, forceEastMps2: e } = s;
  const d = -s.forceUpMps2;
  const x = (1 - 2 * (qy * qy + qz * qz)) * n + 2 * (qx * qy + qw * qz) * e + 2 * (qx * qz - qw * qy) * d;
  const y = 2 * (qx * qy - qw * qz) * n + (1 - 2 * (qx * qx + qz * qz)) * e + 2 * (qy * qz + qw * qx) * d;
  const z = 2 * (qx * qz + qw * qy) * n + 2 * (qy * qz - qw * qx) * e + (1 - 2 * (qx * qx + qy * qy)) * d;
  const [ax, ay, az] = noise.accBias;
  const [gx, gy, gz] = noise.gyroBias;
  return {
    acc: [x + ax + 0.03 * nextNormal(r), y + ay + 0.03 * nextNormal(r), z + az + 0.03 * nextNormal(r)],
    gyro: [
      s.rollRateRps + gx + 0.0015 * nextNormal(r),
      s.pitchRateRps + gy + 0.0015 * nextNormal(r),
      s.yawRateRps + gz + 0.0015 * nextNormal(r),
    ],
  };
}
