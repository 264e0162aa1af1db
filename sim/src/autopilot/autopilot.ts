import { type AnyMessageInit, FrameEncoder } from "@outrider/mavlink";
import { type AircraftType, type AirState, createAirState, responderQuad } from "../air/index.js";
import { FaultSet } from "../faults/index.js";
import { disarm } from "./arming.js";
import { type CameraPose, cameraPose, createCamera } from "./camera.js";
import { createEstimate, updateEstimate } from "./estimate.js";
import { EventLog } from "./event-log.js";
import { eventOfWords } from "./event-table.js";
import { checkFailsafes, createFailsafe } from "./failsafe.js";
import { createFence, refreshFence } from "./fence.js";
import { FlightLogs } from "./flight-log.js";
import { createGimbal, moveGimbal } from "./gimbal.js";
import { createGuidance, guide } from "./guidance.js";
import { newHealthReport } from "./health-report.js";
import { Inbox } from "./inbox.js";
import { KinematicPlant } from "./kinematic-plant.js";
import type { FlightMode } from "./modes.js";
import { ParamStore } from "./params.js";
import { PhysicalPlant } from "./physical-plant.js";
import { PlanProtocol } from "./plan-protocol.js";
import { PlanStore } from "./plan-store.js";
import { createSetpoint } from "./plant.js";
import { statusTexts } from "./status-text.js";
import { Streams } from "./streams.js";
import { addTelemetry } from "./telemetry.js";
import { createLimits, createTrajectory } from "./trajectory.js";
import { keepUp } from "./upkeep.js";
import type { Landed, Vehicle } from "./vehicle.js";
import type { AutopilotWorld } from "./world.js";

export type AutopilotOptions = {
  readonly sysid: number;
  /** AUTOPILOT_VERSION.uid2 as up to 36 hex digits; also the name by which faults address this vehicle. */
  readonly uid2: string;
  /** Where it stands at power-up. Its height is the world's ground there. */
  readonly home: { readonly latDeg: number; readonly lonDeg: number };
  readonly world: AutopilotWorld;
  readonly seed: number;
  /** Called with each frame to send; `peerId` is the partner, or `firstPeer` before there is one. */
  readonly send: (bytes: Uint8Array, peerId: string) => void;
  readonly params?: Readonly<Record<string, number>>;
  readonly faults?: FaultSet;
  readonly type?: AircraftType;
  readonly headingDeg?: number;
  /** Run time of power-up, ms; default 0. */
  readonly bootMs?: number;
  /** Whom it talks to before anybody spoke (PX4: 127.0.0.1:14550). */
  readonly firstPeer?: string;
  /** Cheap kinematics at 50 Hz in place of 250 Hz physics. */
  readonly lowFidelity?: boolean;
  /** Share of the battery already used, 0…1. */
  readonly used?: number;
  readonly videoPort?: number;
  /** RTSP address of its heat picture, told as its second stream. */
  readonly heatUri?: string | undefined;
  /** 154 a MAVLink gimbal (default), 1 one on the autopilot's outputs. */
  readonly gimbalDeviceId?: number;
};

export type AutopilotStatus = {
  readonly armed: boolean;
  readonly mode: FlightMode;
  readonly landed: Landed;
  readonly failsafe: string | undefined;
  readonly charge: number;
  readonly ready: boolean;
};

export type Autopilot = {
  readonly uid: string;
  /** Advances to run time `tMs` in fixed steps; never backwards, and what is less than a step waits. */
  step(tMs: number): void;
  /** One datagram from a peer. The first peer to speak is talked to for ever; others are obeyed and get no answer. */
  onDatagram(bytes: Uint8Array, peerId: string): void;
  /** The truth, live: for cameras, scores and the trainer's desk. Never for the product. */
  readonly truth: AirState;
  cameraPose(): CameraPose;
  status(): AutopilotStatus;
  /** Charging in the dock: puts energy back. */
  charge(wattHours: number): void;
  /** Carried back to where it stood at power-up, repaired and disarmed: what a trainer does after a crash. */
  putOnPad(): void;
};

/** How often guidance, estimate and telemetry run. */
const tickMs = 20;
const failsafeTicks = 5;
/** Ticks in one at low fidelity: guidance and estimate run at 10 Hz, the body still at its own step between them. */
const coarseTicks = 5;
/** And while it stands disarmed, where nothing moves. What it is told it still answers at once. */
const parkedTicks = 25;
/** STATUSTEXT is sent only while a ground station's heartbeat is fresh. */
const statusTextGcsMs = 2500;

/** One PX4-mannered multirotor behind MAVLink 2 datagrams. Deterministic in its seed, its inputs and their times. */
export function createAutopilot(options: AutopilotOptions): Autopilot {
  const bootMs = options.bootMs ?? 0;
  const link = createLink(options, () => v);
  const v: Vehicle = createVehicle(options, bootMs, link.emit);
  const streams = new Streams(v, options.lowFidelity === true);
  addTelemetry(streams, bootMs);
  const plans = new PlanProtocol(v);
  const inbox = new Inbox(v, streams, plans);
  const plantSteps = Math.round(tickMs / v.plant.stepMs);
  const together = (): number => {
    if (options.lowFidelity !== true) return 1;
    return v.armed || !v.plant.truth.inContact ? coarseTicks : parkedTicks;
  };
  let ticks = 0;

  const tick = (taken: number): void => {
    ticks += taken;
    v.tMs = bootMs + ticks * tickMs;
    const dtMs = taken * tickMs;
    const dtS = dtMs / 1000;
    updateEstimate(v.estimate, v.plant.truth, v.faults, v.uid, v.tMs, dtS, v.params.now.SIM_GPS_USED > 0);
    keepUp(v, dtMs);
    if (ticks % failsafeTicks === 0) {
      refreshFence(v);
      checkFailsafes(v);
    }
    guide(v, dtS);
    if (taken === 1) for (let i = 0; i < plantSteps; i++) v.plant.step(v.setpoint, v.estimate.error);
    else stepPlant(v, plantSteps * taken);
    moveGimbal(v, dtS);
    plans.step();
    for (let i = 0; i < taken; i++) inbox.step();
    streams.step();
  };

  return {
    uid: v.uid,
    step(tMs) {
      if (tMs - (bootMs + ticks * tickMs) > 3_600_000)
        throw new RangeError(`step of over an hour to ${tMs}: give bootMs, the run time of power-up`);
      for (let taken = together(); bootMs + (ticks + taken) * tickMs <= tMs; taken = together()) tick(taken);
    },
    onDatagram(bytes, peerId) {
      link.heard(peerId);
      inbox.take(bytes);
    },
    truth: v.plant.truth,
    cameraPose: () => cameraPose(v),
    status: () => ({
      armed: v.armed,
      mode: v.mode,
      landed: v.landed,
      failsafe: v.failsafe.active,
      charge: v.charge,
      ready: v.ready,
    }),
    charge(wattHours) {
      const s = v.plant.truth;
      s.usedWh = Math.max(0, s.usedWh - wattHours);
    },
    putOnPad() {
      const { usedWh, cellC, gusts } = v.plant.truth;
      Object.assign(v.plant.truth, createTruth(options, v.type), { usedWh, cellC, gusts, tS: v.plant.truth.tS });
      v.terminated = false;
      if (v.armed) disarm(v, "external command");
      v.mode = v.userMode = v.restMode = "loiter";
    },
  };
}

/** The set-point is where to be at the end of the tick: between, it moves there with its speed. */
function stepPlant(v: Vehicle, steps: number): void {
  const { plant, setpoint: sp, estimate } = v;
  const stepS = plant.stepMs / 1000;
  const moves = sp.kind === "track";
  const { northM, eastM, altAmslM } = sp;
  for (let left = steps - 1; left >= 0; left--) {
    if (moves) {
      sp.northM = northM - sp.northMps * stepS * left;
      sp.eastM = eastM - sp.eastMps * stepS * left;
      sp.altAmslM = altAmslM - sp.upMps * stepS * left;
    }
    plant.step(sp, estimate.error);
  }
}

function createLink(options: AutopilotOptions, vehicle: () => Vehicle) {
  const encoder = new FrameEncoder();
  const seqs = new Map<number, number>();
  let partner: string | undefined;
  const emit = (message: AnyMessageInit, compid = 1): void => {
    const v = vehicle();
    const seq = seqs.get(compid) ?? 0;
    seqs.set(compid, (seq + 1) & 0xff);
    const sysid = v.faults.find(v.uid, "duplicate-sysid")?.sysid ?? v.sysid;
    options.send(encoder.encode(message, { sysid, compid, seq }), partner ?? options.firstPeer ?? "gcs");
  };
  return {
    emit,
    heard(peerId: string): void {
      partner ??= peerId;
    },
  };
}

function createVehicle(options: AutopilotOptions, bootMs: number, emit: Vehicle["emit"]): Vehicle {
  const { world, seed, sysid } = options;
  const type = options.type ?? responderQuad;
  const yawRad = ((options.headingDeg ?? 0) * Math.PI) / 180;
  const truth = createTruth(options, type);
  truth.usedWh = (options.used ?? 0) * type.batteryWh;
  let textId = 0;
  const v: Vehicle = {
    uid: options.uid2,
    uid2: bytesOf(options.uid2),
    sysid,
    seed,
    type,
    world,
    faults: options.faults ?? new FaultSet(),
    params: new ParamStore({ ...options.params, MAV_SYS_ID: sysid }),
    plant:
      options.lowFidelity === true
        ? new KinematicPlant(type, truth, world, yawRad)
        : new PhysicalPlant(type, truth, world),
    estimate: createEstimate(seed, truth),
    trajectory: createTrajectory(),
    limits: createLimits(),
    setpoint: createSetpoint(),
    guidance: createGuidance(yawRad),
    failsafe: createFailsafe(),
    fence: createFence(),
    plans: new PlanStore(),
    gimbal: createGimbal(options.gimbalDeviceId ?? 154),
    camera: createCamera(options.videoPort ?? 5600, options.heatUri),
    logs: new FlightLogs(),
    events: new EventLog(),
    health: newHealthReport(),
    tMs: bootMs,
    bootMs,
    armed: false,
    armedAtMs: 0,
    flown: false,
    mode: "loiter",
    userMode: "loiter",
    restMode: "loiter",
    landed: "onGround",
    restSinceMs: undefined,
    landedAtMs: 0,
    home: undefined,
    homeJitterM: 0,
    ready: false,
    rangefinderM: undefined,
    overSinceMs: undefined,
    overTold: false,
    healthTold: "",
    gcsSeenMs: undefined,
    gcsLost: false,
    sticks: undefined,
    sticksValid: false,
    terminated: false,
    charge: 1,
    emit,
    say(severity, text, alsoEvent) {
      v.logs.said(v.tMs, severity, text);
      const event = alsoEvent === true ? eventOfWords(text) : alsoEvent;
      if (v.gcsSeenMs !== undefined && v.tMs - v.gcsSeenMs <= statusTextGcsMs) {
        for (const message of statusTexts(severity, alsoEvent === undefined ? text : `${text}\t`, textId))
          emit(message);
        textId = (textId + 1) & 0xffff;
      }
      if (event !== undefined) v.events.send(v, event);
    },
  };
  return v;
}

function createTruth(options: AutopilotOptions, type: AircraftType): AirState {
  const { frame, env } = options.world;
  const at = frame.toLocal(options.home);
  const yawRad = ((options.headingDeg ?? 0) * Math.PI) / 180;
  return createAirState(type, { ...at, groundAmslM: env.groundAmslM(at.eastM, at.northM), yawRad }, options.seed);
}

function bytesOf(hex: string): Uint8Array {
  const bytes = new Uint8Array(18);
  for (let i = 0; i < bytes.length && i * 2 < hex.length; i++)
    bytes[i] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16) || 0;
  return bytes;
}
