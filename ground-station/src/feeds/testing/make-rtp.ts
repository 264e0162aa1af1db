/** Builds RTP and RTCP by hand, so that the reader is not tested against its own writer. */
export type Made = {
  readonly ssrc: number;
  readonly sequence: number;
  readonly timestamp: number;
  readonly marker: boolean;
};

export function rtp({ ssrc, sequence, timestamp, marker }: Made, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + payload.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x80);
  view.setUint8(1, (marker ? 0x80 : 0) | 96);
  view.setUint16(2, sequence & 0xffff);
  view.setUint32(4, timestamp >>> 0);
  view.setUint32(8, ssrc >>> 0);
  bytes.set(payload, 12);
  return bytes;
}

/** Packets of one picture: single units where they fit, fragments where not. */
export function picture(
  ssrc: number,
  firstSequence: number,
  timestamp: number,
  nals: readonly Uint8Array[],
  room = 200,
): Uint8Array[] {
  const payloads: Uint8Array[] = [];
  for (const nal of nals) {
    if (nal.byteLength <= room) {
      payloads.push(nal);
      continue;
    }
    const head = nal[0] ?? 0;
    for (let at = 1; at < nal.byteLength; at += room) {
      const part = nal.subarray(at, at + room);
      const flags = (at === 1 ? 0x80 : 0) | (at + room >= nal.byteLength ? 0x40 : 0);
      payloads.push(Uint8Array.from([(head & 0xe0) | 28, flags | (head & 31), ...part]));
    }
  }
  return payloads.map((payload, i) =>
    rtp({ ssrc, sequence: firstSequence + i, timestamp, marker: i === payloads.length - 1 }, payload),
  );
}

export const sps = Uint8Array.of(0x67, 66, 0xc0, 31, 1);
export const pps = Uint8Array.of(0x68, 0xce, 1);
/** A slice that begins a picture (first_mb_in_slice 0), filled with something recognisable. */
export const slice = (kind: 1 | 5, length: number, mark: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i === 0 ? 0x60 | kind : i === 1 ? 0x80 : (i * 7 + mark) & 255));

export function report(ssrc: number, tMs: number, rtpTime: number): Uint8Array {
  const bytes = new Uint8Array(28);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x80);
  view.setUint8(1, 200);
  view.setUint16(2, 6);
  view.setUint32(4, ssrc >>> 0);
  const seconds = Math.floor(tMs / 1000);
  view.setUint32(8, (seconds + 2_208_988_800) % 2 ** 32);
  view.setUint32(12, Math.floor(((tMs - seconds * 1000) / 1000) * 2 ** 32));
  view.setUint32(16, rtpTime >>> 0);
  return bytes;
}
