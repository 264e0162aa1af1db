import {
  type AnyMessageInit,
  decode,
  encodeFrame,
  FrameReader,
  int32FromParam,
  MavParamType,
  type MessageOf,
  message,
  paramFromInteger,
  px4ModeName,
} from "@outrider/mavlink";
import type { Px4Parameter } from "./px4-parameters.js";

export type FedBattery = {
  readonly charge: number;
  readonly cells: number;
  readonly voltageV: number;
  readonly currentA: number;
  readonly cellC: number;
  readonly usedWh: number;
};

export type TechnicianOptions = {
  readonly sysid: number;
  readonly parameters: readonly Px4Parameter[];
  readonly send: (bytes: Uint8Array) => void;
  /** A parameter that PX4 does not take: name, what was wanted, what it says. */
  readonly onRefused: (name: string, wanted: number, held: number | undefined) => void;
};

const againMs = 1_000;
const mostTries = 8;
const feedEveryMs = 250;
/** The battery speaks for the drone's own system; a component of 1 would be the autopilot itself, which ignores it. */
const batteryCompid = 180;
const technician = { sysid: 254, compid: 190 } as const;
const unknownCell = 0xffff;

/** One parameter that is not yet known to be right. */
type Open = { readonly value: number; tries: number; held: number | undefined };

/**
 * Whoever prepares a real PX4, on its own port (14580 + i): sets parameters and reads them back, and is the battery,
 * which the simulator link does not carry. All by run time: PX4 answers by the simulator's clock. It asks for all at
 * once with PX4's first word, since a bridge that hears that word reads them too, and believes what it read.
 */
export class Px4Technician {
  readonly #o: TechnicianOptions;
  readonly #reader = new FrameReader({ reuseFrame: true });
  readonly #open = new Map<string, Open>();
  #heard = false;
  #askedMs: number | undefined;
  #fedMs: number | undefined;
  #seq = 0;
  #changed = 0;
  #mode = "unknown";
  #nowMs = 0;

  constructor(options: TechnicianOptions) {
    this.#o = options;
    this.restart();
  }

  /** Mode by PX4's own heartbeat, for the trainer's desk. */
  get mode(): string {
    return this.#mode;
  }

  /** How many parameters are not yet known to be right. */
  get waiting(): number {
    return this.#open.size;
  }

  /** How many had to be set since this PX4 started. */
  get changed(): number {
    return this.#changed;
  }

  /** Another PX4 is at the other end: everything again. */
  restart(): void {
    this.#open.clear();
    for (const [name, value] of this.#o.parameters) this.#open.set(name, { value, tries: 0, held: undefined });
    this.#heard = false;
    this.#changed = 0;
    this.#askedMs = undefined;
    this.#mode = "unknown";
  }

  take(bytes: Uint8Array): void {
    this.#reader.pushDatagram(bytes, (frame) => {
      if (frame.sysid !== this.#o.sysid || frame.compid !== 1) return;
      const heard = decode(frame);
      if (heard === undefined) return;
      if (heard.name === "HEARTBEAT") this.#mode = px4ModeName(heard.customMode);
      if (heard.name === "PARAM_VALUE") this.#compare(heard);
      if (this.#heard) return;
      this.#heard = true;
      this.#askAll();
    });
  }

  step(nowMs: number, battery: FedBattery): void {
    this.#nowMs = nowMs;
    if (this.#fedMs === undefined || nowMs - this.#fedMs >= feedEveryMs) {
      this.#fedMs = nowMs;
      this.#send(batteryStatus(battery), { sysid: this.#o.sysid, compid: batteryCompid });
    }
    if (this.#heard && nowMs - (this.#askedMs ?? nowMs) >= againMs) this.#askAll();
  }

  #compare(held: MessageOf<"PARAM_VALUE">): void {
    const wanted = this.#open.get(held.paramId);
    if (wanted === undefined) return;
    const real = held.paramType === MavParamType.REAL32;
    wanted.held = real ? held.paramValue : int32FromParam(held);
    if (wanted.held === Math.fround(wanted.value)) {
      this.#open.delete(held.paramId);
      return;
    }
    if (this.#isTired(held.paramId, wanted)) return;
    this.#changed++;
    const { paramId, paramType } = held;
    const bits = real ? { paramValue: wanted.value } : paramFromInteger(wanted.value);
    this.#send(message("PARAM_SET", { ...this.#target, paramId, paramType, ...bits }), technician);
  }

  #askAll(): void {
    this.#askedMs = this.#nowMs;
    for (const [paramId, wanted] of [...this.#open]) {
      if (this.#isTired(paramId, wanted)) continue;
      this.#send(message("PARAM_REQUEST_READ", { ...this.#target, paramId, paramIndex: -1 }), technician);
    }
  }

  #isTired(name: string, wanted: Open): boolean {
    if (++wanted.tries <= mostTries) return false;
    this.#open.delete(name);
    this.#o.onRefused(name, wanted.value, wanted.held);
    return true;
  }

  get #target(): { readonly targetSystem: number; readonly targetComponent: number } {
    return { targetSystem: this.#o.sysid, targetComponent: 1 };
  }

  #send(what: AnyMessageInit, from: { readonly sysid: number; readonly compid: number }): void {
    this.#o.send(encodeFrame(what, { ...from, seq: this.#seq }));
    this.#seq = (this.#seq + 1) & 0xff;
  }
}

/** BATTERY_STATUS (147) as PX4 takes it in: volts and charge for its warnings, amperes for what it shows. */
function batteryStatus(b: FedBattery): AnyMessageInit {
  const cellMv = Math.round((b.voltageV / b.cells) * 1000);
  return message("BATTERY_STATUS", {
    id: 0,
    type: 1,
    temperature: Math.round(b.cellC * 100),
    voltages: Array.from({ length: 10 }, (_, i) => (i < b.cells ? cellMv : unknownCell)),
    currentBattery: Math.round(b.currentA * 100),
    currentConsumed: Math.round((b.usedWh / b.voltageV) * 1000),
    energyConsumed: -1,
    batteryRemaining: Math.round(b.charge * 100),
  });
}
