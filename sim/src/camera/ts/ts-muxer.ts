import { psiCrc, TsPid } from "./ts-packets.js";

const pmtPid = 0x1000;
const videoPid = 0x100;
const klvPid = 0x101;
const program = 1;
const h264Type = 0x1b;
/** Private data in PES packets, named by the descriptor as MISB ST 1402 wants for asynchronous KLV. */
const privateType = 0x06;
const klvaDescriptor = [0x05, 4, 0x4b, 0x4c, 0x56, 0x41] as const;
const videoStreamId = 0xe0;
const privateStreamId = 0xbd;
/** A player that comes in late waits no longer than this for the tables. */
const tablesEvery90k = 18_000;
/** The clock reference runs this far before the pictures: what a decoder may hold back. */
const lead90k = 9_000;
const startCode = [0, 0, 0, 1] as const;
/** Access unit delimiter, any kind of slice: a transport stream of H.264 has one before each picture. */
const delimiter = [...startCode, 9, 0xf0] as const;

export type TsPicture = {
  /** NAL units without start codes, parameter sets before a key picture. */
  readonly nals: readonly Uint8Array[];
  readonly key: boolean;
  /** Time of capture in milliseconds of run time. */
  readonly tMs: number;
};

/**
 * Transport stream with one H.264 stream and one asynchronous KLV stream (ISO/IEC 13818-1; MISB ST 1402, STANAG 4609).
 * The metadata of a picture goes before it, so that who reads along knows where it looks when it comes.
 */
export class TsMuxer {
  readonly #pat = new TsPid(0);
  readonly #pmt = new TsPid(pmtPid);
  readonly #video = new TsPid(videoPid);
  readonly #klv = new TsPid(klvPid);
  #tables90k: number | undefined;

  /** Packets of 188 bytes for one picture and its metadata. */
  picture({ nals, key, tMs }: TsPicture, klv: Uint8Array | undefined): readonly Uint8Array[] {
    const at90k = Math.round(tMs * 90);
    const out: Uint8Array[] = [];
    if (key || this.#tables90k === undefined || Math.abs(at90k - this.#tables90k) >= tablesEvery90k) {
      this.#tables90k = at90k;
      this.#pat.section(patSection(), out);
      this.#pmt.section(pmtSection(), out);
    }
    if (klv !== undefined) this.#klv.unit(privatePes(klv), { pcr90k: undefined, randomAccess: false }, out);
    this.#video.unit(videoPes(nals, at90k + lead90k), { pcr90k: at90k, randomAccess: key }, out);
    return out;
  }
}

function section(tableId: number, id: number, body: readonly number[]): Uint8Array {
  const length = body.length + 9;
  const head = [tableId, 0xb0 | (length >> 8), length & 0xff, id >> 8, id & 0xff, 0xc1, 0, 0, ...body];
  const crc = psiCrc(Uint8Array.from(head));
  return Uint8Array.from([...head, crc >>> 24, (crc >>> 16) & 0xff, (crc >>> 8) & 0xff, crc & 0xff]);
}

const patSection = (): Uint8Array => section(0, 1, [program >> 8, program & 0xff, 0xe0 | (pmtPid >> 8), pmtPid & 0xff]);

function pmtSection(): Uint8Array {
  const stream = (type: number, pid: number, info: readonly number[]): readonly number[] => [
    type,
    0xe0 | (pid >> 8),
    pid & 0xff,
    0xf0,
    info.length,
    ...info,
  ];
  const clock = [0xe0 | (videoPid >> 8), videoPid & 0xff, 0xf0, 0];
  return section(2, program, [
    ...clock,
    ...stream(h264Type, videoPid, []),
    ...stream(privateType, klvPid, klvaDescriptor),
  ]);
}

function videoPes(nals: readonly Uint8Array[], pts90k: number): Uint8Array {
  const size = nals.reduce<number>((sum, nal) => sum + nal.byteLength + startCode.length, delimiter.length);
  const bytes = new Uint8Array(14 + size);
  // Length 0: a picture may be larger than the field counts, and only video may leave it open.
  bytes.set([0, 0, 1, videoStreamId, 0, 0, 0x84, 0x80, 5, ...ptsBytes(pts90k)]);
  bytes.set(delimiter, 14);
  let at = 14 + delimiter.length;
  for (const nal of nals) {
    bytes.set(startCode, at);
    bytes.set(nal, at + startCode.length);
    at += startCode.length + nal.byteLength;
  }
  return bytes;
}

/** Without a time of its own: that is in the metadata, and this is what makes the stream asynchronous. */
function privatePes(payload: Uint8Array): Uint8Array {
  const length = payload.byteLength + 3;
  const bytes = new Uint8Array(9 + payload.byteLength);
  bytes.set([0, 0, 1, privateStreamId, length >> 8, length & 0xff, 0x84, 0, 0]);
  bytes.set(payload, 9);
  return bytes;
}

/** 33 bits of 90 kHz between marker bits (2.4.3.7). */
function ptsBytes(at90k: number): readonly number[] {
  const pts = ((at90k % 2 ** 33) + 2 ** 33) % 2 ** 33;
  const high = Math.floor(pts / 2 ** 30);
  const middle = Math.floor(pts / 2 ** 15) % 2 ** 15;
  const low = pts % 2 ** 15;
  return [0x21 | (high << 1), middle >> 7, ((middle << 1) & 0xff) | 1, low >> 7, ((low << 1) & 0xff) | 1];
}
