const uuid = new TextEncoder().encode("MISPmicrosectime");
/** Locked to its reference, no discontinuity (ST 0603). */
const locked = 0x1f;
const seiType = 6;
const userDataUnregistered = 5;

/**
 * SEI NAL unit that stamps one picture with its time of capture (MISB ST 0604): by it the picture and the
 * asynchronous metadata of the same microsecond find each other. The 0xFF between the bytes keep start codes out.
 */
export function precisionTimeSei(tMs: number): Uint8Array {
  const us = BigInt(Math.round(tMs * 1000));
  const byte = (i: number): number => Number((us >> BigInt(8 * (7 - i))) & 0xffn);
  const time = [byte(0), byte(1), 0xff, byte(2), byte(3), 0xff, byte(4), byte(5), 0xff, byte(6), byte(7)];
  const payload = [...uuid, locked, ...time];
  return Uint8Array.from([seiType, userDataUnregistered, payload.length, ...payload, 0x80]);
}
