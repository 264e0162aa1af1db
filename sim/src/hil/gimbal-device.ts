import {
  type AnyMessageInit,
  decode,
  encodeFrame,
  FrameReader,
  GimbalDeviceCapFlags,
  GimbalDeviceFlags,
  MavAutopilot,
  MavCmd,
  MavComponent,
  MavResult,
  MavState,
  MavType,
  type MessageOf,
  message,
  messageId,
} from "@outrider/mavlink";
import { createMount, type Mount, mountReach, mountStatus, steerMount, turnMount } from "../autopilot/index.js";

const capabilities =
  GimbalDeviceCapFlags.HAS_NEUTRAL |
  GimbalDeviceCapFlags.HAS_ROLL_LOCK |
  GimbalDeviceCapFlags.HAS_PITCH_AXIS |
  GimbalDeviceCapFlags.HAS_PITCH_LOCK |
  GimbalDeviceCapFlags.HAS_YAW_AXIS |
  GimbalDeviceCapFlags.HAS_YAW_FOLLOW |
  GimbalDeviceCapFlags.HAS_YAW_LOCK |
  GimbalDeviceCapFlags.SUPPORTS_INFINITE_YAW;
const beatMs = 1_000;
const attitudeMs = 100;
const degree = Math.PI / 180;
/** As the simulated autopilot's own mount turns (MNT_RATE_PITCH, MNT_RATE_YAW). */
const motors = { pitchRps: 60 * degree, yawRps: 90 * degree };

/**
 * A MAVLink gimbal behind a real PX4, on PX4's own port for one (13030 + i, from 13280 + i): with MNT_MODE_OUT 2 it asks
 * who is there (GIMBAL_DEVICE_INFORMATION), sends 20 times a second where to look, and passes on what the gimbal says of
 * itself. By run time: PX4's clock is the simulator's.
 */
export class GimbalDevice {
  readonly #sysid: number;
  readonly #send: (bytes: Uint8Array) => void;
  readonly #reader = new FrameReader({ reuseFrame: true });
  readonly #mount: Mount = createMount();
  #headingRad = 0;
  #nowMs = 0;
  #beatMs = Number.NEGATIVE_INFINITY;
  #attitudeMs = Number.NEGATIVE_INFINITY;
  #seq = 0;

  constructor(options: { readonly sysid: number; readonly send: (bytes: Uint8Array) => void }) {
    this.#sysid = options.sysid;
    this.#send = options.send;
  }

  /** Where its camera looks: elevation upwards, true azimuth. */
  get aim(): { readonly pitchDeg: number; readonly headingDeg: number } {
    const headingDeg = (this.#headingRad + this.#mount.panRad) / degree;
    return { pitchDeg: this.#mount.pitchRad / degree, headingDeg: ((headingDeg % 360) + 360) % 360 };
  }

  take(bytes: Uint8Array): void {
    this.#reader.pushDatagram(bytes, (frame) => {
      const heard = decode(frame);
      if (heard?.name === "GIMBAL_DEVICE_SET_ATTITUDE") this.#steer(heard);
      if (heard?.name === "COMMAND_LONG") this.#answer(heard, frame);
    });
  }

  step(nowMs: number, headingRad: number): void {
    const dtS = Math.max(0, nowMs - this.#nowMs) / 1000;
    this.#nowMs = nowMs;
    this.#headingRad = headingRad;
    turnMount(this.#mount, headingRad, dtS, motors);
    if (nowMs - this.#beatMs >= beatMs) {
      this.#beatMs = nowMs;
      this.#say(
        message("HEARTBEAT", { type: MavType.GIMBAL, autopilot: MavAutopilot.INVALID, systemStatus: MavState.ACTIVE }),
      );
    }
    if (nowMs - this.#attitudeMs < attitudeMs) return;
    this.#attitudeMs = nowMs;
    this.#say(mountStatus(this.#mount, headingRad, Math.round(nowMs)));
  }

  /** PX4 gives no flag but the locks: a locked yaw is the earth's, another the vehicle's. */
  #steer({
    q,
    flags,
    targetComponent,
    angularVelocityY,
    angularVelocityZ,
  }: MessageOf<"GIMBAL_DEVICE_SET_ATTITUDE">): void {
    if (targetComponent !== MavComponent.GIMBAL) return;
    const [w = Number.NaN, x = 0, y = 0, z = 0] = q;
    steerMount(this.#mount, this.#headingRad, {
      pitchRad: Math.asin(Math.max(-1, Math.min(1, 2 * (w * y - z * x)))),
      yawRad: Math.atan2(2 * (w * z + x * y), 1 - 2 * (y * y + z * z)),
      pitchRateRps: angularVelocityY,
      yawRateRps: angularVelocityZ,
      lock: (flags & GimbalDeviceFlags.YAW_LOCK) !== 0,
    });
  }

  #answer(asked: MessageOf<"COMMAND_LONG">, from: { readonly sysid: number; readonly compid: number }): void {
    const { targetSystem, targetComponent, command, param1 } = asked;
    const forUs = [0, this.#sysid].includes(targetSystem) && [0, MavComponent.GIMBAL].includes(targetComponent);
    if (!forUs || command !== MavCmd.REQUEST_MESSAGE || param1 !== messageId("GIMBAL_DEVICE_INFORMATION")) return;
    const target = { targetSystem: from.sysid, targetComponent: from.compid };
    this.#say(message("COMMAND_ACK", { command, result: MavResult.ACCEPTED, ...target }));
    this.#say(
      message("GIMBAL_DEVICE_INFORMATION", {
        timeBootMs: Math.round(this.#nowMs),
        vendorName: "Outrider",
        modelName: "Simulated mount",
        capFlags: capabilities,
        pitchMin: mountReach.pitchMinRad,
        pitchMax: mountReach.pitchMaxRad,
        yawMin: Number.NaN,
        yawMax: Number.NaN,
      }),
    );
  }

  #say(what: AnyMessageInit): void {
    this.#send(encodeFrame(what, { sysid: this.#sysid, compid: MavComponent.GIMBAL, seq: this.#seq }));
    this.#seq = (this.#seq + 1) & 0xff;
  }
}
