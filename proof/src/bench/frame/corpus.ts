import type { Chance } from "@outrider/contract";
import {
  CHECKSUM_LENGTH,
  crcByte,
  crcRange,
  HEADER_LENGTH,
  infoOf,
  MAGIC_V1,
  MAGIC_V2,
  type MessageInfo,
  type MessageName,
} from "@outrider/mavlink";

/**
 * What a hovering PX4 (v1.17 development, SITL) sends, in Hz: the rates measured on its ground link and on its onboard link
 * added together, less four messages below 3 Hz. No one link of it has this mix. Then the bytes of payload that it
 * fills: behind them come extension fields that it leaves zero and so never sends. The values in them are random.
 */
export const rates: readonly (readonly [message: MessageName, hz: number, filledBytes: number])[] = [
  ["HEARTBEAT", 2, 9],
  ["SYS_STATUS", 6, 43],
  ["SYSTEM_TIME", 1, 12],
  ["PING", 1.1, 14],
  ["CURRENT_MODE", 1, 9],
  ["GPS_RAW_INT", 13, 44],
  ["SCALED_PRESSURE", 2, 14],
  ["ATTITUDE", 150, 28],
  ["ATTITUDE_QUATERNION", 100, 32],
  ["LOCAL_POSITION_NED", 80, 28],
  ["GLOBAL_POSITION_INT", 100, 28],
  ["SERVO_OUTPUT_RAW", 60, 37],
  ["MISSION_CURRENT", 2, 18],
  ["VFR_HUD", 14, 20],
  ["ATTITUDE_TARGET", 60, 37],
  ["POSITION_TARGET_LOCAL_NED", 60, 51],
  ["POSITION_TARGET_GLOBAL_INT", 11, 51],
  ["HIGHRES_IMU", 50, 63],
  ["TIMESYNC", 10, 16],
  ["DISTANCE_SENSOR", 10.5, 14],
  ["ALTITUDE", 11, 32],
  ["BATTERY_STATUS", 1, 41],
  ["ESTIMATOR_STATUS", 1.5, 42],
  ["VIBRATION", 0.6, 32],
  ["HOME_POSITION", 1, 60],
  ["EXTENDED_SYS_STATE", 6, 2],
  ["ODOMETRY", 30, 232],
  ["OPEN_DRONE_ID_LOCATION", 2, 59],
];

export type CorpusOptions = {
  readonly frames: number;
  /** Shares of frames, 0 to 1: in MAVLink 1, with one flipped bit, with line noise in front. */
  readonly v1: number;
  readonly flipped: number;
  readonly noise: number;
};

export type Corpus = {
  readonly bytes: Uint8Array;
  /** Mark of each frame that nothing was done to, in order. */
  readonly clean: Uint32Array;
  readonly meanBytes: number;
};

/** What tells one frame from its neighbours: checksum, counter and the low byte of its message. */
export const markOf = (sum: number, seq: number, msgid: number): number =>
  ((sum & 0xffff) | ((seq & 0xff) << 16) | ((msgid & 0xff) << 24)) >>> 0;

const longest = 280;
const mostNoise = 64;

/** A link's bytes: messages drawn by those rates with seeded values, and what a bad line does to some of them. */
export function makeCorpus(chance: Chance, options: CorpusOptions): Corpus {
  const pick = picker(chance);
  const bytes = new Uint8Array(options.frames * (longest + mostNoise));
  const clean: number[] = [];
  let at = 0;
  let frameBytes = 0;
  for (let seq = 0; seq < options.frames; seq++) {
    if (chance.unit() < options.noise) at += writeNoise(bytes, at, chance);
    const kind = pick();
    const v1 = kind.info.id < 256 && chance.unit() < options.v1;
    const length = writeFrame(bytes, at, kind, seq, v1, chance);
    if (chance.unit() < options.flipped) flipBit(bytes, at, length, chance);
    else clean.push(markOf((bytes[at + length - 2] ?? 0) | ((bytes[at + length - 1] ?? 0) << 8), seq, kind.info.id));
    at += length;
    frameBytes += length;
  }
  return { bytes: bytes.slice(0, at), clean: Uint32Array.from(clean), meanBytes: frameBytes / options.frames };
}

type Kind = { readonly info: MessageInfo; readonly filled: number };

function picker(chance: Chance): () => Kind {
  const kinds = rates.map(([name, , filled]) => ({ info: infoOf(name), filled }));
  const total = rates.reduce((sum, [, hz]) => sum + hz, 0);
  const [first] = kinds;
  if (first === undefined) throw new Error("a corpus needs messages");
  return () => {
    let left = chance.unit() * total;
    for (let i = 0; i < rates.length; i++) {
      left -= rates[i]?.[1] ?? 0;
      if (left < 0) return kinds[i] ?? first;
    }
    return first;
  };
}

function writeFrame(
  out: Uint8Array,
  at: number,
  { info, filled }: Kind,
  seq: number,
  v1: boolean,
  chance: Chance,
): number {
  const header = v1 ? HEADER_LENGTH[1] : HEADER_LENGTH[2];
  const payload = at + header;
  let length = v1 ? info.minLength : filled;
  for (let i = 0; i < length; i++) out[payload + i] = (chance.unit() * 256) | 0;
  if (!v1) while (length > 1 && out[payload + length - 1] === 0) length--;
  if (v1) out.set([MAGIC_V1, length, seq & 0xff, 1, 1, info.id], at);
  else out.set([MAGIC_V2, length, 0, 0, seq & 0xff, 1, 1, info.id & 0xff, (info.id >> 8) & 0xff, info.id >> 16], at);
  const end = payload + length;
  const sum = crcByte(crcRange(out, at + 1, end), info.crcExtra);
  out[end] = sum & 0xff;
  out[end + 1] = sum >>> 8;
  return header + length + CHECKSUM_LENGTH;
}

function writeNoise(out: Uint8Array, at: number, chance: Chance): number {
  const length = 1 + Math.floor(chance.unit() * mostNoise);
  for (let i = 0; i < length; i++) out[at + i] = (chance.unit() * 256) | 0;
  return length;
}

function flipBit(out: Uint8Array, at: number, length: number, chance: Chance): void {
  const place = at + Math.floor(chance.unit() * length);
  out[place] = (out[place] ?? 0) ^ (1 << Math.floor(chance.unit() * 8));
}

/** Pieces of one size, views of the same bytes, as a socket or a port hands them over. */
export function inChunks(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, Math.min(bytes.length, at + size)));
  return chunks;
}

/** How far a decoder may jump over lost frames before what it gave counts as made of noise. */
const lookAhead = 512;

/** Clean frames that never came, and frames that came though nobody sent them. Order is kept by every decoder. */
export function compareMarks(
  sent: Uint32Array,
  received: ArrayLike<number>,
): { readonly lost: number; readonly invented: number } {
  let at = 0;
  let matched = 0;
  let invented = 0;
  for (let i = 0; i < received.length; i++) {
    const mark = received[i];
    const limit = Math.min(sent.length, at + lookAhead);
    let found = at;
    while (found < limit && sent[found] !== mark) found++;
    if (found === limit) {
      invented++;
      continue;
    }
    matched++;
    at = found + 1;
  }
  return { lost: sent.length - matched, invented };
}
