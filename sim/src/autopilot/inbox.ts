import { type Frame, FrameReader, type MavMessage, MessagePool } from "@outrider/mavlink";
import { cameraCompid, emitCameraInformation } from "./camera.js";
import { cardOf } from "./card.js";
import { ack, type Command, execute, executeCamera } from "./commands.js";
import { FtpServer } from "./ftp-server.js";
import { controlsGimbal, steerGimbal } from "./gimbal.js";
import { requestMode } from "./mode-switch.js";
import { modeFrom } from "./modes.js";
import type { PlanProtocol } from "./plan-protocol.js";
import type { Streams } from "./streams.js";
import { emitCurrentMode, emitHome } from "./telemetry.js";
import { bootTimeMs, type Vehicle } from "./vehicle.js";

const int32Max = 2_147_483_647;
const gcsType = 6;

/** Reads what arrives, and answers. One of each per vehicle: it holds the parameter download under way. */
export class Inbox {
  readonly #v: Vehicle;
  readonly #streams: Streams;
  readonly #plans: PlanProtocol;
  readonly #reader = new FrameReader({ reuseFrame: true });
  readonly #pool = new MessagePool();
  readonly #files: FtpServer;
  #paramNext: number | undefined;

  constructor(v: Vehicle, streams: Streams, plans: PlanProtocol) {
    this.#v = v;
    this.#streams = streams;
    this.#plans = plans;
    this.#files = new FtpServer(cardOf(v), (payload, to) =>
      v.emit({ name: "FILE_TRANSFER_PROTOCOL", targetSystem: to.sysid, targetComponent: to.compid, payload }),
    );
  }

  /** One datagram: whole frames, anything else is ignored. */
  take(bytes: Uint8Array): void {
    this.#reader.pushDatagram(bytes, (frame) => this.#frame(frame));
  }

  /** Sends on a file, and a parameter list that was asked for: 20 values a tick, about a second for all. */
  step(): void {
    this.#files.step(this.#v.tMs);
    if (this.#paramNext === undefined) return;
    for (let i = 0; i < 20; i++) {
      const answer = this.#v.params.at(this.#paramNext);
      if (answer === undefined) {
        this.#paramNext = undefined;
        return;
      }
      this.#paramNext++;
      this.#v.emit({ name: "PARAM_VALUE", ...answer });
    }
  }

  #frame(frame: Frame): void {
    // A frame of its own system is its own echo, or a second vehicle with the same id.
    if (frame.sysid === 0) return;
    const m = this.#pool.decode(frame);
    if (m === undefined) return;
    const from = { sysid: frame.sysid, compid: frame.compid };
    const target = "targetSystem" in m ? m.targetSystem : 0;
    const component = "targetComponent" in m ? m.targetComponent : 0;
    if (target !== 0 && target !== this.#v.sysid) return;
    if (m.name === "COMMAND_LONG" || m.name === "COMMAND_INT") this.#command(commandOf(m, from), component);
    else if (component === 0 || component === 1) this.#message(m, from);
  }

  #message(m: MavMessage, from: { sysid: number; compid: number }): void {
    const v = this.#v;
    if (this.#plans.take(m, from)) return;
    switch (m.name) {
      case "HEARTBEAT":
        if (m.type === gcsType) v.gcsSeenMs = v.tMs;
        return;
      case "PARAM_REQUEST_LIST":
        this.#paramNext = 0;
        return;
      case "PARAM_REQUEST_READ": {
        const answer = v.params.read(m.paramId, m.paramIndex);
        if (answer !== undefined) v.emit({ name: "PARAM_VALUE", ...answer });
        return;
      }
      case "PARAM_SET": {
        const answer = v.params.set(m.paramId, m.paramType, m);
        if (answer !== undefined) v.emit({ name: "PARAM_VALUE", ...answer });
        return;
      }
      case "MANUAL_CONTROL":
        if (m.target === v.sysid && v.params.now.COM_RC_IN_MODE !== 4) {
          v.sticks = { pitch: m.x / 1000, roll: m.y / 1000, throttle: m.z / 1000, yaw: m.r / 1000, atMs: v.tMs };
        }
        return;
      case "SET_MODE":
        this.#setMode(m.customMode, from);
        return;
      case "FILE_TRANSFER_PROTOCOL":
        this.#files.take(m.payload, from, v.tMs);
        return;
      case "REQUEST_EVENT":
        v.events.repeat(v, m.firstSequence, m.lastSequence, from);
        return;
      default:
        this.#service(m, from);
    }
  }

  #setMode(customMode: number, from: { sysid: number; compid: number }): void {
    const mode = modeFrom((customMode >>> 16) & 0xff, customMode >>> 24);
    const done = mode !== undefined && requestMode(this.#v, mode);
    this.#answer(176, done ? ack.accepted : ack.rejected, from, 1);
  }

  /** Time, ping and gimbal streams. */
  #service(m: MavMessage, from: { sysid: number; compid: number }): void {
    const v = this.#v;
    switch (m.name) {
      case "TIMESYNC":
        if (m.tc1 === 0n)
          v.emit({
            name: "TIMESYNC",
            tc1: BigInt(bootTimeMs(v)) * 1_000_000n,
            ts1: m.ts1,
            targetSystem: from.sysid,
            targetComponent: from.compid,
          });
        return;
      case "PING":
        if (m.targetSystem === 0)
          v.emit({
            name: "PING",
            timeUsec: m.timeUsec,
            seq: m.seq,
            targetSystem: from.sysid,
            targetComponent: from.compid,
          });
        return;
      // PX4 handles 282 and 288 and drops 287: whoever steers by 287 alone steers nothing.
      case "GIMBAL_MANAGER_SET_ATTITUDE": {
        if (!controlsGimbal(v, from.sysid, from.compid)) return;
        const [w = 1, x = 0, y = 0, z = 0] = m.q;
        const pitch = Math.asin(Math.max(-1, Math.min(1, 2 * (w * y - z * x))));
        const yaw = Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z));
        steerGimbal(v, pitch, yaw, m.angularVelocityY, m.angularVelocityZ, m.flags);
        return;
      }
      case "GIMBAL_MANAGER_SET_MANUAL_CONTROL":
        if (!controlsGimbal(v, from.sysid, from.compid)) return;
        steerGimbal(v, Number.NaN, Number.NaN, m.pitchRate, m.yawRate, m.flags);
        return;
      default:
        return;
    }
  }

  #command(c: Command, component: number): void {
    const v = this.#v;
    const before = { mode: v.mode, armed: v.armed };
    if (component === 0 || component === cameraCompid) {
      const result = executeCamera(v, c, component === cameraCompid);
      if (result !== undefined) this.#answer(c.id, result, c, cameraCompid);
      if (c.id === 521 && component === cameraCompid) emitCameraInformation(v);
    }
    if (component !== 0 && component !== 1) return;
    const results = execute(v, c, this.#streams);
    for (const result of results) this.#answer(c.id, result, c, 1);
    if (v.armed && !before.armed) emitHome(v);
    if (v.mode !== before.mode) emitCurrentMode(v);
  }

  #answer(command: number, result: number, to: { sysid: number; compid: number }, compid: number): void {
    const v = this.#v;
    const mute = v.faults.find(v.uid, "no-ack");
    if (mute !== undefined && (mute.command === undefined || mute.command === command)) return;
    const lie = v.faults.find(v.uid, "wrong-ack");
    const told = lie !== undefined && (lie.command === undefined || lie.command === command) ? lie.result : result;
    v.emit({ name: "COMMAND_ACK", command, result: told, targetSystem: to.sysid, targetComponent: to.compid }, compid);
  }
}

type CommandMessage = Extract<MavMessage, { name: "COMMAND_LONG" | "COMMAND_INT" }>;

/** The frame of a COMMAND_INT is ignored, as on PX4: its z is taken as AMSL whatever it meant. */
function commandOf(m: CommandMessage, from: { sysid: number; compid: number }): Command {
  const p: Command["p"] = [m.param1, m.param2, m.param3, m.param4];
  if (m.name === "COMMAND_LONG") {
    return { id: m.command, p, latDeg: m.param5, lonDeg: m.param6, z: m.param7, ...from, fromInt: false };
  }
  const latDeg = m.x === int32Max ? Number.NaN : m.x / 1e7;
  const lonDeg = m.y === int32Max ? Number.NaN : m.y / 1e7;
  return { id: m.command, p, latDeg, lonDeg, z: m.z, ...from, fromInt: true };
}
