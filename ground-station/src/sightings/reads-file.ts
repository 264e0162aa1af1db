import type { AppendFile, Disk } from "@outrider/contract";
import { type Read, readSchema } from "./read.js";

const names = ["reads-0.ndjson", "reads-1.ndjson"] as const;
/** Two files, written in turn: when one is full the older half of what is known goes, whole. */
const fullBytes = 32 * 1024 * 1024;
const mostWaiting = 50_000;

type Done = (error?: Error) => void;

/** Reads on disk, so that a restart keeps them. Lines wait while one append runs and then go together. */
export class ReadsFile {
  readonly #disk: Disk;
  readonly #fullBytes: number;
  #file: AppendFile | undefined;
  #current: 0 | 1 = 0;
  #size = 0;
  #busy = false;
  #waiting: { line: string; done: Done }[] = [];

  constructor(disk: Disk, sizeLimit = fullBytes) {
    this.#disk = disk;
    this.#fullBytes = sizeLimit;
  }

  /** Hands over what was kept since `fromMs`, oldest file first; a torn or foreign line is passed over and counted. */
  open(fromMs: number, ready: (reads: readonly Read[], badLines: number, error?: Error) => void): void {
    const loaded: { reads: Read[]; bad: number; bytes: number }[] = [];
    const next = (n: 0 | 1): void => {
      this.#disk.read(names[n], (bytes) => {
        loaded[n] = { ...parseLines(bytes, fromMs), bytes: bytes?.byteLength ?? 0 };
        if (n === 0) return next(1);
        this.#begin(loaded, ready);
      });
    };
    next(0);
  }

  #begin(
    loaded: readonly { reads: Read[]; bad: number; bytes: number }[],
    ready: (reads: readonly Read[], badLines: number, error?: Error) => void,
  ): void {
    const newest = (n: 0 | 1): number => loaded[n]?.reads.at(-1)?.receivedMs ?? 0;
    this.#current = newest(1) > newest(0) ? 1 : 0;
    this.#size = loaded[this.#current]?.bytes ?? 0;
    const older = loaded[1 - this.#current];
    const reads = [...(older?.reads ?? []), ...(loaded[this.#current]?.reads ?? [])];
    const bad = loaded.reduce((sum, one) => sum + one.bad, 0);
    this.#disk.open(names[this.#current], (opened) => {
      if (opened.kind === "error") return ready(reads, bad, opened.error);
      this.#file = opened.file;
      ready(reads, bad);
      this.#write();
    });
  }

  append(read: Read, done: Done): void {
    if (this.#waiting.length >= mostWaiting) return done(new Error("the disk is too slow for this many reads"));
    this.#waiting.push({ line: `${JSON.stringify(read)}\n`, done });
    this.#write();
  }

  #write(): void {
    if (this.#busy || this.#waiting.length === 0) return;
    const file = this.#file;
    if (file === undefined) return;
    const batch = this.#waiting;
    this.#waiting = [];
    this.#busy = true;
    // A line that begins on a torn one would be lost with it: each batch starts on a line of its own.
    const bytes = new TextEncoder().encode(`\n${batch.map((one) => one.line).join("")}`);
    file.append(bytes, (error) => {
      this.#size += bytes.byteLength;
      for (const one of batch) one.done(error);
      if (this.#size > this.#fullBytes) return this.#turn();
      this.#busy = false;
      this.#write();
    });
  }

  /** Empties the other file and goes on there. */
  #turn(): void {
    const other: 0 | 1 = this.#current === 0 ? 1 : 0;
    const goOn = (): void => {
      this.#busy = false;
      this.#write();
    };
    this.#disk.replace(names[other], new Uint8Array(0), (error) => {
      if (error) return goOn();
      this.#disk.open(names[other], (opened) => {
        if (opened.kind === "ok") {
          this.#file?.close();
          this.#file = opened.file;
          this.#current = other;
          this.#size = 0;
        }
        goOn();
      });
    });
  }
}

function parseLines(bytes: Uint8Array | undefined, fromMs: number): { reads: Read[]; bad: number } {
  const reads: Read[] = [];
  let bad = 0;
  for (const line of new TextDecoder().decode(bytes ?? new Uint8Array(0)).split("\n")) {
    if (line === "") continue;
    const read = parseLine(line);
    if (read === undefined) bad++;
    else if (read.receivedMs >= fromMs) reads.push(read);
  }
  return { reads, bad };
}

function parseLine(line: string): Read | undefined {
  try {
    const parsed = readSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
