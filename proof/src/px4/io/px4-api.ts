import { createSocket, type Socket } from "node:dgram";
import {
  type AnyMessageInit,
  decode,
  encodeFrame,
  FrameReader,
  int32FromParam,
  MavCmd,
  type MavMessage,
  MavParamType,
  type MessageOf,
  message,
  messageId,
  paramFromInteger,
} from "@outrider/mavlink";

const againMs = 500;

/**
 * PX4's other port, 14580 from 14540, for what a technician does before a flight. Its ground station's port belongs for
 * ever to the first that speaks there, and that must be the bridge.
 */
export class Px4Api {
  readonly #socket: Socket = createSocket("udp4");
  readonly #reader = new FrameReader();
  readonly #listeners = new Set<(message: MavMessage) => void>();
  readonly #instance: number;
  #seq = 0;

  constructor(instance = 0) {
    this.#instance = instance;
    this.#socket.on("error", () => undefined);
    this.#socket.on("message", (bytes) =>
      this.#reader.pushDatagram(bytes, (frame) => {
        const heard = decode(frame);
        if (heard !== undefined) for (const listener of [...this.#listeners]) listener(heard);
      }),
    );
    this.#socket.bind(14540 + instance, "127.0.0.1");
  }

  close(): void {
    this.#socket.close();
  }

  /** AUTOPILOT_VERSION as hex, as `aircraft.uid` of the configuration takes it. */
  async uid(withinMs: number): Promise<string> {
    const ask = message("COMMAND_LONG", {
      ...this.#target,
      command: MavCmd.REQUEST_MESSAGE,
      param1: messageId("AUTOPILOT_VERSION"),
    });
    const pick = (heard: MavMessage) => (heard.name === "AUTOPILOT_VERSION" ? heard : undefined);
    const version = await this.#asked(ask, pick, withinMs);
    const bytes = [...version.uid2];
    return bytes.some((byte) => byte !== 0)
      ? bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")
      : version.uid.toString(16).padStart(16, "0");
  }

  /** Sets one parameter where it differs; answers whether it did. */
  async setParameter(paramId: string, value: number): Promise<boolean> {
    const pick = (heard: MavMessage) => (heard.name === "PARAM_VALUE" && heard.paramId === paramId ? heard : undefined);
    const target = this.#target;
    const read = message("PARAM_REQUEST_READ", { ...target, paramId, paramIndex: -1 });
    const held = await this.#asked(read, pick, 10_000);
    const isSet = (param: MessageOf<"PARAM_VALUE">): boolean => numberOf(param) === Math.fround(value);
    if (isSet(held)) return false;
    const { paramType } = held;
    const bits = paramType === MavParamType.REAL32 ? { paramValue: value } : paramFromInteger(value);
    const set = message("PARAM_SET", { ...target, paramId, paramType, ...bits });
    const done = (heard: MavMessage) => {
      const param = pick(heard);
      return param !== undefined && isSet(param) ? param : undefined;
    };
    await this.#asked(set, done, 10_000);
    return true;
  }

  get #target(): { readonly targetSystem: number; readonly targetComponent: number } {
    return { targetSystem: this.#instance + 1, targetComponent: 1 };
  }

  async #asked<T>(ask: AnyMessageInit, pick: (heard: MavMessage) => T | undefined, withinMs: number): Promise<T> {
    let again: NodeJS.Timeout | undefined;
    let late: NodeJS.Timeout | undefined;
    let listener: ((heard: MavMessage) => void) | undefined;
    try {
      return await new Promise<T>((found, failed) => {
        late = setTimeout(() => failed(new Error(`PX4 left ${ask.name} unanswered`)), withinMs);
        listener = (heard) => {
          const picked = pick(heard);
          if (picked !== undefined) found(picked);
        };
        this.#listeners.add(listener);
        this.#send(ask);
        again = setInterval(() => this.#send(ask), againMs);
      });
    } finally {
      clearInterval(again);
      clearTimeout(late);
      if (listener !== undefined) this.#listeners.delete(listener);
    }
  }

  #send(what: AnyMessageInit): void {
    this.#seq = (this.#seq + 1) & 0xff;
    const bytes = encodeFrame(what, { sysid: 254, compid: 190, seq: this.#seq });
    this.#socket.send(bytes, 14580 + this.#instance, "127.0.0.1");
  }
}

const numberOf = (param: MessageOf<"PARAM_VALUE">): number =>
  param.paramType === MavParamType.REAL32 ? param.paramValue : int32FromParam(param);
