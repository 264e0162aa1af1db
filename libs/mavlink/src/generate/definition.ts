/** Types that a MAVLink field can have on the wire, arrays by their element. */
export type ScalarType =
  | "char"
  | "int8_t"
  | "uint8_t"
  | "int16_t"
  | "uint16_t"
  | "int32_t"
  | "uint32_t"
  | "int64_t"
  | "uint64_t"
  | "float"
  | "double";

/** One field of a message, in wire order. */
export type FieldDefinition = {
  /** Name in the dialect's XML. */
  readonly source: string;
  /** Name in our messages. */
  readonly name: string;
  readonly type: ScalarType;
  /** Elements of an array, 0 for a plain field. */
  readonly arrayLength: number;
  /** Bytes of one element. */
  readonly size: number;
  /** Offset of the first byte in the payload. */
  readonly offset: number;
  readonly extension: boolean;
  readonly units: string;
  /** Value that a sender gives when it says nothing. */
  readonly blank: number;
};

/** One message of the dialect. */
export type MessageDefinition = {
  readonly id: number;
  readonly name: string;
  readonly crcExtra: number;
  /** Payload bytes without extension fields (the whole payload of MAVLink 1). */
  readonly minLength: number;
  /** Payload bytes with extension fields. */
  readonly maxLength: number;
  readonly fields: readonly FieldDefinition[];
};

/** Bytes of one element of a type. */
export const SCALAR_SIZE: { readonly [T in ScalarType]: number } = {
  char: 1,
  int8_t: 1,
  uint8_t: 1,
  int16_t: 2,
  uint16_t: 2,
  int32_t: 4,
  uint32_t: 4,
  int64_t: 8,
  uint64_t: 8,
  float: 4,
  double: 8,
};

/** Whether `text` is one of the types above. */
export function isScalarType(text: string): text is ScalarType {
  return Object.hasOwn(SCALAR_SIZE, text);
}
