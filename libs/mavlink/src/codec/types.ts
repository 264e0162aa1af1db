import type { MessageFields } from "../generated/types.js";

/** Name of a message that this codec knows: "HEARTBEAT", "COMMAND_LONG". */
export type MessageName = keyof MessageFields;

/** One kind of message with all its fields. */
export type MessageOf<K extends MessageName> = { name: K } & MessageFields[K];

/** Any message, told apart by `name`. */
export type MavMessage = { [K in MessageName]: MessageOf<K> }[MessageName];

/** Fields as a sender gives them: what is left out is zero ("" for text), arrays may be short and of any kind. */
export type FieldsInit<K extends MessageName> = {
  readonly [F in keyof MessageFields[K]]?:
    | (MessageFields[K][F] extends number[] | Uint8Array ? ArrayLike<number> : MessageFields[K][F])
    | undefined;
};

/** One kind of message as a sender gives it. */
export type MessageInit<K extends MessageName> = { readonly name: K } & FieldsInit<K>;

/** Any message as a sender gives it. */
export type AnyMessageInit = { [K in MessageName]: MessageInit<K> }[MessageName];

/**
 * Reads and writes the payload of one kind of message. The methods take that kind only: look a codec up by id or name
 * and hand it nothing else.
 */
export interface Codec {
  readonly id: number;
  readonly name: MessageName;
  readonly crcExtra: number;
  readonly minLength: number;
  readonly maxLength: number;
  /** A new message, all zero (mavlinkVersion 3). */
  blank(): MavMessage;
  /** Fills `out` from a payload of `length` bytes at `payload` in the view. Missing bytes are zero, further ones ignored. */
  decode(view: DataView, payload: number, length: number, out: MavMessage): void;
  /** Writes every field: all `maxLength` bytes at `payload`. */
  encode(view: DataView, payload: number, message: AnyMessageInit): void;
}

/** What a field of a message is on the wire. */
export interface FieldInfo {
  /** Name in MAVLink's XML. */
  readonly source: string;
  /** Name in our messages. */
  readonly name: string;
  readonly type:
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
  /** Elements, 0 where the field is no array. */
  readonly arrayLength: number;
  /** Bytes of one element. */
  readonly size: number;
  /** Offset in the payload, bytes. */
  readonly offset: number;
  readonly extension: boolean;
  readonly units: string;
}

/** What a message is on the wire. */
export interface MessageInfo {
  readonly id: number;
  readonly name: MessageName;
  readonly crcExtra: number;
  /** Payload bytes without extension fields: the whole payload of MAVLink 1. */
  readonly minLength: number;
  /** Payload bytes with extension fields. */
  readonly maxLength: number;
  readonly fields: readonly FieldInfo[];
}
