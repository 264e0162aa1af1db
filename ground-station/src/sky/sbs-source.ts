import type { SkySource } from "@outrider/contract";
import type { Report } from "./report.js";
import { LineCutter, readSbsLine } from "./sbs.js";
import { SourceHealth } from "./source-health.js";
import type { RunningSource, SourceDeps } from "./sources.js";

type OfSbs = Extract<SkySource, { kind: "sbs" }>;

const FIRST_RETRY_MS = 1_000;
const MOST_RETRY_MS = 10_000;

/** A receiver that is listened to on port 30003; dialled again for as long as the station runs. */
export class SbsSource implements RunningSource {
  readonly source: OfSbs;
  readonly health = new SourceHealth();
  readonly #deps: SourceDeps;
  readonly #lines = new LineCutter();
  readonly #text = new TextDecoder("latin1");
  #hangUp: (() => void) | undefined;
  #cancelRetry: (() => void) | undefined;
  #retryMs = FIRST_RETRY_MS;
  #open = false;
  #dialled = false;
  #closed = false;
  #lastByteMs = 0;

  constructor(source: OfSbs, deps: SourceDeps) {
    this.source = source;
    this.#deps = deps;
  }

  tick(): void {
    if (!this.#dialled) this.#dial();
    const wallMs = this.#deps.wall.nowMs();
    // An open connection proves nothing: a receiver that lives sends an empty line at least each minute.
    if (this.#open && wallMs - this.#lastByteMs > this.source.silentAfterS * 1000)
      this.health.failed(wallMs, `connected, and not a byte for ${this.source.silentAfterS} s`);
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry?.();
    this.#hangUp?.();
  }

  #dial(): void {
    const { host, port } = this.source;
    this.#dialled = true;
    this.#hangUp = this.#deps.ports.dialer.dial(
      { host, port, tls: false },
      {
        onOpen: () => this.#opened(),
        onBytes: (bytes) => this.#take(bytes),
        onClose: (problem) => this.#lost(problem),
      },
    );
  }

  #opened(): void {
    this.#open = true;
    this.#lastByteMs = this.#deps.wall.nowMs();
    this.#lines.clear();
    this.health.ok("connected");
  }

  #take(bytes: Uint8Array): void {
    if (this.#closed) return;
    this.#lastByteMs = this.#deps.wall.nowMs();
    this.#retryMs = FIRST_RETRY_MS;
    const reports: Report[] = [];
    let refused = 0;
    for (const line of this.#lines.take(this.#text.decode(bytes))) {
      if (line === "") continue;
      const report = readSbsLine(line, this.source.sourceId, this.#deps.run.nowMs());
      if (report !== undefined) reports.push(report);
      else if (!/^(SEL|ID|AIR|STA|CLK),/.test(line)) refused += 1;
    }
    this.health.ok("connected");
    if (refused > 0) this.#deps.onRefused(refused);
    if (reports.length > 0) this.#deps.onReports(reports);
  }

  #lost(problem: string): void {
    this.#open = false;
    if (this.#closed) return;
    this.health.failed(this.#deps.wall.nowMs(), `not connected: ${problem === "" ? "it hung up" : problem}`);
    this.#cancelRetry = this.#deps.wall.after(this.#retryMs, () => this.#dial());
    this.#retryMs = Math.min(MOST_RETRY_MS, this.#retryMs * 2);
  }
}
