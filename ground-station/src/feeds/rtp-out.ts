const headerBytes = 12;

/** Numbers of one outgoing RTP stream. */
export type RtpOut = { sequence: number; readonly ssrc: number; readonly payloadType: number };

/** One access unit as RTP packets (RFC 6184, packetization-mode 1): parameter sets travel ahead of each key picture. */
export function packetsOf(
  out: RtpOut,
  nals: readonly Uint8Array[],
  timestamp: number,
  mostBytes = 1_180,
): Uint8Array[] {
  const payloads = nals.flatMap((nal) => payloadsOf(nal, mostBytes - headerBytes));
  return payloads.map((payload, i) => {
    const bytes = new Uint8Array(headerBytes + payload.byteLength);
    const view = new DataView(bytes.buffer);
    view.setUint8(0, 0x80);
    view.setUint8(1, (i === payloads.length - 1 ? 0x80 : 0) | out.payloadType);
    view.setUint16(2, out.sequence, false);
    view.setUint32(4, timestamp >>> 0, false);
    view.setUint32(8, out.ssrc, false);
    bytes.set(payload, headerBytes);
    out.sequence = (out.sequence + 1) & 0xffff;
    return bytes;
  });
}

function payloadsOf(nal: Uint8Array, room: number): Uint8Array[] {
  if (nal.byteLength <= room) return [nal];
  const head = nal[0] ?? 0;
  const parts: Uint8Array[] = [];
  for (let at = 1; at < nal.byteLength; at += room - 2) {
    const part = nal.subarray(at, at + room - 2);
    const isEnd = at + part.byteLength === nal.byteLength;
    const bytes = new Uint8Array(part.byteLength + 2);
    bytes[0] = (head & 0xe0) | 28;
    bytes[1] = (at === 1 ? 0x80 : 0) | (isEnd ? 0x40 : 0) | (head & 31);
    bytes.set(part, 2);
    parts.push(bytes);
  }
  return parts;
}
