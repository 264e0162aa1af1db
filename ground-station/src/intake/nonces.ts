import type { AppendFile, Disk, Log } from "@outrider/contract";

const keptMs = 600_000;
const fileName = "nonces.log";
const encoder = new TextEncoder();

/** Nonces of signed requests, kept for twice the window that a timestamp may be off, and over a restart. */
export class Nonces {
  readonly #disk: Disk;
  readonly #log: Log;
  readonly #untilMs = new Map<string, number>();
  #file: AppendFile | undefined;
  #waiting: string[] = [];
  #inFlight = false;

  constructor(disk: Disk, log: Log) {
    this.#disk = disk;
    this.#log = log;
  }

  /** Reads what is still valid and writes the file anew, so that it never grows beyond ten minutes of requests. */
  load(nowMs: number, done: () => void): void {
    this.#disk.read(fileName, (bytes) => {
      for (const line of new TextDecoder().decode(bytes ?? new Uint8Array()).split("\n")) {
        const [untilText, key] = line.split(" ", 2);
        const untilMs = Number(untilText);
        if (key !== undefined && untilMs > nowMs) this.#untilMs.set(key, untilMs);
      }
      const kept = [...this.#untilMs].map(([key, untilMs]) => `${untilMs} ${key}\n`).join("");
      this.#disk.replace(fileName, encoder.encode(kept), () =>
        this.#disk.open(fileName, (opened) => {
          if (opened.kind === "ok") this.#file = opened.file;
          else this.#log("warn", "nonces are kept in memory only", { error: opened.error.message });
          done();
        }),
      );
    });
  }

  /** False when this nonce was used before. */
  use(sourceId: string, nonce: string, nowMs: number): boolean {
    const key = `${sourceId}/${nonce}`;
    for (const [old, untilMs] of this.#untilMs) {
      if (untilMs > nowMs) break;
      this.#untilMs.delete(old);
    }
    if ((this.#untilMs.get(key) ?? 0) > nowMs) return false;
    this.#untilMs.set(key, nowMs + keptMs);
    this.#waiting.push(`${nowMs + keptMs} ${key}\n`);
    this.#flush();
    return true;
  }

  #flush(): void {
    const file = this.#file;
    if (file === undefined || this.#inFlight || this.#waiting.length === 0) return;
    this.#inFlight = true;
    const bytes = encoder.encode(this.#waiting.join(""));
    this.#waiting = [];
    file.append(bytes, (error) => {
      this.#inFlight = false;
      if (error) this.#log("warn", "nonces could not be written", { error: error.message });
      else this.#flush();
    });
  }

  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }
}
