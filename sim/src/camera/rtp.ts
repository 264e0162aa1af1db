/** State of one RTP sender; the packetiser moves it on. */
export type RtpSender = { readonly ssrc: number; sequence: number; packets: number; octets: number };

export const rtpPayloadType = 96;
const headerBytes = 12;

/**
 * Packets of one H.264 access unit (RFC 6184, packetization-mode 1): single NAL units, and FU-A for those that do not
 * fit `mostBytes`. The marker is set on the last one. `timestamp` is 90 kHz, modulo 2^32.
 */
export function packetise(
  sender: RtpSender,
  nals: readonly Uint8Array[],
  timestamp: number,
  mostBytes = 1_200,
): Uint8Array[] {
  const packets: Uint8Array[] = [];
  const room = mostBytes - headerBytes;
  nals.forEach((nal, i) => {
    const last = i === nals.length - 1;
    if (nal.byteLength <= room) packets.push(packet(sender, timestamp, last, [nal]));
    else fragments(sender, nal, timestamp, last, room - 2, packets);
  });
  return packets;
}

function fragments(
  sender: RtpSender,
  nal: Uint8Array,
  timestamp: number,
  lastNal: boolean,
  room: number,
  packets: Uint8Array[],
): void {
  const head = nal[0] ?? 0;
  const indicator = (head & 0xe0) | 28;
  for (let at = 1; at < nal.byteLength; at += room) {
    const end = Math.min(nal.byteLength, at + room);
    const isEnd = end === nal.byteLength;
    const fuHeader = (at === 1 ? 0x80 : 0) | (isEnd ? 0x40 : 0) | (head & 0x1f);
    packets.push(
      packet(sender, timestamp, lastNal && isEnd, [Uint8Array.of(indicator, fuHeader), nal.subarray(at, end)]),
    );
  }
}

function packet(sender: RtpSender, timestamp: number, marker: boolean, parts: readonly Uint8Array[]): Uint8Array {
  const payload = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const bytes = new Uint8Array(headerBytes + payload);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x80);
  view.setUint8(1, (marker ? 0x80 : 0) | rtpPayloadType);
  view.setUint16(2, sender.sequence, false);
  view.setUint32(4, timestamp >>> 0, false);
  view.setUint32(8, sender.ssrc, false);
  let at = headerBytes;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  sender.sequence = (sender.sequence + 1) & 0xffff;
  sender.packets += 1;
  sender.octets += payload;
  return bytes;
}

const ntpEpochS = 2_208_988_800;

/** RTP time of a moment of run time: one clock for both, so that a sender report ties them without rounding drift. */
export const rtpTimeOf = (tMs: number): number => Math.round((tMs % 2 ** 40) * 90) % 2 ** 32;

/**
 * RTCP sender report (RFC 3550, 6.4.1) that ties an RTP time to run time. Sent to the RTP port itself (RFC 5761):
 * the next port belongs to the next aircraft.
 */
export function senderReport(sender: RtpSender, tMs: number): Uint8Array {
  const bytes = new Uint8Array(28);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x80);
  view.setUint8(1, 200);
  view.setUint16(2, 6, false);
  view.setUint32(4, sender.ssrc, false);
  const seconds = Math.floor(tMs / 1000);
  view.setUint32(8, (seconds + ntpEpochS) % 2 ** 32, false);
  view.setUint32(12, Math.min(2 ** 32 - 1, Math.round(((tMs - seconds * 1000) / 1000) * 2 ** 32)), false);
  view.setUint32(16, rtpTimeOf(tMs), false);
  view.setUint32(20, sender.packets >>> 0, false);
  view.setUint32(24, sender.octets >>> 0, false);
  return bytes;
}
