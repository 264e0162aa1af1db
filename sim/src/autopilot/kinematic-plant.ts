import { type AircraftType, type AirState, gravityMps2, hoverControl, refreshAirAndPower } from "../air/index.js";
import { type EstimateError, type Plant, type PlantSetpoint, turnRad } from "./plant.js";
import type { AutopilotWorld } from "./world.js";

const stepS = 0.02;
/** With a rotor dead it rolls as the physics does, 15° to 60° in 0.3 s, onto its back, and lies there. */
const overRps = 2.6;
const overRad = 2.6;

/**
 * A point that follows its set-point as well as air speed allows, with the tilt and power that this would take: for
 * storms and long scenarios. Same autopilot, same truth, about a fiftieth of the cost. A lost rotor turns it over and
 * makes it fall.
 */
export class KinematicPlant implements Plant {
  readonly stepMs = stepS * 1000;
  readonly truth: AirState;
  /** Its `env` is read at every step: wind and weather change while it flies. */
  readonly #world: Pick<AutopilotWorld, "env">;
  readonly #type: AircraftType;
  #lagM = 0;
  #yawRad: number;
  #rolledRad = 0;

  constructor(type: AircraftType, truth: AirState, world: Pick<AutopilotWorld, "env">, yawRad: number) {
    this.#type = type;
    this.truth = truth;
    this.#world = world;
    this.#yawRad = yawRad;
  }

  lagM(): number {
    return this.#lagM;
  }

  step(sp: PlantSetpoint, error: EstimateError): void {
    const s = this.truth;
    s.tS += stepS;
    if (--s.stepsToSlow <= 0) {
      s.stepsToSlow = 5;
      refreshAirAndPower(this.#type, s, this.#world.env, stepS * 5);
    }
    const whole = s.rotorHealth1 > 0.3 && s.rotorHealth2 > 0.3 && s.rotorHealth3 > 0.3 && s.rotorHealth4 > 0.3;
    const flying = (sp.kind === "track" || sp.kind === "level") && whole;
    const n0 = s.northMps;
    const e0 = s.eastMps;
    if (whole) this.#rolledRad = 0;
    else if (sp.kind !== "off" && !s.inContact) this.#turnOver();
    if (flying) this.#follow(sp, error);
    else this.#fall(sp.kind === "idle" ? 0.05 : 0);
    s.northM += s.northMps * stepS;
    s.eastM += s.eastMps * stepS;
    s.altAmslM += s.upMps * stepS;
    this.#touch();
    if (flying) this.#lean((s.northMps - n0) / stepS, (s.eastMps - e0) / stepS);
  }

  #follow(sp: PlantSetpoint, error: EstimateError): void {
    const s = this.truth;
    const level = sp.kind === "level";
    const missN = level ? 0 : sp.northM - (s.northM + error.northM);
    const missE = level ? 0 : sp.eastM - (s.eastM + error.eastM);
    this.#lagM = Math.sqrt(missN * missN + missE * missE);
    const wantN = sp.northMps + 0.95 * missN;
    const wantE = sp.eastMps + 0.95 * missE;
    const most = Math.min(1, sp.mostMps / Math.max(1e-3, Math.sqrt(wantN * wantN + wantE * wantE)));
    // Blind and level it drifts with the air.
    let airN = level ? 0 : wantN * most - error.northMps - s.windNorthMps;
    let airE = level ? 0 : wantE * most - error.eastMps - s.windEastMps;
    const airspeed = Math.sqrt(airN * airN + airE * airE);
    const top = this.#type.maxMps + 2;
    if (airspeed > top) {
      airN *= top / airspeed;
      airE *= top / airspeed;
    }
    const quick = level ? 0.02 : 0.12;
    s.northMps += (airN + s.windNorthMps - s.northMps) * quick;
    s.eastMps += (airE + s.windEastMps - s.eastMps) * quick;
    const missUp = level ? 0 : sp.altAmslM - (s.altAmslM + error.upM);
    s.upMps += (sp.upMps + missUp - error.upMps - s.upMps) * 0.2;
    const turn = turnRad(this.#yawRad, sp.yawRad);
    s.yawRateRps = Math.max(-1.1, Math.min(1.1, 3 * turn));
    this.#yawRad += s.yawRateRps * stepS;
  }

  #fall(rotor: number): void {
    const s = this.truth;
    s.rotor1 = s.rotor2 = s.rotor3 = s.rotor4 = rotor;
    s.yawRateRps = 0;
    this.#lagM = 0;
    if (s.inContact) {
      s.northMps = s.eastMps = s.upMps = 0;
      return;
    }
    s.upMps = Math.max(-30, s.upMps - gravityMps2 * stepS * (1 - (s.upMps * s.upMps) / 900));
    s.northMps *= 0.995;
    s.eastMps *= 0.995;
  }

  #turnOver(): void {
    const s = this.truth;
    this.#rolledRad = Math.min(overRad, this.#rolledRad + overRps * stepS);
    const roll = this.#rolledRad / 2;
    const yaw = this.#yawRad / 2;
    s.qw = Math.cos(yaw) * Math.cos(roll);
    s.qx = Math.cos(yaw) * Math.sin(roll);
    s.qy = Math.sin(yaw) * Math.sin(roll);
    s.qz = Math.sin(yaw) * Math.cos(roll);
  }

  #touch(): void {
    const s = this.truth;
    const standM = this.#type.legM;
    const rests = s.inContact && s.northMps === 0 && s.eastMps === 0;
    if (!rests && s.altAmslM - s.groundAmslM < 5) s.groundAmslM = this.#world.env.groundAmslM(s.eastM, s.northM);
    const depthM = s.groundAmslM + standM - s.altAmslM;
    if (depthM < 0) {
      s.inContact = false;
      return;
    }
    if (!s.inContact && s.upMps < -1) s.impactMps = Math.max(s.impactMps, -s.upMps);
    s.inContact = true;
    s.altAmslM += depthM;
    s.upMps = Math.max(0, s.upMps);
    s.northMps = s.eastMps = 0;
  }

  /** Attitude and rotors from the force that the motion takes: acceleration plus drag. */
  #lean(accN: number, accE: number): void {
    const s = this.truth;
    const airN = s.northMps - s.windNorthMps;
    const airE = s.eastMps - s.windEastMps;
    const airspeed = Math.sqrt(airN * airN + airE * airE);
    const drag = (this.#type.linearDrag + 0.6 * this.#type.dragAreaM2 * airspeed) / this.#type.massKg;
    const n = accN + drag * airN;
    const e = accE + drag * airE;
    const total = Math.sqrt(n * n + e * e + gravityMps2 * gravityMps2);
    const w = Math.sqrt((1 + gravityMps2 / total) / 2);
    const x = e / total / (2 * w);
    const y = -n / total / (2 * w);
    const cy = Math.cos(this.#yawRad / 2);
    const sy = Math.sin(this.#yawRad / 2);
    s.qw = w * cy;
    s.qx = x * cy + y * sy;
    s.qy = y * cy - x * sy;
    s.qz = w * sy;
    const rotor = Math.min(1, (hoverControl(this.#type, s.densityKgM3) * total) / gravityMps2);
    s.rotor1 = s.rotor2 = s.rotor3 = s.rotor4 = rotor;
  }
}
