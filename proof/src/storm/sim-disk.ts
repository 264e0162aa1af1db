import type { AppendFile, Chance, Clock, Disk } from "@outrider/contract";

/** What is on the platters of one machine. It outlives the process that wrote it. Appends are kept as pieces: most files are never read. */
export class Platters {
  readonly #files = new Map<string, Uint8Array[]>();
  full = false;
  slowMs = 0;

  get(name: string): Uint8Array | undefined {
    const pieces = this.#files.get(name);
    if (pieces === undefined) return undefined;
    if (pieces.length === 1 && pieces[0] !== undefined) return pieces[0];
    const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    this.#files.set(name, [whole]);
    return whole;
  }

  set(name: string, bytes: Uint8Array): void {
    this.#files.set(name, [bytes.slice()]);
  }

  append(name: string, bytes: Uint8Array): void {
    const pieces = this.#files.get(name);
    if (pieces === undefined) this.#files.set(name, [bytes.slice()]);
    else pieces.push(bytes.slice());
  }
}

/**
 * A disk that tells the truth about durability: bytes count only when `append` has called back, and a crash in
 * between leaves none, all, or a torn part of them.
 */
export class SimDisk implements Disk {
  readonly #platters: Platters;
  readonly #clock: Clock;
  readonly #chance: Chance;
  /** Several files may be written at once, and one file several times over. */
  readonly #inFlight = new Set<{ readonly name: string; readonly bytes: Uint8Array }>();

  constructor(platters: Platters, clock: Clock, chance: Chance) {
    this.#platters = platters;
    this.#clock = clock;
    this.#chance = chance;
  }

  open(name: string, ready: Parameters<Disk["open"]>[1]): void {
    const content = this.#platters.get(name) ?? new Uint8Array(0);
    this.#platters.set(name, content);
    this.#clock.after(0.2, () => ready({ kind: "ok", content, file: this.#fileOf(name) }));
  }

  replace(name: string, bytes: Uint8Array, done: (error?: Error) => void): void {
    this.#clock.after(this.#latencyMs(), () => {
      if (this.#platters.full) return done(new Error("disk full"));
      this.#platters.set(name, bytes);
      done();
    });
  }

  read(name: string, done: (bytes: Uint8Array | undefined) => void): void {
    this.#clock.after(0.2, () => done(this.#platters.get(name)));
  }

  truncate(name: string, length: number, done: (error?: Error) => void): void {
    const content = this.#platters.get(name) ?? new Uint8Array(0);
    this.#platters.set(name, content.slice(0, length));
    this.#clock.after(this.#latencyMs(), () => done());
  }

  /** The process died: what was being written to each file may be there whole, in part, or not at all. */
  crash(): void {
    const torn = new Set<string>();
    for (const { name, bytes } of this.#inFlight) {
      // What follows a torn piece in the same file never reached the platters.
      if (torn.has(name)) continue;
      const kept = Math.floor(this.#chance.unit() * (bytes.length + 1));
      if (kept < bytes.length) torn.add(name);
      if (!this.#platters.full) this.#append(name, bytes.slice(0, kept));
    }
    this.#inFlight.clear();
  }

  #latencyMs(): number {
    return 0.3 + this.#chance.unit() * 2 + this.#platters.slowMs;
  }

  #fileOf(name: string): AppendFile {
    return {
      append: (bytes, done) => {
        const writing = { name, bytes: bytes.slice() };
        this.#inFlight.add(writing);
        this.#clock.after(this.#latencyMs(), () => {
          this.#inFlight.delete(writing);
          if (this.#platters.full) return done(new Error("disk full"));
          this.#append(name, bytes);
          done();
        });
      },
      close: () => undefined,
    };
  }

  #append(name: string, bytes: Uint8Array): void {
    this.#platters.append(name, bytes);
  }
}
