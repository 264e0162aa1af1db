const packetBytes = 188;
const sync = 0x47;

/** What an adaptation field of the first packet of a unit says (ISO/IEC 13818-1, 2.4.3.4). */
export type UnitStart = { readonly pcr90k: number | undefined; readonly randomAccess: boolean };

/** Cuts units into transport packets of one PID, each with the next of its continuity counters. */
export class TsPid {
  readonly pid: number;
  #counter = 0;

  constructor(pid: number) {
    this.pid = pid;
  }

  /** One PES packet, stuffed to whole transport packets. */
  unit(payload: Uint8Array, start: UnitStart, out: Uint8Array[]): void {
    let at = 0;
    for (let first = true; first || at < payload.byteLength; first = false) {
      const wanted = first ? fieldOf(start) : none;
      const room = packetBytes - 4 - (wanted.length === 0 ? 0 : wanted.length + 1);
      const take = Math.min(room, payload.byteLength - at);
      out.push(this.#packet(first, stuffed(wanted, room - take), payload.subarray(at, at + take)));
      at += take;
    }
  }

  /** One PSI section that fits into a packet. */
  section(section: Uint8Array, out: Uint8Array[]): void {
    const body = new Uint8Array(packetBytes - 4).fill(0xff);
    body[0] = 0;
    body.set(section, 1);
    out.push(this.#packet(true, none, body));
  }

  #packet(first: boolean, field: readonly number[], payload: Uint8Array): Uint8Array {
    const bytes = new Uint8Array(packetBytes);
    const hasField = field.length > 0;
    bytes[0] = sync;
    bytes[1] = (first ? 0x40 : 0) | (this.pid >> 8);
    bytes[2] = this.pid & 0xff;
    bytes[3] = (hasField ? 0x30 : 0x10) | this.#counter;
    bytes.set(field, 4);
    bytes.set(payload, 4 + field.length);
    this.#counter = (this.#counter + 1) & 15;
    return bytes;
  }
}

const none: readonly number[] = [];

/** The field without its length byte; empty where it has nothing to say. */
function fieldOf({ pcr90k, randomAccess }: UnitStart): readonly number[] {
  if (pcr90k === undefined) return randomAccess ? [0x40] : none;
  return [(randomAccess ? 0x40 : 0) | 0x10, ...pcrBytes(pcr90k)];
}

/** Program clock reference: 33 bits of 90 kHz, six reserved ones, nine of 27 MHz that are zero here. */
function pcrBytes(at90k: number): readonly number[] {
  const base = ((at90k % 2 ** 33) + 2 ** 33) % 2 ** 33;
  const high = Math.floor(base / 2);
  return [(high >>> 24) & 0xff, (high >>> 16) & 0xff, (high >>> 8) & 0xff, high & 0xff, (base % 2) * 128 + 0x7e, 0];
}

/** The whole adaptation field, filled up by `spare` bytes. */
function stuffed(field: readonly number[], spare: number): readonly number[] {
  if (field.length > 0) return [field.length + spare, ...field, ...filler(spare)];
  if (spare === 0) return none;
  return spare === 1 ? [0] : [spare - 1, 0, ...filler(spare - 2)];
}

const filler = (count: number): readonly number[] => Array.from({ length: count }, () => 0xff);

/** CRC of PSI sections: polynomial 04C11DB7, all ones at the start, nothing turned round (ISO/IEC 13818-1, annex A). */
export function psiCrc(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}
