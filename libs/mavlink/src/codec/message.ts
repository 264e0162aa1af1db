import { codecNamed } from "./table.js";
import type { FieldsInit, MessageName, MessageOf } from "./types.js";

/**
 * A whole message from some of its fields: the others are zero, "" or zero-filled arrays (mavlinkVersion 3). Arrays are
 * brought to their length on the wire. Errors: throws RangeError for a name that is not in the dialect.
 */
export function message<K extends MessageName>(name: K, fields: FieldsInit<K> = {}): MessageOf<K> {
  const codec = codecNamed(name);
  if (codec === undefined) throw new RangeError(`MAVLink message "${name}" is not in this dialect; use a MessageName`);
  const out: unknown = codec.blank();
  // Any message is an object of named fields; the casts keep the compiler from comparing three hundred types.
  const target = out as Record<string, unknown>;
  for (const [key, value] of Object.entries(fields)) {
    if (key === "name" || value === undefined) continue;
    const blank = target[key];
    if (blank === undefined) throw new RangeError(`${name} has no field "${key}"; see messages for its fields`);
    target[key] = isNumbers(blank) ? fit(blank, value) : value;
  }
  // The codec found by the name K makes messages of kind K; its type cannot say so.
  return out as MessageOf<K>;
}

function isNumbers(value: unknown): value is number[] | Uint8Array {
  return Array.isArray(value) || value instanceof Uint8Array;
}

function fit(blank: number[] | Uint8Array, value: unknown): number[] | Uint8Array {
  // FieldsInit gives number arrays for array fields.
  const given = value as ArrayLike<number>;
  for (let i = 0; i < blank.length && i < given.length; i++) blank[i] = given[i] ?? 0;
  return blank;
}
