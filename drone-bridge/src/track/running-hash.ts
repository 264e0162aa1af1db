const blockBytes = 64;
const wordsOfBlock = 64;

/** First 32 bits of the fractional parts of the roots of the first primes (FIPS 180-4, sections 4.2.2 and 5.3.3). */
function fractions(count: number, root: number): Int32Array {
  const out = new Int32Array(count);
  for (let candidate = 2, found = 0; found < count; candidate++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) prime = false;
    if (!prime) continue;
    out[found++] = ((candidate ** (1 / root) % 1) * 2 ** 32) | 0;
  }
  return out;
}

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** SHA-256 of bytes that come piece by piece: a whole recording is never held in memory to be sealed. */
export class RunningHash {
  readonly #state = fractions(8, 2);
  readonly #constants = fractions(wordsOfBlock, 3);
  readonly #words = new Int32Array(wordsOfBlock);
  readonly #tail = new Uint8Array(blockBytes);
  #tailBytes = 0;
  #bytes = 0;

  add(piece: Uint8Array): void {
    this.#bytes += piece.length;
    let at = 0;
    if (this.#tailBytes > 0) {
      at = Math.min(blockBytes - this.#tailBytes, piece.length);
      this.#tail.set(piece.subarray(0, at), this.#tailBytes);
      this.#tailBytes += at;
      if (this.#tailBytes < blockBytes) return;
      this.#block(this.#tail, 0);
      this.#tailBytes = 0;
    }
    for (; at + blockBytes <= piece.length; at += blockBytes) this.#block(piece, at);
    this.#tail.set(piece.subarray(at));
    this.#tailBytes = piece.length - at;
  }

  /** Ends it: nothing may be added after. 64 hexadecimal digits. */
  hex(): string {
    const bits = this.#bytes * 8;
    const zeros = (blockBytes * 2 - 9 - (this.#bytes % blockBytes)) % blockBytes;
    const end = new Uint8Array(1 + zeros + 8);
    end[0] = 0x80;
    const view = new DataView(end.buffer);
    view.setUint32(1 + zeros, Math.floor(bits / 2 ** 32));
    view.setUint32(5 + zeros, bits % 2 ** 32);
    this.add(end);
    return [...this.#state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  // The casts drop the `undefined` that an index within the length cannot give.
  #block(bytes: Uint8Array, at: number): void {
    const w = this.#words;
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, blockBytes);
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(4 * i);
    for (let i = 16; i < wordsOfBlock; i++) {
      const [early, late] = [w[i - 15] as number, w[i - 2] as number];
      const small0 = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
      const small1 = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
      w[i] = ((w[i - 16] as number) + small0 + (w[i - 7] as number) + small1) | 0;
    }
    this.#rounds(w);
  }

  #rounds(w: Int32Array): void {
    const [s, k] = [this.#state, this.#constants];
    let [a, b, c, d] = [s[0] as number, s[1] as number, s[2] as number, s[3] as number];
    let [e, f, g, h] = [s[4] as number, s[5] as number, s[6] as number, s[7] as number];
    for (let i = 0; i < wordsOfBlock; i++) {
      const big1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const chosen = g ^ (e & (f ^ g));
      const first = (h + big1 + chosen + (k[i] as number) + (w[i] as number)) | 0;
      const big0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
      const second = (big0 + ((a & b) | (c & (a | b)))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + first) | 0;
      d = c;
      c = b;
      b = a;
      a = (first + second) | 0;
    }
    const next = [a, b, c, d, e, f, g, h];
    for (let i = 0; i < 8; i++) s[i] = ((s[i] as number) + (next[i] as number)) | 0;
  }
}
