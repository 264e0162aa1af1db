import { copyFrame, type Frame, frameLength } from "@outrider/mavlink";
import { tlogRecordBytes, tlogStampBytes, writeTlogRecord, writeTlogStamp } from "../link/index.js";

const blockBytes = 8_192;
/** Blocks that are kept for the next use: what a busy fleet says in some seconds. */
const mostFree = 1_024;

type Block = { readonly bytes: Uint8Array; readonly view: DataView; used: number };

/** Memory for records, used again and again: what is given back goes to whoever asks next, and none of it is garbage. */
export class Blocks {
  readonly #free: Block[] = [];

  take(): Block {
    const block = this.#free.pop();
    if (block === undefined) {
      const bytes = new Uint8Array(blockBytes);
      return { bytes, view: new DataView(bytes.buffer), used: 0 };
    }
    block.used = 0;
    return block;
  }

  giveBack(blocks: readonly Block[]): void {
    for (const block of blocks) if (this.#free.length < mostFree) this.#free.push(block);
  }
}

/** Records of a .tlog, one behind the other. */
export class Records {
  readonly #store: Blocks;
  #blocks: Block[] = [];
  #last: Block | undefined;
  #frames = 0;

  constructor(store: Blocks) {
    this.#store = store;
  }

  get frames(): number {
    return this.#frames;
  }

  add(frame: Frame | Uint8Array, tMs: number): void {
    const bytes = recordBytes(frame);
    const block = this.#roomFor(bytes);
    if (frame instanceof Uint8Array) writeTlogRecord(block.bytes, block.used, frame, tMs);
    else copyFrame(frame, block.view, writeTlogStamp(block.view, block.used, tMs));
    block.used += bytes;
    this.#frames++;
  }

  /** What is in it, to keep. */
  copy(): Uint8Array {
    const whole = new Uint8Array(this.#blocks.reduce((sum, block) => sum + block.used, 0));
    let at = 0;
    for (const { bytes, used } of this.#blocks) {
      whole.set(bytes.subarray(0, used), at);
      at += used;
    }
    return whole;
  }

  clear(): void {
    this.#store.giveBack(this.#blocks);
    this.#blocks = [];
    this.#last = undefined;
    this.#frames = 0;
  }

  /** A frame is far shorter than a block, so that one is never cut. */
  #roomFor(bytes: number): Block {
    const last = this.#last;
    if (last !== undefined && last.used + bytes <= blockBytes) return last;
    const next = this.#store.take();
    this.#blocks.push(next);
    this.#last = next;
    return next;
  }
}

/** Bytes that the record of a frame takes. */
export const recordBytes = (frame: Frame | Uint8Array): number =>
  frame instanceof Uint8Array ? tlogRecordBytes(frame) : tlogStampBytes + frameLength(frame);
