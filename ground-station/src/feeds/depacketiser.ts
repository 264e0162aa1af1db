import { type RtpPacket, sequenceGap } from "./rtp-packet.js";

/** One whole picture. NAL units without start codes; a key unit carries its parameter sets. */
export type AccessUnit = {
  readonly key: boolean;
  readonly rtpTime: number;
  readonly nals: readonly Uint8Array[];
};

export type DepacketiserCounts = {
  packets: number;
  lost: number;
  late: number;
  units: number;
  /** Pictures that came but cannot be shown, for the loss of one they rest on. */
  undecodable: number;
  malformed: number;
};

/** Packets held back for an older one that may still come. More waiting costs latency, fewer calls reorder a loss. */
const mostHeld = 8;
/** A larger jump is a restarted sender. */
const mostGap = 3_000;
/** No picture at 4 Mb/s is this long: a sender that never sets the marker must not fill the memory. */
const mostUnitBytes = 4_000_000;

/**
 * H.264 out of RTP (RFC 6184: single NAL units, STAP-A, FU-A). A picture ends at the marker bit. After a loss nothing
 * is handed on before the next key picture: a decoder fed across a gap shows a smear that looks like a scene.
 */
export class Depacketiser {
  readonly counts: DepacketiserCounts = { packets: 0, lost: 0, late: 0, units: 0, undecodable: 0, malformed: 0 };
  readonly #onUnit: (unit: AccessUnit) => void;
  readonly #held = new Map<number, RtpPacket>();
  #next: number | undefined;
  #nals: Uint8Array[] = [];
  #bytes = 0;
  #rtpTime = 0;
  #fragment: Uint8Array[] | undefined;
  #damaged = false;
  #afterGap = false;
  #needKey = true;
  #sps: Uint8Array | undefined;
  #pps: Uint8Array | undefined;

  constructor(onUnit: (unit: AccessUnit) => void) {
    this.#onUnit = onUnit;
  }

  /** True while a loss keeps pictures back until the next key picture. */
  get waitsForKey(): boolean {
    return this.#needKey;
  }

  reset(): void {
    this.#held.clear();
    this.#afterGap = false;
    this.#next = undefined;
    this.#drop();
    this.#needKey = true;
  }

  /** Another stream of the same camera; its parameter sets where they were told beforehand (SDP), as some are only there. */
  restart(parameterSets: readonly Uint8Array[]): void {
    this.reset();
    const told = (kind: number): Uint8Array | undefined => parameterSets.find((nal) => ((nal[0] ?? 0) & 31) === kind);
    this.#sps = told(7);
    this.#pps = told(8);
  }

  push(packet: RtpPacket): void {
    this.counts.packets += 1;
    this.#next ??= packet.sequence;
    const ahead = sequenceGap(this.#next, packet.sequence);
    if (Math.abs(ahead) > mostGap) {
      this.reset();
      this.#next = packet.sequence;
    } else if (ahead < 0) {
      this.counts.late += 1;
      return;
    }
    this.#held.set(packet.sequence, packet);
    this.#release();
    if (this.#held.size > mostHeld) this.#skipToOldest();
  }

  #release(): void {
    for (let packet = this.#takeNext(); packet !== undefined; packet = this.#takeNext()) this.#take(packet);
  }

  #takeNext(): RtpPacket | undefined {
    if (this.#next === undefined) return undefined;
    const packet = this.#held.get(this.#next);
    if (packet === undefined) return undefined;
    this.#held.delete(this.#next);
    this.#next = (this.#next + 1) & 0xffff;
    return packet;
  }

  #skipToOldest(): void {
    const from = this.#next ?? 0;
    let nearest = Number.POSITIVE_INFINITY;
    for (const sequence of this.#held.keys()) nearest = Math.min(nearest, sequenceGap(from, sequence));
    this.counts.lost += nearest;
    this.#next = (from + nearest) & 0xffff;
    this.#fragment = undefined;
    this.#afterGap = true;
    this.#needKey = true;
    this.#release();
  }

  #take(packet: RtpPacket): void {
    if (this.#afterGap) this.#mend(packet);
    // A new time without a marker before it: the sender sets none.
    else if (this.#nals.length > 0 && packet.timestamp !== this.#rtpTime) this.#finish();
    if (this.#nals.length === 0 && this.#fragment === undefined) this.#rtpTime = packet.timestamp;
    this.#payload(packet.payload);
    if (packet.marker) this.#finish();
  }

  /** First packet after a loss: what was open is broken; what it opens is whole only if it begins a picture. */
  #mend(packet: RtpPacket): void {
    this.#afterGap = false;
    this.#damaged = true;
    if (this.#nals.length > 0 && packet.timestamp === this.#rtpTime) return;
    if (this.#nals.length > 0) this.#finish();
    this.#drop();
    this.#damaged = !beginsPicture(packet.payload);
  }

  #payload(payload: Uint8Array): void {
    const kind = (payload[0] ?? 0) & 31;
    if (kind >= 1 && kind <= 23) this.#nal(payload);
    else if (kind === 24) this.#aggregate(payload);
    else if (kind === 28 && payload.byteLength > 2) this.#part(payload);
    else this.counts.malformed += 1;
  }

  #aggregate(payload: Uint8Array): void {
    const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
    for (let at = 1; at + 2 < payload.byteLength; ) {
      const length = view.getUint16(at, false);
      if (length === 0 || at + 2 + length > payload.byteLength) {
        this.counts.malformed += 1;
        return;
      }
      this.#nal(payload.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }

  #part(payload: Uint8Array): void {
    const fuHeader = payload[1] ?? 0;
    if ((fuHeader & 0x80) !== 0) {
      this.#fragment = [Uint8Array.of(((payload[0] ?? 0) & 0xe0) | (fuHeader & 31))];
    }
    if (this.#fragment === undefined) {
      this.#damaged = true;
      return;
    }
    this.#fragment.push(payload.subarray(2));
    if ((fuHeader & 0x40) === 0) return;
    const whole = joined(this.#fragment);
    this.#fragment = undefined;
    this.#nal(whole);
  }

  #nal(nal: Uint8Array): void {
    const kind = (nal[0] ?? 0) & 31;
    if (kind === 7) this.#sps = nal.slice();
    if (kind === 8) this.#pps = nal.slice();
    this.#bytes += nal.byteLength;
    if (this.#bytes > mostUnitBytes) {
      this.counts.malformed += 1;
      this.#drop();
      this.#damaged = true;
      this.#needKey = true;
      return;
    }
    this.#nals.push(nal);
  }

  #finish(): void {
    const nals = this.#nals.filter((nal) => !isParameterOrDelimiter(nal));
    const key = nals.some((nal) => ((nal[0] ?? 0) & 31) === 5);
    const whole = !this.#damaged && this.#fragment === undefined && nals.length > 0;
    const rtpTime = this.#rtpTime;
    const hadPicture = nals.length > 0 || this.#damaged;
    this.#drop();
    if (!whole || (this.#needKey && !key) || (key && (!this.#sps || !this.#pps))) {
      if (hadPicture) this.counts.undecodable += 1;
      if (!whole && hadPicture) this.#needKey = true;
      return;
    }
    this.#needKey = false;
    this.counts.units += 1;
    const sets = key && this.#sps && this.#pps ? [this.#sps, this.#pps] : [];
    this.#onUnit({ key, rtpTime, nals: [...sets, ...nals] });
  }

  #drop(): void {
    this.#nals = [];
    this.#bytes = 0;
    this.#fragment = undefined;
    this.#damaged = false;
  }
}

/** Delimiter, parameter sets, SEI, or a slice with first_mb_in_slice 0 (its first bit is 1). */
function beginsPicture(payload: Uint8Array): boolean {
  const kind = (payload[0] ?? 0) & 31;
  if (kind >= 6 && kind <= 9) return true;
  if (kind === 1 || kind === 5) return ((payload[1] ?? 0) & 0x80) !== 0;
  if (kind === 24) return beginsPicture(payload.subarray(3));
  if (kind !== 28 || ((payload[1] ?? 0) & 0x80) === 0) return false;
  return beginsPicture(joined([Uint8Array.of((payload[1] ?? 0) & 31), payload.subarray(2, 3)]));
}

const isParameterOrDelimiter = (nal: Uint8Array): boolean => [7, 8, 9].includes((nal[0] ?? 0) & 31);

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all;
}

const startCode = Uint8Array.of(0, 0, 0, 1);

/** Annex B: what decoders take. */
export const annexB = (nals: readonly Uint8Array[]): Uint8Array => joined(nals.flatMap((nal) => [startCode, nal]));
