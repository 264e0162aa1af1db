import type { AppendFile, Chance, Clock, Disk } from "@outrider/contract";

/** What is on the platters of one machine. It outlives the process that wrote it. */
export class Platters {
  readonly files = new Map<string, Uint8Array>();
  full = false;
  slowMs = 0;
}

/**
 * A disk that tells the truth about durability: bytes count only when `append` has called back, and a crash in
 * between leaves none, all, or a torn part of them.
 */
export class SimDisk implements Disk {
  readonly #platters: Platters;
  readonly #clock: Clock;
  readonly #chance: Chance;
  #inFlight: { name: string; bytes: Uint8Array } | undefined;

  constructor(platters: Platters, clock: Clock, chance: Chance) {
    this.#platters = platters;
    this.#clock = clock;
    this.#chance = chance;
  }

  open(name: string, ready: Parameters<Disk["open"]>[1]): void {
    const content = this.#platters.files.get(name) ?? new Uint8Array(0);
    this.#platters.files.set(name, content);
    this.#clock.after(0.2, () => ready({ kind: "ok", content, file: this.#fileOf(name) }));
  }

  replace(name: string, bytes: Uint8Array, done: (error?: Error) => void): void {
    this.#clock.after(this.#latencyMs(), () => {
      if (this.#platters.full) return done(new Error("disk full"));
      this.#platters.files.set(name, bytes.slice());
      done();
    });
  }

  read(name: string, done: (bytes: Uint8Array | undefined) => void): void {
    this.#clock.after(0.2, () => done(this.#platters.files.get(name)));
  }

  truncate(name: string, length: number, done: (error?: Error) => void): void {
    const content = this.#platters.files.get(name) ?? new Uint8Array(0);
    this.#platters.files.set(name, content.slice(0, length));
    this.#clock.after(this.#latencyMs(), () => done());
  }

  /** The process died: what was being written may be there whole, in part, or not at all. */
  crash(): void {
    const { name, bytes } = this.#inFlight ?? {};
    if (name === undefined || bytes === undefined) return;
    this.#append(name, bytes.slice(0, Math.floor(this.#chance.unit() * (bytes.length + 1))));
  }

  #latencyMs(): number {
    return 0.3 + this.#chance.unit() * 2 + this.#platters.slowMs;
  }

  #fileOf(name: string): AppendFile {
    return {
      append: (bytes, done) => {
        this.#inFlight = { name, bytes: bytes.slice() };
        this.#clock.after(this.#latencyMs(), () => {
          this.#inFlight = undefined;
          if (this.#platters.full) return done(new Error("disk full"));
          this.#append(name, bytes);
          done();
        });
      },
      close: () => undefined,
    };
  }

  #append(name: string, bytes: Uint8Array): void {
    const old = this.#platters.files.get(name) ?? new Uint8Array(0);
    const grown = new Uint8Array(old.length + bytes.length);
    grown.set(old);
    grown.set(bytes, old.length);
    this.#platters.files.set(name, grown);
  }
}
