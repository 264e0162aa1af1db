import { decode, FrameReader, type MavMessage } from "@outrider/mavlink";
import { type Track, TrackWriter } from "./track.js";

/** A frame of the ground station, and how many turns of the aircraft (less one) came before it. */
export type SentFrame = {
  readonly tS: number;
  readonly turn: number;
  readonly bytes: Uint8Array;
  readonly message: MavMessage;
};
export type Recording = { readonly track: Track; readonly sent: readonly SentFrame[] };

const stampBytes = 8;
/** The ground stations of the recordings; every other system is an aircraft. */
const firstStation = 250;
/** ATTITUDE and GLOBAL_POSITION_INT come at 50 Hz and carry the time since power-up first in their payload. */
const clockIds: ReadonlySet<number> = new Set([30, 33]);
/** What a track is made of: the rest is not even decoded. */
const heardIds: ReadonlySet<number> = new Set([0, 1, 22, 24, 30, 33, 46, 47, 77, 245, 253]);

type Head = { readonly sysid: number; readonly compid: number; readonly msgid: number; readonly payloadAt: number };

/**
 * Hands over the records of a telemetry log: 8 bytes of big-endian Unix microseconds, then a frame of MAVLink 1 or 2.
 * Ends at the first thing that is no record.
 */
export function eachRecord(bytes: Uint8Array, each: (wallS: number, frame: Uint8Array) => void): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + stampBytes < bytes.length; ) {
    const start = at + stampBytes;
    const length = frameLength(bytes, start);
    if (length === undefined || start + length > bytes.length) return;
    each((view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4)) / 1e6, bytes.subarray(start, start + length));
    at = start + length;
  }
}

function frameLength(bytes: Uint8Array, at: number): number | undefined {
  const payload = bytes[at + 1] ?? 0;
  if (bytes[at] === 0xfe) return payload + 8;
  return bytes[at] === 0xfd ? payload + 12 + (((bytes[at + 2] ?? 0) & 1) === 1 ? 13 : 0) : undefined;
}

function headOf(frame: Uint8Array): Head {
  const at = (index: number): number => frame[index] ?? 0;
  if (frame[0] === 0xfe) return { sysid: at(3), compid: at(4), msgid: at(5), payloadAt: 6 };
  return { sysid: at(5), compid: at(6), msgid: at(7) + at(8) * 256 + at(9) * 65_536, payloadAt: 10 };
}

/**
 * Reads what one aircraft and its ground station said. Times are the aircraft's own since power-up, so that a recording
 * made faster than real time reads like any other.
 * @param sysid the aircraft; frames of others are left out
 * @param toS what comes later is left out
 */
export function readRecording(bytes: Uint8Array, sysid: number, toS = Number.POSITIVE_INFINITY): Recording {
  const writer = new TrackWriter();
  const reader = new FrameReader();
  const sent: SentFrame[] = [];
  const clock = new BootClock(bytes, sysid);
  eachRecord(bytes, (wallS, frame) => {
    const head = headOf(frame);
    const station = head.sysid >= firstStation;
    if (!station && (head.sysid !== sysid || head.compid !== 1 || !heardIds.has(head.msgid))) return;
    const tS = clock.read(wallS, frame, head);
    if (tS > toS) return;
    reader.pushDatagram(frame, (whole) => {
      const message = decode(whole);
      if (message === undefined) return;
      if (!station) return writer.hear(tS, message);
      writer.send(tS, message);
      sent.push({ tS, turn: writer.track.turns.length - 1, bytes: frame, message });
    });
  });
  return { track: writer.track, sent };
}

/** Seconds since power-up at each record: as last told by the aircraft, and by the wall clock before it told any. */
class BootClock {
  #firstWallS = 0;
  #firstBootS: number | undefined;
  #bootS: number | undefined;

  constructor(bytes: Uint8Array, sysid: number) {
    eachRecord(bytes, (wallS, frame) => {
      if (this.#firstBootS !== undefined) return;
      const head = headOf(frame);
      if (head.sysid !== sysid || head.compid !== 1 || !clockIds.has(head.msgid)) return;
      this.#firstWallS = wallS;
      this.#firstBootS = bootSOf(frame, head);
    });
  }

  read(wallS: number, frame: Uint8Array, head: Head): number {
    if (head.sysid < firstStation && clockIds.has(head.msgid)) this.#bootS = bootSOf(frame, head);
    return this.#bootS ?? (this.#firstBootS ?? 0) - (this.#firstWallS - wallS);
  }
}

function bootSOf(frame: Uint8Array, { payloadAt }: Head): number {
  return new DataView(frame.buffer, frame.byteOffset + payloadAt, 4).getUint32(0, true) / 1000;
}
