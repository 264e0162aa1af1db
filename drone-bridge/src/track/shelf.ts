import type { Disk, FactData, Log } from "@outrider/contract";
import type { FactSink, KnownRecording } from "../journal/index.js";

export type ShelfDeps = { readonly disk: Disk; readonly sink: FactSink; readonly log: Log; readonly mostBytes: number };

/**
 * The finished recordings, oldest first, and the room that they may take. Only what is sealed is ever deleted, the
 * oldest first, and the fact of it stays. Files that the journal does not know are not touched.
 */
export class Shelf {
  readonly #deps: ShelfDeps;
  readonly #sealed: { file: string; uid: string; sha256: string; bytes: number }[] = [];
  #bytes = 0;
  #deleting = false;

  constructor(deps: ShelfDeps) {
    this.#deps = deps;
  }

  /** What lay there when the bridge started. */
  know(known: readonly KnownRecording[]): void {
    for (const { file, uid, sha256, bytes } of known) if (sha256 !== undefined) this.#put({ file, uid, sha256, bytes });
  }

  /** Writes the hash beside the file, as `sha256sum -c` reads it, says the fact, and makes room. */
  seal(sealed: FactData<"RecordingSealed">): void {
    const { file, uid, sha256, bytes } = sealed;
    const line = `${sha256}  ${file.slice(file.lastIndexOf("/") + 1)}\n`;
    this.#deps.disk.replace(`${file}.sha256`, new TextEncoder().encode(line), (error) => {
      if (error !== undefined) this.#deps.log("warn", "no hash beside a recording", { file, error: error.message });
    });
    this.#deps.sink("RecordingSealed", sealed);
    this.#put({ file, uid, sha256, bytes });
  }

  /** Deletes as long as all recordings together, `openBytes` of them still being written, take too much. */
  makeRoom(openBytes: number): void {
    const { disk, sink, log, mostBytes } = this.#deps;
    if (this.#deleting || this.#bytes + openBytes <= mostBytes) return;
    const oldest = this.#sealed[0];
    const remove = disk.remove?.bind(disk);
    if (oldest === undefined || remove === undefined) return;
    this.#deleting = true;
    remove(oldest.file, (error) => {
      this.#deleting = false;
      if (error !== undefined)
        return log("error", "a recording cannot be deleted", { ...oldest, error: error.message });
      this.#sealed.shift();
      this.#bytes -= oldest.bytes;
      remove(`${oldest.file}.sha256`, () => {});
      sink("RecordingDeleted", { ...oldest, why: `recordings may take ${mostBytes} bytes: the oldest goes` });
      this.makeRoom(openBytes);
    });
  }

  #put(one: { file: string; uid: string; sha256: string; bytes: number }): void {
    this.#sealed.push(one);
    this.#bytes += one.bytes;
  }
}
