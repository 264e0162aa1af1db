/** SHA-256 (FIPS 180-4) without an import, so that this library runs wherever its callers do. */

const ROUND = new Int32Array(roundConstants());

/** First 32 bits of the fractions of the cube roots of the first 64 primes (FIPS 180-4, section 4.2.2). */
function roundConstants(): number[] {
  return primes(64).map((prime) => Number(fractionOfRoot(prime, 3n)));
}

/** First 32 bits of the fractions of the square roots of the first 8 primes (FIPS 180-4, section 5.3.3). */
const START = new Int32Array(primes(8).map((prime) => Number(fractionOfRoot(prime, 2n))));

function primes(count: number): bigint[] {
  const found: bigint[] = [];
  for (let n = 2n; found.length < count; n++) if (found.every((prime) => n % prime !== 0n)) found.push(n);
  return found;
}

function fractionOfRoot(value: bigint, degree: bigint): bigint {
  const scaled = value << (32n * degree);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** degree <= scaled) low = middle;
    else high = middle;
  }
  return low & 0xffffffffn;
}

/** The 32 bytes of the hash of `bytes`. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const hasher = new Hasher(bytes.length);
  hasher.input.set(bytes);
  hasher.run(bytes.length);
  return Uint8Array.from({ length: 32 }, (_, index) => hasher.byte(index));
}

/**
 * Hashes messages of up to `capacity` bytes again and again in the same memory: making that memory costs more than
 * hashing a frame.
 */
export class Hasher {
  /** The message goes here, from the first byte on. What lies behind it is overwritten. */
  readonly input: Uint8Array;
  private readonly state = new Int32Array(8);
  private readonly schedule = new Int32Array(64);

  constructor(capacity: number) {
    this.input = new Uint8Array(paddedLength(capacity));
  }

  /** Hashes the first `length` bytes of the input. */
  run(length: number): void {
    const blocks = this.input;
    const end = paddedLength(length);
    blocks[length] = 0x80;
    for (let i = length + 1; i < end - 4; i++) blocks[i] = 0;
    // Four bytes of length in bits are enough: they count half a gigabyte, and what is signed are frames.
    blocks[end - 4] = length >>> 21;
    blocks[end - 3] = length >>> 13;
    blocks[end - 2] = length >>> 5;
    blocks[end - 1] = length << 3;
    for (let i = 0; i < 8; i++) this.state[i] = START[i] as number;
    for (let at = 0; at < end; at += 64) addBlock(this.state, this.schedule, blocks, at);
  }

  /** Byte `index` of the last hash. */
  byte(index: number): number {
    return ((this.state[index >> 2] as number) >>> (24 - 8 * (index & 3))) & 0xff;
  }
}

/** Length of the whole blocks that hold `length` bytes, a 1 bit, and eight bytes of length. */
function paddedLength(length: number): number {
  return (((length + 8) >> 6) + 1) << 6;
}

/** The casts drop the `undefined` that indexes within fixed lengths cannot give; this loop is all the cost of a hash. */
function fillSchedule(w: Int32Array, blocks: Uint8Array, start: number): void {
  for (let i = 0, at = start; i < 16; i++, at += 4) {
    w[i] =
      ((blocks[at] as number) << 24) |
      ((blocks[at + 1] as number) << 16) |
      ((blocks[at + 2] as number) << 8) |
      (blocks[at + 3] as number);
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15] as number;
    const y = w[i - 2] as number;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) | 0;
  }
}

/** One block into the state (FIPS 180-4, section 6.2.2). */
function addBlock(state: Int32Array, w: Int32Array, blocks: Uint8Array, start: number): void {
  fillSchedule(w, blocks, start);
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const choice = g ^ (e & (f ^ g));
    const first = (h + s1 + choice + (ROUND[i] as number) + (w[i] as number)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const majority = (a & b) | (c & (a | b));
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + s0 + majority) | 0;
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
}
