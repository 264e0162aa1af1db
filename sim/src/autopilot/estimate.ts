import {
  type AirState,
  createGpsFix,
  createSensorNoise,
  type GpsFix,
  nextNormal,
  type RandomState,
  type SensorNoise,
  sampleGps,
  seedRandom,
} from "../air/index.js";
import type { FaultSet } from "../faults/index.js";
import type { EstimateError } from "./plant.js";

/** ESTIMATOR_STATUS flags as recorded: all well, gliding on without GNSS, GNSS long gone. */
const flagsWell = 0x33f;
const flagsLosing = 0x325;
const flagsBlind = 0x25;

/** Where the vehicle believes to be, and how it came to believe that. */
export type Estimate = {
  readonly error: EstimateError;
  readonly noise: SensorNoise;
  readonly random: RandomState;
  /** What the receiver measured last, before faults. */
  readonly fix: GpsFix;
  /** Latest GNSS fix in the local frame, as GPS_RAW_INT shows it. */
  gps: {
    northM: number;
    eastM: number;
    altAmslM: number;
    speedMps: number;
    courseRad: number;
    fix: 0 | 3;
    satellites: number;
  };
  gpsLostSinceMs: number | undefined;
  gpsBackSinceMs: number | undefined;
  jumpSinceMs: number | undefined;
  /** Error that a believed false position has put into the estimate. */
  believedNorthM: number;
  believedEastM: number;
  believedUpM: number;
  positionValid: boolean;
  readySinceMs: number | undefined;
  accuracyM: number;
  heightAccuracyM: number;
  flags: number;
  northM: number;
  eastM: number;
  altAmslM: number;
  northMps: number;
  eastMps: number;
  upMps: number;
};

export function createEstimate(seed: number, at: AirState): Estimate {
  return {
    error: { northM: 0, eastM: 0, upM: 0, northMps: 0, eastMps: 0, upMps: 0 },
    noise: createSensorNoise(seed),
    random: seedRandom(seed, 31),
    fix: createGpsFix(),
    gps: {
      northM: at.northM,
      eastM: at.eastM,
      altAmslM: at.altAmslM,
      speedMps: 0,
      courseRad: 0,
      fix: 0,
      satellites: 0,
    },
    gpsLostSinceMs: undefined,
    gpsBackSinceMs: undefined,
    jumpSinceMs: undefined,
    believedNorthM: 0,
    believedEastM: 0,
    believedUpM: 0,
    positionValid: false,
    readySinceMs: undefined,
    accuracyM: 5,
    heightAccuracyM: 5,
    flags: flagsBlind,
    northM: at.northM,
    eastM: at.eastM,
    altAmslM: at.altAmslM,
    northMps: 0,
    eastMps: 0,
    upMps: 0,
  };
}

/** Milliseconds from losing GNSS to disowning the position, and from its return to trusting it (recorded: 5.1, 2.6 s). */
const loseAfterMs = 5100;
const regainAfterMs = 2600;
/** A jumped position is refused this long, then believed without a word. */
const refuseJumpMs = 7000;

/** One 20 ms update from truth, with the faults that the receiver suffers. */
export function updateEstimate(
  e: Estimate,
  s: AirState,
  faults: FaultSet,
  uid: string,
  tMs: number,
  dtS: number,
  gpsUsed: boolean,
): void {
  const stopped = !gpsUsed || faults.has(uid, "gps-stop");
  receive(e, s, faults, uid, stopped, tMs, dtS);
  wander(e, dtS);
  believe(e, faults, uid, tMs, dtS);
  if (stopped) drift(e, tMs, dtS);
  else settle(e, tMs, dtS);
  e.northM = s.northM + e.error.northM;
  e.eastM = s.eastM + e.error.eastM;
  e.altAmslM = s.altAmslM + e.error.upM;
  e.northMps = s.northMps + e.error.northMps;
  e.eastMps = s.eastMps + e.error.eastMps;
  e.upMps = s.upMps + e.error.upMps;
}

function receive(
  e: Estimate,
  s: AirState,
  faults: FaultSet,
  uid: string,
  stopped: boolean,
  tMs: number,
  dtS: number,
): void {
  if (stopped) {
    e.gps.fix = 0;
    e.gps.satellites = 0;
    e.gpsLostSinceMs ??= tMs;
    e.gpsBackSinceMs = undefined;
    return;
  }
  if (e.gps.fix === 0) e.gpsBackSinceMs = tMs;
  e.gpsLostSinceMs = undefined;
  const fix = sampleGps(s, e.noise, dtS, e.fix);
  const jump = faults.find(uid, "gps-jump");
  e.gps.northM = fix.northM + (jump?.northM ?? 0);
  e.gps.eastM = fix.eastM + (jump?.eastM ?? 0);
  e.gps.altAmslM = fix.altAmslM + (jump?.upM ?? 0);
  e.gps.speedMps = Math.sqrt(fix.northMps * fix.northMps + fix.eastMps * fix.eastMps);
  e.gps.courseRad = Math.atan2(fix.eastMps, fix.northMps);
  e.gps.fix = 3;
  e.gps.satellites = fix.satellites;
}

/** Correlated error of a healthy estimator: measured sd 0.27 m north, 0.22 east, 0.35 up, 0.03 m/s. */
function wander(e: Estimate, dtS: number): void {
  const keep = Math.max(0, 1 - dtS / 15);
  const drive = Math.sqrt(1 - keep * keep);
  const { error, random } = e;
  error.northM = keep * (error.northM - e.believedNorthM) + drive * 0.25 * nextNormal(random) + e.believedNorthM;
  error.eastM = keep * (error.eastM - e.believedEastM) + drive * 0.25 * nextNormal(random) + e.believedEastM;
  error.upM = keep * (error.upM - e.believedUpM) + drive * 0.3 * nextNormal(random) + e.believedUpM;
}

/** A position jump is rejected for seven seconds, then flown to as if it were true. */
function believe(e: Estimate, faults: FaultSet, uid: string, tMs: number, dtS: number): void {
  const jump = faults.find(uid, "gps-jump");
  const north = jump?.northM ?? 0;
  const east = jump?.eastM ?? 0;
  const up = jump?.upM ?? 0;
  const away = Math.hypot(north - e.believedNorthM, east - e.believedEastM, up - e.believedUpM);
  if (away < 0.05) {
    e.jumpSinceMs = undefined;
    return;
  }
  e.jumpSinceMs ??= tMs;
  // Small steps pass the innovation gate at once; a slow spoof is never noticed.
  if (away > 8 && tMs - e.jumpSinceMs < refuseJumpMs) return;
  e.jumpSinceMs = Math.min(e.jumpSinceMs, tMs - refuseJumpMs);
  const share = Math.min(1, dtS / 0.4);
  move(e, (north - e.believedNorthM) * share, (east - e.believedEastM) * share, (up - e.believedUpM) * share);
}

function move(e: Estimate, north: number, east: number, up: number): void {
  e.believedNorthM += north;
  e.believedEastM += east;
  e.believedUpM += up;
  e.error.northM += north;
  e.error.eastM += east;
  e.error.upM += up;
}

function drift(e: Estimate, tMs: number, dtS: number): void {
  const lostMs = tMs - (e.gpsLostSinceMs ?? tMs);
  const { error, random } = e;
  error.northMps += 0.05 * Math.sqrt(dtS) * nextNormal(random);
  error.eastMps += 0.05 * Math.sqrt(dtS) * nextNormal(random);
  move(e, error.northMps * dtS, error.eastMps * dtS, 0);
  // Recorded: 0.3 m at the loss, 3 m when it gives up, 20 m after 21 s.
  const lostS = lostMs / 1000;
  e.accuracyM = 0.3 + 0.28 * lostS + 0.031 * lostS * lostS;
  e.flags = lostMs > 7000 ? flagsBlind : lostMs > loseAfterMs ? flagsLosing : flagsWell;
  if (lostMs > loseAfterMs) e.positionValid = false;
}

function settle(e: Estimate, tMs: number, dtS: number): void {
  const { error } = e;
  const keep = Math.max(0, 1 - dtS / 0.5);
  error.northMps *= keep;
  error.eastMps *= keep;
  if (e.positionValid) {
    e.accuracyM += (0.29 - e.accuracyM) * Math.min(1, dtS);
    e.heightAccuracyM = 0.4;
    e.flags = flagsWell;
    return;
  }
  if (tMs - (e.gpsBackSinceMs ?? tMs) < regainAfterMs) return;
  e.positionValid = true;
  e.accuracyM = 0.35;
  error.northM = error.eastM = 0;
  e.believedNorthM = e.believedEastM = e.believedUpM = 0;
}
