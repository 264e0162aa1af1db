import type { AircraftConfig, Cancel, Clock, DatagramSocket, Datagrams, GeoPoint, Log } from "@outrider/contract";
import { type AirState, chargeOf, createAirState, eulerOf, responderQuad } from "../air/index.js";
import type { AutopilotWorld, CameraPose } from "../autopilot/index.js";
import type { FaultSet } from "../faults/index.js";
import {
  CameraComponent,
  earthFieldAt,
  GimbalDevice,
  type HilLag,
  type HilLink,
  type HilOptions,
  type Px4Parameter,
  type Px4Radio,
  Px4Technician,
} from "../hil/index.js";
import { foreignStation } from "./foreign-station.js";
import type { SimAircraft } from "./sim-aircraft.js";

/** Where one PX4 plugs in: its simulator link, and its process where the simulator starts it. */
export type Px4Seat = {
  link(): HilLink | undefined;
  peerHost(): string | undefined;
  lag(): HilLag;
  /** Starts its PX4 anew; false where somebody else has started it. */
  restart(): boolean;
  close(): void;
};

export type Px4SeatWish = Omit<HilOptions, "send"> & {
  readonly instance: number;
  readonly callSign: string;
  /** For PX4's environment at its start, where the simulator starts it. Most of them hold; the technician sees to the rest. */
  readonly parameters: readonly Px4Parameter[];
  /** The run's clock. */
  readonly runMs: () => number;
};

/** How a simulated aircraft comes by a real PX4. */
export type Px4Seats = {
  flies(callSign: string): boolean;
  take(wish: Px4SeatWish): Px4Seat;
  /** Address on which PX4's datagrams arrive. */
  readonly host: string;
  /** Port on which PX4's words to the bridge arrive, where they pass through the simulator. */
  readonly radio?: number | undefined;
};

export type Px4HostDeps = {
  readonly aircraft: AircraftConfig;
  /** Instance of PX4: its ports and its system id (one more) count from it. */
  readonly instance: number;
  readonly pad: GeoPoint;
  readonly world: AutopilotWorld;
  readonly seed: number;
  readonly parameters: readonly Px4Parameter[];
  /** Whether a MAVLink gimbal turns its camera; else that stands still and says nothing. */
  readonly gimbal: boolean;
  readonly faults: FaultSet;
  readonly datagrams: Datagrams;
  readonly seats: Px4Seats;
  /** Carries its MAVLink; left out, PX4 speaks to the bridge past the simulator. */
  readonly radio?: Px4Radio | undefined;
  readonly runMs: () => number;
  readonly log: Log;
};

/** PX4's onboard link: it listens at the first and talks to the second, plus instance. */
const apiPort = 14_580;
const apiRemotePort = 14_540;
/** The same of its link to a gimbal. */
const gimbalPort = 13_030;
const gimbalRemotePort = 13_280;
/**
 * PX4 has written what was set, and the bridge has heard it long enough to notice that its clock falls back (5 s).
 */
const restartAfterMs = 9_000;
/** How long it has not moved when it stands, rotors still turning or not: as the simulator's own autopilot counts it. */
const restMs = 3_000;
const stillMps = 0.3;
/** A camera that nothing turns is level with the horizon, ahead and down, so that an orbit sees its middle. */
const fixedPitchDeg = -45;
const hfovDeg = 64;
const vfovDeg = 38.7;

type Payload = {
  readonly gimbal: GimbalDevice;
  readonly camera: CameraComponent;
  readonly socket: DatagramSocket;
};

/** An aircraft of the simulated sky that a real PX4 flies. */
export class Px4Host implements SimAircraft {
  readonly config: AircraftConfig;
  readonly sysid: number;
  readonly ownRadio: boolean;
  readonly autopilot: SimAircraft["autopilot"];
  readonly #seat: Px4Seat;
  readonly #technician: Px4Technician;
  readonly #socket: DatagramSocket;
  readonly #payload: Payload | undefined;
  readonly #parked: AirState;
  #flown: HilLink | undefined;
  #told = false;
  #nowMs = 0;
  #restSinceMs: number | undefined;
  readonly #deps: Px4HostDeps;

  constructor(deps: Px4HostDeps) {
    this.#deps = deps;
    const { aircraft, instance, pad, world, seed } = deps;
    this.config = aircraft;
    this.ownRadio = deps.radio === undefined;
    this.sysid = instance + 1;
    const at = world.frame.toLocal(pad);
    const groundAmslM = world.env.groundAmslM(at.eastM, at.northM);
    this.#parked = createAirState(responderQuad, { ...at, groundAmslM }, seed);
    this.#seat = this.#takeSeat();
    this.#technician = new Px4Technician({
      sysid: this.sysid,
      parameters: deps.parameters,
      send: (bytes) => this.#toPx4(bytes),
      onRefused: (name, wanted, held) => this.#log("warn", "PX4 does not take a parameter", { name, wanted, held }),
    });
    this.#socket = deps.datagrams.bind(
      { port: apiRemotePort + instance, host: deps.seats.host },
      {
        onDatagram: (bytes) => this.#technician.take(bytes),
        onError: (error) =>
          this.#log("error", "PX4's onboard port: neither parameters nor battery reach it", { error: error.message }),
        onBound: () => undefined,
      },
    );
    this.#payload = deps.gimbal ? this.#mountPayload() : undefined;
    this.autopilot = this.#flownByPx4();
  }

  /** Stands: a touch of the skids is no landing, and a dock does not feel one. */
  get onGround(): boolean {
    const { truth } = this.autopilot;
    return truth.inContact && (!this.#armed || this.#nowMs - (this.#restSinceMs ?? this.#nowMs) >= restMs);
  }

  get #armed(): boolean {
    return this.#seat.link()?.armed ?? false;
  }

  lag(): HilLag {
    return this.#seat.lag();
  }

  step(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#deps.radio?.step(nowMs);
    const { inContact, northMps, eastMps, upMps } = this.autopilot.truth;
    if (!inContact || Math.hypot(northMps, eastMps, upMps) > stillMps) this.#restSinceMs = undefined;
    else this.#restSinceMs ??= nowMs;
    const link = this.#seat.link();
    if (link !== this.#flown) {
      this.#flown = link;
      this.#told = false;
      this.#technician.restart();
    }
    if (link?.begun !== true) return;
    const s = link.truth;
    this.#payload?.gimbal.step(nowMs, eulerOf(s).yawRad);
    this.#payload?.camera.step(nowMs);
    this.#technician.step(nowMs, {
      charge: chargeOf(responderQuad, s),
      cells: responderQuad.batteryCells,
      voltageV: s.voltageV,
      currentA: s.currentA,
      cellC: s.cellC,
      usedWh: s.usedWh,
    });
    if (!this.#told && this.#technician.waiting === 0) this.#prepared(link);
  }

  /**
   * What a bridge read of PX4 before a parameter was set, it believes until PX4 starts again: so it does, once, as after
   * any technician's work. Later starts find everything set.
   */
  #prepared(link: HilLink): void {
    const { instance } = this.#deps;
    const set = this.#technician.changed;
    if (set > 0 && link.tMs < restartAfterMs) return;
    this.#told = true;
    const fields = { instance, uid: this.config.uid, set };
    if (set === 0) return this.#log("info", "PX4 flies this aircraft", fields);
    if (link.armed || !this.onGround) return;
    if (this.#seat.restart()) this.#log("info", "parameters set: PX4 starts once more", fields);
    else this.#log("warn", "parameters set: start this PX4 once more, or the bridge believes the old ones", fields);
  }

  /** Where the simulator stands beside PX4's radio nobody hears it: the inject desk says so. */
  hearForeignStation(seconds: number, clock: Clock): Cancel {
    const { radio } = this.#deps;
    if (radio === undefined) return () => undefined;
    return foreignStation(seconds, clock, (bytes) => radio.hearStranger(bytes));
  }

  close(): void {
    this.#seat.close();
    this.#socket.close();
    this.#payload?.socket.close();
    this.#deps.radio?.close();
  }

  #mountPayload(): Payload {
    const { datagrams, instance, seats } = this.#deps;
    const send = (bytes: Uint8Array): void => {
      const host = this.#seat.peerHost();
      if (host !== undefined) socket.send(bytes, { host, port: gimbalPort + instance });
    };
    const gimbal = new GimbalDevice({ sysid: this.sysid, send });
    const camera = new CameraComponent({ sysid: this.sysid, hfovDeg, send });
    const socket = datagrams.bind(
      { port: gimbalRemotePort + instance, host: seats.host },
      {
        onDatagram: (bytes) => {
          gimbal.take(bytes);
          camera.take(bytes);
        },
        onError: (error) => this.#log("error", "PX4's gimbal port: nothing turns the camera", { error: error.message }),
        onBound: () => undefined,
      },
    );
    return { gimbal, camera, socket };
  }

  #takeSeat(): Px4Seat {
    const { aircraft, instance, pad, world, seed, faults, seats, runMs, parameters } = this.#deps;
    return seats.take({
      instance,
      parameters,
      callSign: aircraft.callSign,
      world,
      home: pad,
      seed,
      field: earthFieldAt(pad),
      faults,
      target: aircraft.uid,
      runMs,
    });
  }

  #flownByPx4(): SimAircraft["autopilot"] {
    const truth = (): AirState => this.#seat.link()?.truth ?? this.#parked;
    return {
      get truth() {
        return truth();
      },
      cameraPose: () => poseOf(truth(), this.#payload?.gimbal.aim),
      status: () => ({
        armed: this.#armed,
        landed: this.onGround ? "onGround" : "inAir",
        mode: this.#technician.mode,
        charge: chargeOf(responderQuad, truth()),
      }),
      charge: (wattHours) => {
        const s = truth();
        s.usedWh = Math.max(0, s.usedWh - wattHours);
      },
    };
  }

  #toPx4(bytes: Uint8Array): void {
    const host = this.#seat.peerHost();
    if (host !== undefined) this.#socket.send(bytes, { host, port: apiPort + this.#deps.instance });
  }

  #log(level: "info" | "warn" | "error", what: string, fields: Readonly<Record<string, unknown>>): void {
    this.#deps.log(level, what, { callSign: this.config.callSign, ...fields });
  }
}

function poseOf(s: AirState, aim: GimbalDevice["aim"] | undefined): CameraPose {
  const heading = (eulerOf(s).yawRad * 180) / Math.PI;
  const looks = aim ?? { headingDeg: (heading + 360) % 360, pitchDeg: fixedPitchDeg };
  return { northM: s.northM, eastM: s.eastM, altAmslM: s.altAmslM, ...looks, rollDeg: 0, hfovDeg, vfovDeg };
}
