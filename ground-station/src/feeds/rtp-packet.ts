export type RtpPacket = {
  readonly marker: boolean;
  readonly payloadType: number;
  readonly sequence: number;
  /** 90 kHz, modulo 2^32. */
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Uint8Array;
};

/** RTP header of RFC 3550, 5.1, with CSRC list, extension and padding taken off; undefined for what is not RTP. */
export function parseRtp(bytes: Uint8Array): RtpPacket | undefined {
  if (bytes.byteLength < 12) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = view.getUint8(0);
  if (first >> 6 !== 2) return undefined;
  let from = 12 + (first & 15) * 4;
  if ((first & 0x10) !== 0) {
    if (bytes.byteLength < from + 4) return undefined;
    from += 4 + view.getUint16(from + 2, false) * 4;
  }
  const padding = (first & 0x20) !== 0 ? view.getUint8(bytes.byteLength - 1) : 0;
  if (from + padding >= bytes.byteLength) return undefined;
  return {
    marker: (view.getUint8(1) & 0x80) !== 0,
    payloadType: view.getUint8(1) & 0x7f,
    sequence: view.getUint16(2, false),
    timestamp: view.getUint32(4, false),
    ssrc: view.getUint32(8, false),
    payload: bytes.subarray(from, bytes.byteLength - padding),
  };
}

/** Whether a datagram is RTCP and not RTP (RFC 5761, 4): its second byte lies in 192…223. */
export const isRtcp = (bytes: Uint8Array): boolean =>
  bytes.byteLength >= 8 && (bytes[0] ?? 0) >> 6 === 2 && (bytes[1] ?? 0) >= 192 && (bytes[1] ?? 0) <= 223;

/** How far sequence `b` lies after `a`, −32768 … 32767. */
export const sequenceGap = (a: number, b: number): number => (((b - a) & 0xffff) << 16) >> 16;
