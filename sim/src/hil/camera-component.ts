import {
  type AnyMessageInit,
  decode,
  encodeFrame,
  FrameReader,
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

const beatMs = 1_000;
const sensorWidthMm = 6.4;
const letters = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

/**
 * The camera on a real PX4's gimbal, as a component of its own behind PX4's gimbal link, which PX4 forwards: it says what
 * it is and how wide it sees (MAVLink camera protocol v2). It neither zooms nor records, and refuses both.
 */
export class CameraComponent {
  readonly #o: { readonly sysid: number; readonly hfovDeg: number; readonly send: (bytes: Uint8Array) => void };
  readonly #reader = new FrameReader({ reuseFrame: true });
  #nowMs = 0;
  #beatMs = Number.NEGATIVE_INFINITY;
  #seq = 0;

  constructor(options: {
    readonly sysid: number;
    readonly hfovDeg: number;
    readonly send: (bytes: Uint8Array) => void;
  }) {
    this.#o = options;
  }

  take(bytes: Uint8Array): void {
    this.#reader.pushDatagram(bytes, (frame) => {
      const heard = decode(frame);
      if (heard?.name === "COMMAND_LONG") this.#answer(heard, frame);
    });
  }

  step(nowMs: number): void {
    this.#nowMs = nowMs;
    if (nowMs - this.#beatMs < beatMs) return;
    this.#beatMs = nowMs;
    const { INVALID: autopilot } = MavAutopilot;
    this.#say(message("HEARTBEAT", { type: MavType.CAMERA, autopilot, systemStatus: MavState.ACTIVE }));
  }

  #answer(asked: MessageOf<"COMMAND_LONG">, from: { readonly sysid: number; readonly compid: number }): void {
    const { targetSystem, targetComponent, command, param1 } = asked;
    if (targetSystem !== this.#o.sysid || targetComponent !== MavComponent.CAMERA) return;
    const known = command === MavCmd.REQUEST_MESSAGE && param1 === messageId("CAMERA_INFORMATION");
    const result = known ? MavResult.ACCEPTED : MavResult.UNSUPPORTED;
    const target = { targetSystem: from.sysid, targetComponent: from.compid };
    this.#say(message("COMMAND_ACK", { command, result, ...target }));
    if (known) this.#say(this.#information());
  }

  #information(): AnyMessageInit {
    return message("CAMERA_INFORMATION", {
      timeBootMs: Math.round(this.#nowMs),
      vendorName: letters("Outrider"),
      modelName: letters("Simulated lens"),
      firmwareVersion: 1,
      focalLength: sensorWidthMm / 2 / Math.tan((this.#o.hfovDeg * Math.PI) / 360),
      sensorSizeH: sensorWidthMm,
      sensorSizeV: (sensorWidthMm * 9) / 16,
      resolutionH: 1280,
      resolutionV: 720,
      gimbalDeviceId: MavComponent.GIMBAL,
    });
  }

  #say(what: AnyMessageInit): void {
    this.#o.send(encodeFrame(what, { sysid: this.#o.sysid, compid: MavComponent.CAMERA, seq: this.#seq }));
    this.#seq = (this.#seq + 1) & 0xff;
  }
}
