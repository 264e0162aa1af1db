import { type AnyMessageInit, decode, encodeFrame, FrameReader, type MessageOf } from "@outrider/mavlink";

export type StrictPx4Options = {
  readonly send: (bytes: Uint8Array) => void;
  /** Motor controls while armed; zero before. */
  readonly controls?: () => number;
};

const stepUs = 4_000;
/** Steps in which the real one boots before it answers for the first time. */
const bootSteps = 16;
/** Wall time without a step after which it calls the simulator dead. */
const patienceMs = 1_000;
/** Time of sensors without news after which it calls them dead, as PX4 does (`TIMEOUT`). */
const staleUs = 1_000_000;
/** A simulator that sends ahead of the answer is not in lockstep; PX4 loses steps then. */
const answerWithinMs = 20;
const groups = { imu: 0x3f, mag: 0x1c0, baro: 0x1a00 } as const;
type Group = keyof typeof groups | "gps";

/**
 * A stand-in for PX4 at the other end of the simulator link that is harder to please than the real one: order, step,
 * rates, noise and clock of what the simulator sends are checked, and every breach is a line in `problems`. Pure: the
 * owner carries its bytes and tells the wall time.
 */
export class StrictPx4 {
  readonly problems: string[] = [];
  steps = 0;
  answers = 0;
  fixes = 0;
  armed = false;
  /** Answers nothing while this is set, as PX4 in termination. */
  silent = false;
  timedOut = false;
  readonly #o: StrictPx4Options;
  readonly #reader = new FrameReader();
  readonly #seen = new Map<Group, number>();
  readonly #accels = new Set<number>();
  #tUs = 0;
  #fixUs: number | undefined;
  #seq = 0;
  #lastStepMs: number;
  #openSinceMs: number | undefined;

  constructor(options: StrictPx4Options, wallMs: number) {
    this.#o = options;
    this.#lastStepMs = wallMs;
    // What the real one says at once, and never again.
    this.#say({ name: "COMMAND_LONG", command: 511, param1: 115, param2: 5000 });
    this.#say({ name: "HEARTBEAT", type: 0, autopilot: 12, mavlinkVersion: 3 });
  }

  /** Bytes of the simulator. */
  take(bytes: Uint8Array, wallMs: number): void {
    this.#reader.push(bytes, (frame) => {
      const heard = decode(frame);
      if (heard === undefined) return this.#bad(`message ${frame.msgid} is none of the dialect`);
      if (heard.name === "HIL_SENSOR") this.#sensor(heard, wallMs);
      else if (heard.name === "HIL_GPS") this.#fix(heard);
      else this.#bad(`${heard.name} is not expected from a simulator`);
    });
  }

  /** Called now and then: a simulator that sends nothing is dead. */
  tick(wallMs: number): void {
    if (this.timedOut || wallMs - this.#lastStepMs <= patienceMs) return;
    this.timedOut = true;
    this.#bad(`no HIL_SENSOR for ${wallMs - this.#lastStepMs} ms`);
  }

  #sensor(m: MessageOf<"HIL_SENSOR">, wallMs: number): void {
    const tUs = Number(m.timeUsec);
    this.#lastStepMs = wallMs;
    if (this.steps === 0 && tUs > 1_000_000) this.#bad(`the clock starts at ${tUs} us, not near zero`);
    if (this.steps > 0 && tUs - this.#tUs !== stepUs) this.#bad(`a step of ${tUs - this.#tUs} us at ${tUs}`);
    if (this.#openSinceMs !== undefined && wallMs - this.#openSinceMs < answerWithinMs)
      this.#bad(`step ${tUs} before the answer to ${this.#tUs}`);
    if (this.#fixUs !== undefined && this.#fixUs !== tUs) this.#bad(`HIL_GPS of ${this.#fixUs} before step ${tUs}`);
    this.#fixUs = undefined;
    this.#tUs = tUs;
    this.steps++;
    this.#groups(m);
    this.#fresh();
    if (this.steps > bootSteps) this.#answer(wallMs);
  }

  #groups(m: MessageOf<"HIL_SENSOR">): void {
    if (m.id !== 0) this.#bad(`sensor ${m.id} does not drive the clock`);
    for (const [name, bits] of Object.entries(groups)) {
      const has = m.fieldsUpdated & bits;
      if (has === bits) this.#seen.set(name as keyof typeof groups, this.#tUs);
      else if (has !== 0) this.#bad(`${name} with ${has.toString(16)} of ${bits.toString(16)} counts as nothing`);
    }
    if ((m.fieldsUpdated & groups.imu) !== groups.imu) this.#bad(`step ${this.#tUs} without inertial sensors`);
    if ((m.fieldsUpdated & groups.baro) === groups.baro && (m.absPressure < 300 || m.absPressure > 1_100))
      this.#bad(`${m.absPressure} is no pressure in hPa`);
    this.#accels.add(m.zacc);
    if (this.steps % 250 === 0) {
      if (this.#accels.size < 20) this.#bad(`only ${this.#accels.size} accelerations in 250 steps: STALE`);
      this.#accels.clear();
    }
  }

  #fix(m: MessageOf<"HIL_GPS">): void {
    this.fixes++;
    this.#fixUs = Number(m.timeUsec);
    this.#seen.set("gps", this.#fixUs);
    if (this.#fixUs <= this.#tUs) this.#bad(`HIL_GPS of ${this.#fixUs} after its step`);
    if (m.fixType === 3 && (m.eph > 500 || m.satellitesVisible < 6)) this.#bad("a fix that nobody would fly with");
  }

  /** A constant or missing sensor is a dead one: mag and baro within a second, GNSS too. */
  #fresh(): void {
    for (const name of ["mag", "baro", "gps"] as const) {
      const ageUs = this.#tUs - (this.#seen.get(name) ?? 0);
      if (ageUs <= staleUs) continue;
      this.#bad(`${name} TIMEOUT`);
      this.#seen.set(name, this.#tUs);
    }
  }

  #answer(wallMs: number): void {
    if (this.silent) {
      this.#openSinceMs = wallMs;
      return;
    }
    this.#openSinceMs = undefined;
    this.answers++;
    const u = this.armed ? (this.#o.controls?.() ?? 0) : 0;
    this.#say({
      name: "HIL_ACTUATOR_CONTROLS",
      timeUsec: BigInt(this.#tUs),
      mode: this.armed ? 129 : 1,
      flags: 1n,
      controls: [u, u, u, u, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    });
  }

  #bad(problem: string): void {
    if (this.problems.length < 50) this.problems.push(problem);
  }

  #say(message: AnyMessageInit): void {
    this.#o.send(encodeFrame(message, { sysid: 1, compid: 1, seq: this.#seq }));
    this.#seq = (this.#seq + 1) & 0xff;
  }
}
