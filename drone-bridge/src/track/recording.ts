import type { AppendFile, Disk, FactData } from "@outrider/contract";
import type { Frame } from "@outrider/mavlink";
import { type Blocks, Records, recordBytes } from "./records.js";
import { RunningHash } from "./running-hash.js";

/** Bytes that may wait for a slow disk; what comes beyond is counted, not kept. */
const mostWaitingBytes = 8 * 1024 * 1024;

export type RecordingDeps = {
  readonly disk: Disk;
  readonly file: string;
  readonly blocks: Blocks;
  readonly onBegan: () => void;
  readonly onFailed: (reason: string) => void;
};

type Seal = Pick<FactData<"RecordingSealed">, "sha256" | "bytes" | "frames" | "dropped">;

/** One .tlog while it is written. What the disk refuses is tried again; it counts in the hash once it is durable. */
export class Recording {
  readonly #deps: RecordingDeps;
  readonly #hash = new RunningHash();
  #file: AppendFile | undefined;
  /** Behind what waits, and counted with it. */
  readonly #latest: Records;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #writing = false;
  #refused = false;
  #bytes = 0;
  #frames = 0;
  #dropped = 0;
  #sealed: ((seal: Seal | undefined) => void) | undefined;

  constructor(deps: RecordingDeps) {
    this.#deps = deps;
    this.#latest = new Records(deps.blocks);
    deps.disk.open(deps.file, (opened) => {
      if (opened.kind === "error") return deps.onFailed(opened.error.message);
      this.#file = opened.file;
      deps.onBegan();
      // Ended before it was there.
      if (this.#sealed !== undefined) this.flush();
    });
  }

  get bytes(): number {
    return this.#bytes + this.#waitingBytes;
  }

  /** Whole records, of so many frames. */
  push(records: Uint8Array, frames: number): void {
    if (!this.#takes(records.length, frames)) return;
    this.#settle();
    this.#waiting.push(records);
  }

  /** One frame, which is copied. */
  add(frame: Frame | Uint8Array, tMs: number): void {
    if (this.#takes(recordBytes(frame), 1)) this.#latest.add(frame, tMs);
  }

  /** Hands what has come to the disk. */
  flush(): void {
    const file = this.#file;
    if (file === undefined || this.#writing) return;
    this.#settle();
    if (this.#waiting.length === 0) return this.#finish(file);
    const block = joined(this.#waiting, this.#waitingBytes);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#writing = true;
    file.append(block, (error) => {
      this.#writing = false;
      if (error !== undefined) return this.#again(block, error);
      this.#refused = false;
      this.#hash.add(block);
      this.#bytes += block.length;
      if (this.#sealed !== undefined) this.flush();
    });
  }

  /** Nothing more comes. Without a seal where the disk refuses the rest: it is sealed after the next start. */
  end(sealed: (seal: Seal | undefined) => void): void {
    this.#sealed = sealed;
    this.flush();
  }

  #takes(bytes: number, frames: number): boolean {
    if (this.#waitingBytes + bytes > mostWaitingBytes) {
      this.#dropped += frames;
      return false;
    }
    this.#waitingBytes += bytes;
    this.#frames += frames;
    return true;
  }

  #settle(): void {
    if (this.#latest.frames === 0) return;
    this.#waiting.push(this.#latest.copy());
    this.#latest.clear();
  }

  #again(block: Uint8Array, error: Error): void {
    if (!this.#refused) this.#deps.onFailed(error.message);
    this.#refused = true;
    this.#waiting.unshift(block);
    this.#waitingBytes += block.length;
    if (this.#sealed === undefined) return;
    this.#file?.close();
    this.#file = undefined;
    this.#sealed(undefined);
  }

  #finish(file: AppendFile): void {
    const sealed = this.#sealed;
    if (sealed === undefined) return;
    this.#file = undefined;
    file.close();
    sealed({ sha256: this.#hash.hex(), bytes: this.#bytes, frames: this.#frames, dropped: this.#dropped });
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
