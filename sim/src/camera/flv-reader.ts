/** One encoded picture as the encoder hands it over. NAL units without start codes. */
export type EncodedFrame = { readonly key: boolean; readonly nals: readonly Uint8Array[] };

const tagHeaderBytes = 11;

/**
 * Reads the encoder's output, an FLV stream (Adobe FLV 10.1, annex E): unlike raw H.264 it says where a picture ends
 * at once, where a start-code stream says so only when the next picture begins, a whole frame time later.
 * SPS and PPS are put before each key frame, as RTP receivers without an SDP need them.
 */
export class FlvReader {
  #left = new Uint8Array(0);
  #headerDone = false;
  #parameterSets: readonly Uint8Array[] = [];
  readonly #onFrame: (frame: EncodedFrame) => void;

  constructor(onFrame: (frame: EncodedFrame) => void) {
    this.#onFrame = onFrame;
  }

  push(bytes: Uint8Array): void {
    const all = new Uint8Array(this.#left.byteLength + bytes.byteLength);
    all.set(this.#left);
    all.set(bytes, this.#left.byteLength);
    let at = 0;
    if (!this.#headerDone) {
      if (all.byteLength < 13) {
        this.#left = all;
        return;
      }
      this.#headerDone = true;
      at = 13;
    }
    const view = new DataView(all.buffer);
    while (all.byteLength - at >= tagHeaderBytes) {
      const kind = view.getUint8(at);
      const length = ((view.getUint8(at + 1) << 16) | (view.getUint8(at + 2) << 8) | view.getUint8(at + 3)) >>> 0;
      if (all.byteLength - at < tagHeaderBytes + length + 4) break;
      if (kind === 9) this.#video(all.subarray(at + tagHeaderBytes, at + tagHeaderBytes + length));
      at += tagHeaderBytes + length + 4;
    }
    this.#left = all.slice(at);
  }

  #video(data: Uint8Array): void {
    if (data.byteLength < 5 || ((data[0] ?? 0) & 15) !== 7) return;
    if (data[1] === 0) this.#parameterSets = parameterSets(data.subarray(5));
    if (data[1] !== 1) return;
    const key = (data[0] ?? 0) >> 4 === 1;
    const nals = lengthPrefixed(data.subarray(5)).filter((nal) => !isCarried(nal));
    if (nals.length > 0) this.#onFrame({ key, nals: key ? [...this.#parameterSets, ...nals] : nals });
  }
}

/** Parameter sets and delimiters that are sent on their own terms. */
const isCarried = (nal: Uint8Array): boolean => [7, 8, 9].includes((nal[0] ?? 0) & 31);

function lengthPrefixed(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const nals: Uint8Array[] = [];
  for (let at = 0; at + 4 <= bytes.byteLength; ) {
    const length = view.getUint32(at, false);
    if (length === 0 || at + 4 + length > bytes.byteLength) break;
    nals.push(bytes.slice(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return nals;
}

/** AVCDecoderConfigurationRecord (ISO/IEC 14496-15): the SPS list, then the PPS list. */
function parameterSets(record: Uint8Array): Uint8Array[] {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  const sets: Uint8Array[] = [];
  let at = 5;
  for (const mask of [31, 255]) {
    if (at >= record.byteLength) break;
    const count = view.getUint8(at++) & mask;
    for (let i = 0; i < count && at + 2 <= record.byteLength; i++) {
      const length = view.getUint16(at, false);
      sets.push(record.slice(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }
  return sets;
}
