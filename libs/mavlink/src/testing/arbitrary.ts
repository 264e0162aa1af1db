import fc from "fast-check";
import { type AnyMessageInit, type FieldInfo, type MavMessage, type MessageInfo, message } from "../codec/index.js";

const RANGES: { readonly [type: string]: readonly [number, number] } = {
  int8_t: [-0x80, 0x7f],
  uint8_t: [0, 0xff],
  int16_t: [-0x8000, 0x7fff],
  uint16_t: [0, 0xffff],
  int32_t: [-0x80000000, 0x7fffffff],
  uint32_t: [0, 0xffffffff],
};

/** Any whole message of one kind; small values and zeros are common, so that truncation is met. */
export function anyMessage(info: MessageInfo): fc.Arbitrary<MavMessage> {
  const fields = Object.fromEntries(info.fields.map((field) => [field.name, anyField(field)]));
  // Values are made field by field from the description of this very message.
  return fc.record(fields).map((values) => message(info.name, values as Omit<AnyMessageInit, "name">) as MavMessage);
}

function anyField(field: FieldInfo): fc.Arbitrary<unknown> {
  if (field.type === "char") return anyText(Math.max(1, field.arrayLength));
  if (field.arrayLength === 0) return anyScalar(field.type);
  const { arrayLength } = field;
  return fc.oneof(
    fc.array(anyScalar(field.type), { minLength: arrayLength, maxLength: arrayLength, size: "max" }),
    fc.constant(Array(arrayLength).fill(field.type.endsWith("64_t") ? 0n : 0)),
  );
}

function anyText(size: number): fc.Arbitrary<string> {
  const character = fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code));
  return fc.array(character, { maxLength: size, size: "max" }).map((characters) => characters.join(""));
}

function anyScalar(type: FieldInfo["type"]): fc.Arbitrary<unknown> {
  if (type === "float") return fc.oneof(fc.float(), fc.constant(0));
  if (type === "double") return fc.oneof(fc.double(), fc.constant(0));
  if (type === "uint64_t") return fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.constant(0n));
  if (type === "int64_t") return fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.constant(0n));
  const [min, max] = RANGES[type] ?? [0, 0];
  return fc.oneof(fc.integer({ min, max }), fc.nat({ max: 3 }));
}
