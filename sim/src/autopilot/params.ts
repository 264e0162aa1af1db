import { int32FromParam, type ParamBits, paramFromInteger } from "@outrider/mavlink";
import { type FlownParams, flownNames } from "./flown-params.js";
import { paramDefaults } from "./param-defaults.js";

export const paramInt32 = 6;
export const paramReal32 = 9;
const paramUint32 = 5;

export type Param = { readonly name: string; readonly type: number; readonly index: number; value: number };

/** One PARAM_VALUE, with its value carried bytewise. */
export type ParamAnswer = ParamBits & { paramId: string; paramType: number; paramIndex: number; paramCount: number };

/** The parameters of one vehicle. Unknown names are answered with silence and ranges are not checked, as on PX4. */
export class ParamStore {
  readonly #byName = new Map<string, Param>();
  readonly #list: Param[] = [];
  readonly #flown: FlownParams;

  /** @param overrides values by name on top of the factory set; an unknown name is added as REAL32. */
  constructor(overrides: Readonly<Record<string, number>>) {
    const values = new Map<string, { type: number; value: number }>();
    for (const entry of paramDefaults.trim().split(/\s+/)) {
      const [name = "", type, value] = entry.split(":");
      values.set(name, { type: type === "i" ? paramInt32 : paramReal32, value: Number(value) });
    }
    for (const [name, value] of Object.entries(overrides)) {
      values.set(name, { type: values.get(name)?.type ?? paramReal32, value });
    }
    for (const name of [...values.keys()].sort()) {
      const { type, value } = values.get(name) ?? { type: paramReal32, value: 0 };
      const param: Param = {
        name,
        type,
        index: this.#list.length,
        value: type === paramReal32 ? Math.fround(value) : Math.trunc(value),
      };
      this.#list.push(param);
      this.#byName.set(name, param);
    }
    this.#flown = this.#allFlown();
  }

  /** What the vehicle flies by, always as last set. */
  get now(): Readonly<FlownParams> {
    return this.#flown;
  }

  /** All of them, in the order of their index. */
  get all(): readonly Param[] {
    return this.#list;
  }

  get count(): number {
    return this.#list.length;
  }

  /** Value of a parameter the vehicle flies by. @throws when this vehicle has no such parameter */
  get(name: string): number {
    const param = this.#byName.get(name);
    if (param === undefined) throw new Error(`no parameter ${name}: add it to param-defaults.ts`);
    return param.value;
  }

  /** Sets from the wire. A wrong type changes nothing; either way the present value is the answer. */
  set(name: string, type: number, wire: ParamBits): ParamAnswer | undefined {
    const param = this.#byName.get(name);
    if (param === undefined) return undefined;
    if (type === param.type) {
      param.value = type === paramInt32 ? int32FromParam(wire) : wire.paramValue;
      if (isFlown(name)) this.#flown[name] = param.value;
    }
    return this.#answer(param);
  }

  /** Sets from within, as the autopilot corrects what it was given. */
  put(name: keyof FlownParams, value: number): void {
    const param = this.#byName.get(name);
    if (param === undefined) return;
    param.value = value;
    this.#flown[name] = value;
  }

  read(name: string, index: number): ParamAnswer | undefined {
    if (name === "_HASH_CHECK") return this.hashAnswer();
    const param = index >= 0 ? this.#list[index] : this.#byName.get(name);
    return param === undefined ? undefined : this.#answer(param);
  }

  /** Everything that PARAM_REQUEST_LIST is answered with, hash last. */
  at(position: number): ParamAnswer | undefined {
    if (position === this.#list.length) return this.hashAnswer();
    const param = this.#list[position];
    return param === undefined ? undefined : this.#answer(param);
  }

  /** CRC-32 over names and bytes, so that a ground station may keep its copy. */
  hashAnswer(): ParamAnswer {
    let crc = 0xffffffff;
    const cell = new DataView(new ArrayBuffer(4));
    for (const param of this.#list) {
      for (let i = 0; i < param.name.length; i++) crc = crcByte(crc, param.name.charCodeAt(i));
      if (param.type === paramInt32) cell.setInt32(0, param.value, true);
      else cell.setFloat32(0, param.value, true);
      for (let i = 0; i < 4; i++) crc = crcByte(crc, cell.getUint8(i));
    }
    return {
      paramId: "_HASH_CHECK",
      paramType: paramUint32,
      paramIndex: 65535,
      paramCount: this.count,
      ...paramFromInteger(~crc),
    };
  }

  #allFlown(): FlownParams {
    const flown = Object.fromEntries(flownNames.map((name) => [name, this.get(name)]));
    // Every name of the type was just put in, by the list the type is made of.
    return flown as FlownParams;
  }

  #answer(param: Param): ParamAnswer {
    const wire =
      param.type === paramInt32 ? paramFromInteger(param.value) : { paramValue: param.value, paramValueBits: 0 };
    return { paramId: param.name, paramType: param.type, paramIndex: param.index, paramCount: this.count, ...wire };
  }
}

function isFlown(name: string): name is keyof FlownParams {
  return flownNames.some((flown) => flown === name);
}

function crcByte(crc: number, byte: number): number {
  let value = crc ^ byte;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  return value;
}
