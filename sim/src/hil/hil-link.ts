import { type AnyMessageInit, decodeAs, encodeFrame, FrameReader } from "@outrider/mavlink";
import {
  type AircraftType,
  type AirState,
  airStepS,
  createAirState,
  createSensorNoise,
  type RotorControls,
  responderQuad,
  stepAir,
} from "../air/index.js";
import type { AutopilotWorld } from "../autopilot/index.js";
import type { FaultSet } from "../faults/index.js";
import { emptyControls, gpsMessage, type MagneticField, sensorMessage } from "./hil-messages.js";
import { sagBattery } from "./sag-battery.js";

export type HilOptions = {
  readonly world: AutopilotWorld;
  readonly home: { readonly latDeg: number; readonly lonDeg: number };
  readonly headingDeg?: number;
  readonly seed: number;
  /** Earth's field at the site: a strength wrong by half stops PX4 from arming, a direction wrong by 8° does not. */
  readonly field: MagneticField;
  /** Bytes for the PX4 at the other end of the TCP connection. */
  readonly send: (bytes: Uint8Array) => void;
  readonly faults: FaultSet;
  /** Name by which faults address this aircraft. */
  readonly target: string;
  readonly type?: AircraftType;
};

export type HilStats = { steps: number; answers: number; unanswered: number };

const stepMs = airStepS * 1000;
/** Wall time an answer may take before the next step goes out without it. */
const patienceMs = 20;
/** PX4 says nothing in termination: after this many silent steps (100 ms) the rotors stop, or it would hang in the air. */
const silentStepsToStop = 25;
const gpsEvery = 25;
/** Sender of the simulator's frames; PX4 does not check it. */
const simulatorId = 51;

/**
 * The simulator's side of PX4's lockstep link (MAVLink HIL, TCP 4560+i; PX4 is the client). Its clock is PX4's clock:
 * it only ever goes forward, by the step, and a pause is no steps at all. One per connection: PX4 never reconnects.
 */
export class HilLink {
  readonly truth: AirState;
  readonly stats: HilStats = { steps: 0, answers: 0, unanswered: 0 };
  readonly #o: HilOptions;
  readonly #type: AircraftType;
  readonly #reader = new FrameReader({ reuseFrame: true });
  readonly #noise;
  readonly #controls: RotorControls = emptyControls();
  #armed = false;
  #seq = 0;
  #tUs = 0;
  #answeredUs = 0;
  #begun = false;
  #sentAtMs = 0;
  #silent = 0;

  constructor(options: HilOptions) {
    this.#o = options;
    this.#type = options.type ?? responderQuad;
    const at = options.world.frame.toLocal(options.home);
    const groundAmslM = options.world.env.groundAmslM(at.eastM, at.northM);
    const yawRad = ((options.headingDeg ?? 0) * Math.PI) / 180;
    this.truth = createAirState(this.#type, { ...at, groundAmslM, yawRad }, options.seed);
    this.#noise = createSensorNoise(options.seed);
  }

  /** Simulated time of this aircraft, ms since its power-up. */
  get tMs(): number {
    return this.#tUs / 1000;
  }

  /** PX4 has spoken: until then it boots, in wall time. */
  get begun(): boolean {
    return this.#begun;
  }

  /** PX4 said its rotors may turn (HIL_ACTUATOR_CONTROLS.mode bit 7). */
  get armed(): boolean {
    return this.#armed;
  }

  /** Bytes from PX4. */
  take(chunk: Uint8Array): void {
    this.#reader.push(chunk, (frame) => {
      const m = decodeAs(frame, "HIL_ACTUATOR_CONTROLS");
      if (m === undefined) return;
      this.#begun = true;
      this.#silent = 0;
      this.stats.answers++;
      this.#answeredUs = Number(m.timeUsec);
      this.#armed = (m.mode & 128) !== 0;
      const [r1 = 0, r2 = 0, r3 = 0, r4 = 0] = m.controls;
      Object.assign(this.#controls, this.#armed ? { r1, r2, r3, r4 } : emptyControls());
    });
  }

  /**
   * Steps towards simulated time `targetMs` as far as PX4 keeps up; call on every answer and every few ms. `wallMs` is
   * any growing clock: it only bounds the wait for an answer.
   */
  advance(targetMs: number, wallMs: number): void {
    while (this.tMs + stepMs <= targetMs) {
      const open = this.#begun && this.#answeredUs < this.#tUs;
      // A PX4 in termination answers nothing more: its fall keeps the pace of the run, not that of our patience.
      if (open && this.#silent < silentStepsToStop && wallMs - this.#sentAtMs < patienceMs) return;
      if (open) {
        this.stats.unanswered++;
        this.#silent++;
      }
      this.#step();
      this.#sentAtMs = wallMs;
      // One step a call until PX4 speaks: it boots by wall time.
      if (!this.#begun) return;
    }
  }

  #step(): void {
    const { faults, target, world } = this.#o;
    const s = this.truth;
    const lost = faults.find(target, "motor-loss")?.rotor;
    s.rotorHealth1 = lost === 1 ? 0 : 1;
    s.rotorHealth2 = lost === 2 ? 0 : 1;
    s.rotorHealth3 = lost === 3 ? 0 : 1;
    s.rotorHealth4 = lost === 4 ? 0 : 1;
    sagBattery(this.#type, s, faults.find(target, "battery-sag"));
    if (this.#silent >= silentStepsToStop) Object.assign(this.#controls, emptyControls());
    stepAir(this.#type, s, this.#controls, world.env, airStepS);
    this.#tUs += airStepS * 1e6;
    const step = ++this.stats.steps;
    // The fix goes before the sensors of the same step.
    if (step % gpsEvery === 1 && !faults.has(target, "gps-stop")) {
      this.#emit(gpsMessage(s, world, this.#noise, this.#tUs, gpsEvery * airStepS, faults.find(target, "gps-jump")));
    }
    this.#emit(sensorMessage(s, world, this.#noise, this.#o.field, this.#tUs, step));
  }

  #emit(message: AnyMessageInit): void {
    this.#o.send(encodeFrame(message, { sysid: simulatorId, compid: simulatorId, seq: this.#seq }));
    this.#seq = (this.#seq + 1) & 0xff;
  }
}
