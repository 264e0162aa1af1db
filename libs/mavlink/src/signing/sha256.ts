/** SHA-256 (FIPS 180-4) without an import, so that this library runs wherever its callers do. */
import { addBlock, START } from "../generated/sha256-block.js";

const WORDS = 16;

/** The 32 bytes of the hash of `bytes`. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const hasher = new Hasher();
  hasher.run(bytes, bytes.length);
  return Uint8Array.from({ length: 32 }, (_, index) => hasher.byte(index));
}

/**
 * Hashes one message after the other in the same memory: making that memory costs more than hashing a frame. `lead` goes
 * before each message: whole words of it, less than a block.
 */
export class Hasher {
  private readonly lead: Int32Array;
  private readonly state = new Int32Array(8);
  private readonly words = new Int32Array(WORDS);

  constructor(lead: Uint8Array = new Uint8Array(0)) {
    this.lead = Int32Array.from({ length: lead.length >> 2 }, (_, i) => wordAt(lead, 4 * i, lead.length));
  }

  /** Hashes the lead and the first `length` bytes of `bytes`. */
  run(bytes: Uint8Array, length: number): void {
    const { lead, state, words } = this;
    // By hand: for so few, that beats `set`. The casts drop the `undefined` that indexes within a length cannot give.
    for (let i = 0; i < 8; i++) state[i] = START[i] as number;
    for (let i = 0; i < lead.length; i++) words[i] = lead[i] as number;
    let at = 0;
    for (let place = lead.length, last = false; !last; place = 0) {
      for (let i = place; i < WORDS; i++, at += 4) words[i] = wordAt(bytes, at, length);
      // Behind the message come a 1 bit and, at the end of a block, eight bytes of length.
      last = at >= length + 9;
      // One word of length in bits is enough: it counts half a gigabyte, and what is signed are frames.
      if (last) words[WORDS - 1] = (4 * lead.length + length) << 3;
      addBlock(state, words);
    }
  }

  /** Byte `index` of the last hash. */
  byte(index: number): number {
    return ((this.state[index >> 2] as number) >>> (24 - 8 * (index & 3))) & 0xff;
  }
}

function wordAt(bytes: Uint8Array, at: number, length: number): number {
  if (at + 4 > length) return endingWord(bytes, at, length);
  return (
    ((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)
  );
}

/** A word over the end of the message: what is left of it, a 1 bit, and zeros. */
function endingWord(bytes: Uint8Array, at: number, length: number): number {
  if (at > length) return 0;
  let word = 0x80 << (24 - 8 * (length - at));
  for (let i = 0; at + i < length; i++) word |= (bytes[at + i] as number) << (24 - 8 * i);
  return word;
}
