import { CODECS } from "../generated/codecs.js";
import { METADATA } from "../generated/metadata.js";
import type { Codec, MessageInfo, MessageName } from "./types.js";

/** Ids above this are given to no message of the dialect. */
const LAST_ID = 0xffff;

/** Place in CODECS plus one by id, 0 where unknown: an array answers several times faster than a Map, per frame. */
const PLACE_BY_ID = placesById();
/** CRC_EXTRA by id, -1 where unknown: all that a scan asks about a message. */
const EXTRA_BY_ID = extrasById();
const CODEC_BY_NAME: ReadonlyMap<string, Codec> = new Map(CODECS.map((codec) => [codec.name, codec]));
const INFO_BY_NAME: ReadonlyMap<string, MessageInfo> = new Map(METADATA.map((info) => [info.name, info]));

function placesById(): Uint16Array {
  const places = new Uint16Array(LAST_ID + 1);
  CODECS.forEach((codec, place) => {
    places[codec.id] = place + 1;
  });
  return places;
}

function extrasById(): Int16Array {
  const extras = new Int16Array(LAST_ID + 1).fill(-1);
  for (const codec of CODECS) extras[codec.id] = codec.crcExtra;
  return extras;
}

/** Place of a message among all of the dialect, counted from 1; 0 where it lacks the id. For tables by message. */
export function placeOf(msgid: number): number {
  return PLACE_BY_ID[msgid] ?? 0;
}

/** As `crcExtra`, -1 for a message that the dialect lacks. */
export function extraOrMinus(msgid: number): number {
  return EXTRA_BY_ID[msgid] ?? -1;
}

/** Codec of a message id, `undefined` for one that the dialect lacks. */
export function codecOf(msgid: number): Codec | undefined {
  const place = placeOf(msgid);
  return place === 0 ? undefined : CODECS[place - 1];
}

/** Codec of a message name, `undefined` for one that the dialect lacks. */
export function codecNamed(name: string): Codec | undefined {
  return CODEC_BY_NAME.get(name);
}

/** Name of a message id, `undefined` for one that the dialect lacks. */
export function messageName(msgid: number): MessageName | undefined {
  return codecOf(msgid)?.name;
}

/** Id of a message name. */
export function messageId(name: MessageName): number {
  return infoOf(name).id;
}

/** CRC_EXTRA of a message id, `undefined` for one that the dialect lacks. */
export function crcExtra(msgid: number): number | undefined {
  return codecOf(msgid)?.crcExtra;
}

/** Wire facts of every message of the dialect, by id. */
export const messages: readonly MessageInfo[] = METADATA;

/** Wire facts of one message. Errors: throws RangeError for a name that only a cast could have brought here. */
export function infoOf(name: MessageName): MessageInfo {
  const info = INFO_BY_NAME.get(name);
  if (info === undefined) throw new RangeError(`MAVLink message "${name}" is not in this dialect; use a MessageName`);
  return info;
}

/** Offset of a field in the payload of a message, for reading single fields of a frame. */
export function fieldOffset<K extends MessageName>(name: K, field: string): number {
  const found = infoOf(name).fields.find((info) => info.name === field);
  if (found === undefined) throw new RangeError(`${name} has no field "${field}"; see messages for its fields`);
  return found.offset;
}
