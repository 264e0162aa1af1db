import { infoOf } from "./table.js";
import type { AnyMessageInit, FieldInfo } from "./types.js";

const INTEGER_RANGE: { readonly [type: string]: readonly [low: number, high: number] } = {
  int8_t: [-0x80, 0x7f],
  uint8_t: [0, 0xff],
  int16_t: [-0x8000, 0x7fff],
  uint16_t: [0, 0xffff],
  int32_t: [-0x80000000, 0x7fffffff],
  uint32_t: [0, 0xffffffff],
};

/**
 * What of a message would not arrive as it was meant: integers out of their range (encoding wraps them, as C does),
 * fractions and NaN in integers, arrays and texts that are too long, characters that one byte cannot hold. Empty where
 * all is well. For messages built from outside input; telemetry is encoded without.
 */
export function wireFaults(message: AnyMessageInit): string[] {
  const values = new Map<string, unknown>(Object.entries(message));
  return infoOf(message.name).fields.flatMap((field) => {
    const value = values.get(field.name);
    return value === undefined ? [] : faultsOf(field, value).map((fault) => `${message.name}.${field.name} ${fault}`);
  });
}

function faultsOf(field: FieldInfo, value: unknown): string[] {
  if (typeof value === "string") return textFaults(field, value);
  if (typeof value === "bigint") return bigFaults(field, value);
  if (typeof value === "number") return numberFaults(field, value);
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return ["is of no type that MAVLink has"];
  // Typed arrays and arrays alike: the field's type says that they hold numbers.
  const numbers = Array.from(value as ArrayLike<number>);
  const long =
    numbers.length > field.arrayLength ? [`has ${numbers.length} of at most ${field.arrayLength} elements`] : [];
  return [...long, ...numbers.flatMap((number) => numberFaults(field, number))];
}

function textFaults(field: FieldInfo, text: string): string[] {
  const faults: string[] = [];
  if (text.length > Math.max(1, field.arrayLength))
    faults.push(`has ${text.length} of at most ${field.arrayLength} characters`);
  if (Array.from(text).some((character) => character === "\0" || character > "\u00ff"))
    faults.push("has characters that one byte cannot hold");
  return faults;
}

function bigFaults(field: FieldInfo, value: bigint): string[] {
  const [low, high] = field.type === "uint64_t" ? [0n, 2n ** 64n - 1n] : [-(2n ** 63n), 2n ** 63n - 1n];
  return value < low || value > high ? [`is ${value}, outside ${low}..${high}`] : [];
}

function numberFaults(field: FieldInfo, value: number): string[] {
  const range = INTEGER_RANGE[field.type];
  if (range === undefined) return [];
  const [low, high] = range;
  if (Number.isInteger(value) && value >= low && value <= high) return [];
  return [`is ${value}, not an integer in ${low}..${high}`];
}
