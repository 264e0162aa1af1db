import { type AnyMessageInit, type FieldInfo, type MessageInfo, message } from "@outrider/mavlink";

/** The same message as we have it, and by the XML's names as JSON carries it: 64-bit integers as text. */
export type PeerValues = { readonly ours: AnyMessageInit; readonly values: Readonly<Record<string, unknown>> };

const integers: Readonly<Record<string, readonly [number, number]>> = {
  int8_t: [-0x80, 0x7f],
  uint8_t: [0, 0xff],
  int16_t: [-0x8000, 0x7fff],
  uint16_t: [0, 0xffff],
  int32_t: [-0x80000000, 0x7fffffff],
  uint32_t: [0, 0xffffffff],
};

/** Any values that both sides can hold, zeros and extremes among them. */
export function anyValues(info: MessageInfo, dice: () => number): PeerValues {
  const fields: Record<string, unknown> = {};
  const values: Record<string, unknown> = {};
  for (const field of info.fields) {
    const value = anyField(field, dice);
    fields[field.name] = value;
    values[field.source] = typeof value === "bigint" ? value.toString() : value;
  }
  // Made field by field from the description of this very message.
  return { ours: message(info.name, fields) as AnyMessageInit, values };
}

function anyField(field: FieldInfo, dice: () => number): unknown {
  if (field.type === "char") {
    const length = Math.floor(dice() * (Math.max(1, field.arrayLength) + 1));
    // One character is a byte on their side and must be there.
    const letters = field.arrayLength === 0 ? 1 : length;
    return Array.from({ length: letters }, () => String.fromCharCode(32 + Math.floor(dice() * 94))).join("");
  }
  if (field.arrayLength === 0) return anyScalar(field, dice);
  return Array.from({ length: field.arrayLength }, () => anyScalar(field, dice));
}

function anyScalar({ type }: FieldInfo, dice: () => number): number | bigint {
  if (type === "uint64_t") return dice() < 0.2 ? 2n ** 64n - 1n : BigInt(Math.floor(dice() * 2 ** 53));
  if (type === "int64_t") return dice() < 0.2 ? -(2n ** 63n) : BigInt(Math.floor((dice() - 0.5) * 2 ** 53));
  const range = integers[type];
  if (dice() < 0.2) return 0;
  if (range === undefined) return Math.fround((dice() - 0.5) * 10 ** Math.floor(dice() * 12));
  const [low, high] = range;
  const way = dice();
  return way < 0.1 ? low : way < 0.2 ? high : low + Math.floor(dice() * (high - low + 1));
}
