import type { Disk } from "@outrider/contract";

const mostBytes = 64 * 1024 * 1024;

/**
 * Pictures of plates. All are held in memory for a while; those of a hit are also written, since a person may have to
 * compare them after a restart, and a court later.
 */
export class Crops {
  readonly #disk: Disk;
  readonly #held = new Map<string, Uint8Array>();
  #bytes = 0;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  hold(cropId: string, jpeg: Uint8Array): void {
    this.#held.set(cropId, jpeg);
    this.#bytes += jpeg.byteLength;
    for (const [oldest, bytes] of this.#held) {
      if (this.#bytes <= mostBytes) break;
      this.#held.delete(oldest);
      this.#bytes -= bytes.byteLength;
    }
  }

  keep(cropId: string, done: (error?: Error) => void): void {
    const jpeg = this.#held.get(cropId);
    if (jpeg === undefined) done();
    else this.#disk.replace(fileOf(cropId), jpeg, done);
  }

  find(cropId: string, done: (jpeg: Uint8Array | undefined) => void): void {
    const held = this.#held.get(cropId);
    if (held !== undefined) done(held);
    else this.#disk.read(fileOf(cropId), done);
  }
}

/** The id is ours and never a path: whatever is in it stays within one name. */
const fileOf = (cropId: string): string => `crop-${cropId.replace(/[^\w-]/g, "_")}.jpg`;
