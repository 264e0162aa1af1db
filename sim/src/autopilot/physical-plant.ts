import { type AircraftType, type AirState, airStepS, gravityMps2, type RotorControls, stepAir } from "../air/index.js";
import type { EstimateError, Plant, PlantSetpoint } from "./plant.js";
import type { AutopilotWorld } from "./world.js";

/** Body attitude wanted and the thrust along it: the outer loop's output, held between its runs. */
type Attitude = { qw: number; qx: number; qy: number; qz: number; collective: number };

const outerEvery = 5;
const outerS = airStepS * outerEvery;
const positionGain = 0.95;
const heightGain = 1;
const velocityGain = 1.8;
const velocityIntegral = 0.4;
const climbGain = 4;
const climbIntegral = 2;
const attitudeGain = 6;
const rateGain = 18;
const yawGain = 2.8;
const yawRateGain = 6;
const maxTiltRad = Math.PI / 4;

/** Physics under a PX4-like cascade: position and velocity at 50 Hz, attitude and rates at 250 Hz. */
export class PhysicalPlant implements Plant {
  readonly stepMs = airStepS * 1000;
  readonly truth: AirState;
  /** Its `env` is read at every step: wind and weather change while it flies. */
  readonly #world: Pick<AutopilotWorld, "env">;
  readonly #type: AircraftType;
  readonly #attitude: Attitude = { qw: 1, qx: 0, qy: 0, qz: 0, collective: 0 };
  readonly #controls: RotorControls = { r1: 0, r2: 0, r3: 0, r4: 0 };
  #integralNorth = 0;
  #integralEast = 0;
  #integralUp = 0;
  #lagM = 0;
  #countdown = 0;

  constructor(type: AircraftType, truth: AirState, world: Pick<AutopilotWorld, "env">) {
    this.#type = type;
    this.truth = truth;
    this.#world = world;
  }

  lagM(): number {
    return this.#lagM;
  }

  step(sp: PlantSetpoint, error: EstimateError): void {
    const u = this.#controls;
    if (sp.kind === "off" || sp.kind === "idle") {
      u.r1 = u.r2 = u.r3 = u.r4 = sp.kind === "idle" ? 0.05 : 0;
      this.#integralNorth = this.#integralEast = this.#integralUp = 0;
      this.#countdown = 0;
      this.#lagM = 0;
    } else {
      if (--this.#countdown <= 0) {
        this.#countdown = outerEvery;
        this.#outer(sp, error);
      }
      this.#inner();
    }
    stepAir(this.#type, this.truth, u, this.#world.env, airStepS);
  }

  #outer(sp: PlantSetpoint, error: EstimateError): void {
    const s = this.truth;
    const level = sp.kind === "level";
    const missN = sp.northM - (s.northM + error.northM);
    const missE = sp.eastM - (s.eastM + error.eastM);
    this.#lagM = level ? 0 : Math.sqrt(missN * missN + missE * missE);
    const wantN = sp.northMps + positionGain * missN;
    const wantE = sp.eastMps + positionGain * missE;
    const most = Math.min(1, sp.mostMps / Math.max(1e-3, Math.sqrt(wantN * wantN + wantE * wantE)));
    const dvN = wantN * most - (s.northMps + error.northMps);
    const dvE = wantE * most - (s.eastMps + error.eastMps);
    const missUp = level ? 0 : sp.altAmslM - (s.altAmslM + error.upM);
    const dvUp = sp.upMps + heightGain * missUp - (s.upMps + error.upMps);
    this.#integralUp = bound(this.#integralUp + climbIntegral * dvUp * outerS, 4);
    let accN = 0;
    let accE = 0;
    if (!level) {
      this.#integralNorth = bound(this.#integralNorth + velocityIntegral * dvN * outerS, 6);
      this.#integralEast = bound(this.#integralEast + velocityIntegral * dvE * outerS, 6);
      accN = sp.northMps2 + velocityGain * dvN + this.#integralNorth;
      accE = sp.eastMps2 + velocityGain * dvE + this.#integralEast;
    }
    const accUp = Math.max(2, gravityMps2 + sp.upMps2 + climbGain * dvUp + this.#integralUp);
    this.#point(accN, accE, accUp, sp.yawRad);
  }

  /** Attitude that puts the thrust along the wanted acceleration, tilt bounded, heading kept. */
  #point(accN: number, accE: number, accUp: number, yawRad: number): void {
    const levelAcc = Math.sqrt(accN * accN + accE * accE);
    const limit = accUp * Math.tan(maxTiltRad);
    const share = levelAcc > limit ? limit / levelAcc : 1;
    const n = accN * share;
    const e = accE * share;
    const total = Math.sqrt(n * n + e * e + accUp * accUp);
    const a = this.#attitude;
    const s = this.truth;
    const perRotor = (this.#type.rotorThrustN * s.densityKgM3) / 1.225;
    a.collective = Math.min(0.95, Math.max(0.06, (total * this.#type.massKg) / (4 * perRotor)));
    // Shortest rotation that tilts straight-up thrust onto (n, e, up), after a turn to the heading.
    const w = Math.sqrt((1 + accUp / total) / 2);
    const x = e / total / (2 * w);
    const y = -n / total / (2 * w);
    const cy = Math.cos(yawRad / 2);
    const sy = Math.sin(yawRad / 2);
    a.qw = w * cy;
    a.qx = x * cy + y * sy;
    a.qy = y * cy - x * sy;
    a.qz = w * sy;
  }

  #inner(): void {
    const s = this.truth;
    const a = this.#attitude;
    // Error quaternion in body axes: conj(q) * wanted.
    let ew = s.qw * a.qw + s.qx * a.qx + s.qy * a.qy + s.qz * a.qz;
    let ex = s.qw * a.qx - s.qx * a.qw - s.qy * a.qz + s.qz * a.qy;
    let ey = s.qw * a.qy + s.qx * a.qz - s.qy * a.qw - s.qz * a.qx;
    let ez = s.qw * a.qz - s.qx * a.qy + s.qy * a.qx - s.qz * a.qw;
    if (ew < 0) {
      ew = -ew;
      ex = -ex;
      ey = -ey;
      ez = -ez;
    }
    const t = this.#type;
    const roll = t.inertiaRollKgM2 * rateGain * (bound(2 * attitudeGain * ex, 3.8) - s.rollRateRps);
    const pitch = t.inertiaPitchKgM2 * rateGain * (bound(2 * attitudeGain * ey, 3.8) - s.pitchRateRps);
    const yaw = t.inertiaYawKgM2 * yawRateGain * (bound(2 * yawGain * ez, 1.2) - s.yawRateRps);
    this.#mix(roll, pitch, yaw);
  }

  #mix(roll: number, pitch: number, yaw: number): void {
    const t = this.#type;
    const perRotor = (t.rotorThrustN * this.truth.densityKgM3) / 1.225;
    const r = bound(roll / (4 * t.armM * perRotor), 0.3);
    const p = bound(pitch / (4 * t.armM * perRotor), 0.3);
    const y = bound(yaw / (4 * t.yawTorqueM * perRotor), 0.12);
    // Attitude before climb: a saturated collective gives way, or the aircraft tumbles in a gust.
    const room = Math.abs(r) + Math.abs(p) + Math.abs(y);
    const c = Math.min(1 - room, Math.max(room, this.#attitude.collective));
    const u = this.#controls;
    u.r1 = c - r + p + y;
    u.r2 = c + r - p + y;
    u.r3 = c + r + p - y;
    u.r4 = c - r - p - y;
  }
}

function bound(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}
