import type { AppendFile, Cancel, Clock, Disk, Log } from "@outrider/contract";
import { sha256Hex } from "./hash.js";

export type TrackFileDeps = {
  readonly disk: Disk;
  readonly wall: Clock;
  readonly log: Log;
};

export type TrackSum = { readonly sha256: string; readonly bytes: Uint8Array; readonly missed: number };

/** Rows that go to the disk together: a crash loses at most so many half seconds. */
const rowsAtOnce = 10;
/** An hour of one aircraft. Beyond that the disk is not coming back, and the oldest rows go. */
const mostKept = 7_200;
const retryMs = 1_000;
const newline = 10;
const encoder = new TextEncoder();

/**
 * One flight's rows, appended to a file of their own. Samples and not facts: nobody waits for them, a crash may cost
 * the last seconds, and a full disk keeps them in memory for an hour.
 */
export class TrackFile {
  readonly #deps: TrackFileDeps;
  readonly #name: string;
  readonly #head: string;
  #file: AppendFile | undefined;
  #kept: string[] = [];
  #durableBytes = 0;
  #busy = true;
  #missed = 0;
  #closed = false;
  #retry: Cancel | undefined;
  #sealed: ((sum: TrackSum) => void) | undefined;

  /** `head` is the first line of a new file. */
  constructor(deps: TrackFileDeps, name: string, head: string) {
    this.#deps = deps;
    this.#name = name;
    this.#head = head;
    this.#open();
  }

  #open(): void {
    this.#deps.disk.open(this.#name, (opened) => {
      if (this.#closed) {
        if (opened.kind === "ok") opened.file.close();
        return;
      }
      if (opened.kind === "error") return this.#again(() => this.#open());
      this.#file = opened.file;
      this.#durableBytes = opened.content.lastIndexOf(newline) + 1;
      if (this.#durableBytes === 0) this.#kept.unshift(this.#head);
      // What stands after the last whole line was torn by a crash.
      if (opened.content.byteLength > this.#durableBytes) return this.#cut();
      this.#busy = false;
      this.#flush();
    });
  }

  #again(run: () => void): void {
    this.#retry = this.#deps.wall.after(retryMs, run);
  }

  #cut(): void {
    this.#deps.disk.truncate(this.#name, this.#durableBytes, (error) => {
      if (this.#closed) return;
      if (error) return this.#again(() => this.#cut());
      this.#busy = false;
      this.#flush(true);
    });
  }

  add(row: string): void {
    this.#kept.push(row);
    while (this.#kept.length > mostKept) {
      this.#kept.shift();
      this.#missed += 1;
    }
    this.#flush();
  }

  #flush(now = this.#sealed !== undefined): void {
    const file = this.#file;
    if (this.#busy || file === undefined || this.#closed) return;
    if (this.#kept.length === 0) return this.#sum();
    if (!now && this.#kept.length < rowsAtOnce) return;
    const rows = this.#kept;
    this.#kept = [];
    this.#busy = true;
    const bytes = encoder.encode(rows.map((row) => `${row}\n`).join(""));
    file.append(bytes, (error) => {
      if (this.#closed) return;
      if (error) {
        this.#kept = [...rows, ...this.#kept];
        // A failed append may have left a part of itself.
        return this.#again(() => this.#cut());
      }
      this.#durableBytes += bytes.byteLength;
      this.#busy = false;
      this.#flush();
    });
  }

  /** Writes what is left and tells the file's hash as it lies on the disk; nothing may be added after. */
  seal(done: (sum: TrackSum) => void): void {
    this.#sealed = done;
    this.#flush();
  }

  #sum(): void {
    if (this.#sealed === undefined) return;
    this.#busy = true;
    this.#deps.disk.read(this.#name, (bytes) => {
      const sealed = this.#sealed;
      if (this.#closed || sealed === undefined) return;
      if (bytes === undefined) {
        this.#deps.log("warn", "a track cannot be read back yet");
        return this.#again(() => this.#sum());
      }
      this.close();
      sealed({ sha256: sha256Hex(bytes), bytes, missed: this.#missed });
    });
  }

  close(): void {
    this.#closed = true;
    this.#retry?.();
    this.#file?.close();
  }
}
