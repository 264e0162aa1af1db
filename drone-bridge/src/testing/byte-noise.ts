import type { Chance } from "@outrider/contract";
import { type AnyMessageInit, decode, encodeFrame, FrameReader, type MavMessage } from "@outrider/mavlink";

/**
 * A link that turns some of its bytes (`share` of them), one end to one end: what is spoilt is dropped by its checksum
 * or is no frame any more. Bytes of one message may be read together with those of the next.
 */
export function byteNoise(
  chance: Chance,
  share: number,
  deliver: (message: MavMessage) => void,
): (message: AnyMessageInit) => void {
  const reader = new FrameReader();
  let seq = 0;
  return (message) => {
    const bytes = encodeFrame(message, { sysid: 1, compid: 1, seq: seq++ & 0xff });
    const spoilt = bytes.map((byte) => (chance.unit() < share ? Math.floor(chance.unit() * 256) : byte));
    reader.push(spoilt, (frame) => {
      const heard = decode(frame);
      if (heard !== undefined) deliver(heard);
    });
  };
}
