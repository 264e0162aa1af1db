import { type AnyMessageInit, crcExtra, message, messages } from "../codec/index.js";
import {
  decode,
  encodeFrame,
  type Frame,
  FrameReader,
  HEADER_LENGTH,
  MAGIC_V2,
  MAX_FRAME_LENGTH,
} from "../frame/index.js";
import { crcByte, crcRange } from "../wire/index.js";

/** Chance as the caller has it: numbers from 0 to below 1, the same for the same seed. */
export type Dice = () => number;

/** `hidden`: clean frames under noise whose checksum was right by chance, once in 65536 times: nobody can tell. */
export type FuzzReport = {
  readonly frames: number;
  readonly bytes: number;
  readonly heard: number;
  readonly hidden: number;
};

/** Most that one round sends. */
const framesARound = 24;

/**
 * One round against a new reader: frames of any message, some spoiled, with noise between, cut into chunks or joined
 * into datagrams at any place. Errors: throws with what was found where the reader fails, holds more than one unfinished
 * frame, loses a clean frame, gives the clean ones in another order, or a message cannot be read and written again.
 */
export function fuzzFrames(dice: Dice): FuzzReport {
  const { bytes, clean } = line(dice);
  const whole = dice() < 0.3;
  const reader = new FrameReader({ reuseFrame: dice() < 0.5 });
  const heard: string[] = [];
  const take = (frame: Frame): void => {
    heard.push(toHex(frame.raw));
    again(frame);
  };
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + Math.floor(dice() ** 3 * 600);
    const chunk = bytes.slice(at, at + size);
    reader.push(chunk, take);
    // The caller may use its chunk for something else now.
    chunk.fill(0xfd);
    if (reader.pendingBytes > MAX_FRAME_LENGTH) throw new Error(`${reader.pendingBytes} bytes are held`);
    at += size;
  }
  reader.flush(take);
  if (reader.pendingBytes > 0) throw new Error(`${reader.pendingBytes} bytes are held after a flush`);
  const hidden = allHeard(clean, heard);
  if (whole) asDatagrams(clean, dice);
  return { frames: clean.length, bytes: bytes.length, heard: heard.length, hidden };
}

/** Only random bytes, with many that look like the start of a frame. */
export function fuzzNoise(dice: Dice): FuzzReport {
  const reader = new FrameReader();
  let heard = 0;
  let bytes = 0;
  for (let i = 0; i < 40; i++) {
    const chunk = noise(dice, Math.floor(dice() * 700));
    bytes += chunk.length;
    const give = (frame: Frame): void => {
      heard++;
      again(frame);
    };
    if (dice() < 0.5) reader.push(chunk, give);
    else reader.pushDatagram(chunk, give);
    if (reader.pendingBytes > MAX_FRAME_LENGTH) throw new Error(`${reader.pendingBytes} bytes are held`);
  }
  return { frames: 0, bytes, heard, hidden: 0 };
}

/** Datagrams of one and of several whole frames lose none. */
function asDatagrams(clean: readonly Uint8Array[], dice: Dice): void {
  const reader = new FrameReader();
  const heard: string[] = [];
  for (let at = 0; at < clean.length; ) {
    const count = 1 + Math.floor(dice() * 4);
    reader.pushDatagram(joined(clean.slice(at, at + count)), (frame) => heard.push(toHex(frame.raw)));
    at += count;
  }
  allHeard(clean, heard);
}

/** Errors: throws where a clean frame is missing, unless a frame was heard there that nobody sent and that holds. */
function allHeard(clean: readonly Uint8Array[], heard: readonly string[]): number {
  const sent = new Set(clean.map(toHex));
  let at = 0;
  let hidden = 0;
  for (const frame of clean) {
    const found = heard.indexOf(toHex(frame), at);
    if (found >= 0) {
      at = found + 1;
      continue;
    }
    const lost = toHex(frame);
    const covers = heard.some((hex) => !sent.has(hex) && reachesInto(hex, lost) && holds(fromHex(hex)));
    if (!covers) throw new Error(`a clean frame was not heard: ${toHex(frame)}`);
    hidden++;
  }
  return hidden;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Whether one frame holds the beginning of another, or ends in it: a frame cut short may find its last byte there. */
function reachesInto(hex: string, lost: string): boolean {
  if (hex.includes(lost.slice(0, 8), 2)) return true;
  return [2, 4, 6].some((digits) => hex.endsWith(lost.slice(0, digits)));
}

/** By the plain checksum, a byte a step: not by the one that is tested. */
function holds(frame: Uint8Array): boolean {
  const v2 = frame[0] === MAGIC_V2;
  const id = v2 ? (frame[7] ?? 0) | ((frame[8] ?? 0) << 8) | ((frame[9] ?? 0) << 16) : (frame[5] ?? 0);
  const sumAt = HEADER_LENGTH[v2 ? 2 : 1] + (frame[1] ?? 0);
  const sum = crcByte(crcRange(frame, 1, sumAt), crcExtra(id) ?? -1);
  return crcExtra(id) !== undefined && ((frame[sumAt] ?? 0) | ((frame[sumAt + 1] ?? 0) << 8)) === sum;
}

/** What is read and written anew is read as the same. */
function again(frame: Frame): void {
  const read = decode(frame);
  if (read === undefined) return;
  const header = { sysid: frame.sysid, compid: frame.compid, seq: frame.seq };
  let other: unknown;
  new FrameReader().push(encodeFrame(read, header), (copy) => {
    other = decode(copy);
  });
  if (shown(other) !== shown(read)) throw new Error(`${read.name} does not survive: ${toHex(frame.raw)}`);
}

const shown = (value: unknown): string =>
  JSON.stringify(value, (_, one: unknown) =>
    typeof one === "bigint" ? `${one}n` : typeof one === "number" && Number.isNaN(one) ? "NaN" : one,
  );

function line(dice: Dice): { bytes: Uint8Array; clean: readonly Uint8Array[] } {
  const parts: Uint8Array[] = [];
  const clean: Uint8Array[] = [];
  for (let seq = 0; seq < framesARound; seq++) {
    if (dice() < 0.2) parts.push(noise(dice, Math.floor(dice() * 80)));
    const frame = anyFrame(dice, seq);
    if (dice() < 0.25) parts.push(spoiled(frame, dice));
    else {
      parts.push(frame);
      clean.push(frame);
    }
  }
  return { bytes: joined(parts), clean };
}

function anyFrame(dice: Dice, seq: number): Uint8Array {
  const info = messages[Math.floor(dice() * messages.length)];
  if (info === undefined) throw new Error("the dialect has no messages");
  const version = info.id < 256 && dice() < 0.2 ? 1 : 2;
  // Made by the codec of that very name; the union of three hundred kinds cannot say so.
  const filled = message(info.name) as AnyMessageInit;
  for (const field of info.fields) {
    if (dice() < 0.3) continue;
    const before: unknown = Reflect.get(filled, field.name);
    if (typeof before === "number") Reflect.set(filled, field.name, Math.floor(dice() * 256));
    else if (typeof before === "bigint") Reflect.set(filled, field.name, BigInt(Math.floor(dice() * 2 ** 40)));
    else if (typeof before === "string") Reflect.set(filled, field.name, "\u00fd\u00fe".slice(0, field.arrayLength));
    else if (before instanceof Uint8Array) for (let i = 0; i < before.length; i++) before[i] = dice() * 256;
  }
  return encodeFrame(filled, { sysid: 1 + Math.floor(dice() * 250), compid: 1, seq, version });
}

/** Cut short, with bytes changed, or with bytes put in. */
function spoiled(frame: Uint8Array, dice: Dice): Uint8Array {
  const way = dice();
  if (way < 0.3) return frame.slice(0, Math.floor(dice() * frame.length));
  if (way < 0.5) return joined([frame.slice(0, 5), noise(dice, 1 + Math.floor(dice() * 9)), frame.slice(5)]);
  const changed = frame.slice();
  for (let i = 0; i <= dice() * 4; i++) {
    const at = Math.floor(dice() * frame.length);
    changed[at] = (changed[at] ?? 0) ^ (1 + Math.floor(dice() * 255));
  }
  return changed;
}

function noise(dice: Dice, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => {
    const kind = dice();
    return kind < 0.15 ? 0xfd : kind < 0.2 ? 0xfe : Math.floor(dice() * 256);
  });
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
