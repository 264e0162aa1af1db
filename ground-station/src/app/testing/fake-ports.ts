import type { AppendFile, Chance, Disk } from "@outrider/contract";

export function seededChance(seed = 1): Chance {
  let state = seed;
  const unit = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => Math.floor(unit() * 256));
  let count = 0;
  return { unit, bytes, id: (prefix) => `${prefix}_${++count}` };
}

/** Files in memory. `failAppends` makes the next appends fail, `tornBytes` leaves part of a failed one behind. */
export class MemoryDisk implements Disk {
  readonly files = new Map<string, Uint8Array>();
  failAppends = 0;
  tornBytes = 0;
  appends = 0;
  /** Held back until `settle`, as a real disk takes its time. */
  hold = false;
  #waiting: (() => void)[] = [];

  open(name: string, ready: Parameters<Disk["open"]>[1]): void {
    const content = this.files.get(name) ?? new Uint8Array();
    this.files.set(name, content);
    ready({ kind: "ok", content, file: this.#file(name) });
  }

  settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const one of waiting) one();
  }

  #file(name: string): AppendFile {
    return {
      append: (bytes, done) => {
        const finish = (): void => {
          this.appends += 1;
          const failed = this.failAppends > 0;
          if (failed) this.failAppends -= 1;
          const kept = failed ? bytes.subarray(0, this.tornBytes) : bytes;
          this.files.set(name, join(this.files.get(name) ?? new Uint8Array(), kept));
          done(failed ? new Error("no space left on device") : undefined);
        };
        if (this.hold) this.#waiting.push(finish);
        else finish();
      },
      close: () => undefined,
    };
  }

  replace(name: string, bytes: Uint8Array, done: (error?: Error) => void): void {
    this.files.set(name, bytes);
    done();
  }

  read(name: string, done: (bytes: Uint8Array | undefined) => void): void {
    done(this.files.get(name));
  }

  truncate(name: string, length: number, done: (error?: Error) => void): void {
    this.files.set(name, (this.files.get(name) ?? new Uint8Array()).slice(0, length));
    done();
  }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
