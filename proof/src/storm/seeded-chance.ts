import type { Chance } from "@outrider/contract";

/** sfc32: small, fast, good enough for choosing faults; the same seed gives the same world on every machine. */
export class SeededChance implements Chance {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  #ids = 0;

  constructor(seed: number, stream: number = 0) {
    this.#a = seed | 0;
    this.#b = (seed ^ 0x9e3779b9 ^ (stream * 0x85ebca6b)) | 0;
    this.#c = (stream + 0x243f6a88) | 0;
    for (let warm = 0; warm < 16; warm++) this.#next();
  }

  unit(): number {
    return this.#next() / 4294967296;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.#next() & 0xff);
  }

  id(prefix: string): string {
    this.#ids += 1;
    const tail = (this.#next() >>> 0).toString(16).padStart(8, "0");
    return `${prefix}_${this.#ids.toString(36)}${tail}`;
  }

  #next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t;
    this.#c |= 0;
    return t >>> 0;
  }
}
