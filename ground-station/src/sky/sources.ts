import type { Clock, HttpClient, SkySource } from "@outrider/contract";
import type { ByteDialer } from "../feeds/index.js";
import { type AircraftFile, readAircraftJson } from "./aircraft-json.js";
import { type Metar, readMetar } from "./metar.js";
import type { Report } from "./report.js";
import { SbsSource } from "./sbs-source.js";
import { SourceHealth } from "./source-health.js";

/** Ways out of the process; without them nothing is asked and every source is silent. */
export type SkyPorts = { readonly http: HttpClient; readonly dialer: ByteDialer };

export type SourceDeps = {
  readonly ports: SkyPorts;
  readonly run: Clock;
  readonly wall: Clock;
  onReports(reports: readonly Report[]): void;
  onMetar(source: SkySource, metar: Metar): void;
  onRefused(count: number): void;
};

export type RunningSource = {
  readonly source: SkySource;
  readonly health: SourceHealth;
  /** About once a second of run time. */
  tick(): void;
  /** What it told was forgotten with the run before: what is asked seldom is asked again now. */
  newRun?(): void;
  close(): void;
};

export function openSource(source: SkySource, deps: SourceDeps): RunningSource {
  switch (source.kind) {
    case "aircraft-json":
      return new JsonSource(source, deps);
    case "sbs":
      return new SbsSource(source, deps);
    case "metar":
      return new MetarSource(source, deps);
  }
}

/** A file that is served but not written any more: the receiver is gone and the web server is not. */
const STANDS_STILL_MS = 5_000;

abstract class AskedSource implements RunningSource {
  readonly health = new SourceHealth();
  abstract readonly source: SkySource & { readonly url: string };
  protected readonly deps: SourceDeps;
  #asking = false;
  #closed = false;

  constructor(deps: SourceDeps) {
    this.deps = deps;
  }

  abstract tick(): void;
  protected abstract answered(body: string, askedMs: number): void;

  close(): void {
    this.#closed = true;
  }

  protected fail(problem: string): void {
    this.health.failed(this.deps.wall.nowMs(), problem);
  }

  /** One question at a time: a slow service is not asked the faster for it. */
  protected ask(): void {
    if (this.#asking) return;
    this.#asking = true;
    const askedMs = this.deps.run.nowMs();
    const request = { method: "GET", url: this.source.url, headers: {}, body: "" };
    this.deps.ports.http.request(request, (answer) => {
      this.#asking = false;
      if (this.#closed) return;
      if (answer.kind === "error") this.fail(`no answer: ${answer.error.message}`);
      else if (answer.status !== 200) this.fail(`it answers with HTTP ${answer.status}`);
      else this.answered(answer.body, askedMs);
    });
  }
}

class JsonSource extends AskedSource {
  readonly source: Extract<SkySource, { kind: "aircraft-json" }>;
  #nowS: number | undefined;
  #movedWallMs = 0;

  constructor(source: Extract<SkySource, { kind: "aircraft-json" }>, deps: SourceDeps) {
    super(deps);
    this.source = source;
  }

  tick(): void {
    this.ask();
  }

  protected answered(body: string, askedMs: number): void {
    const read = readAircraftJson(body, this.source.sourceId, askedMs);
    if (read.kind === "bad") return this.fail(read.problem);
    if (this.#standsStill(read)) return this.fail("its file is not written any more");
    if (read.refused > 0) this.deps.onRefused(read.refused);
    const without = read.placeless === 0 ? "" : `, ${read.placeless} more without a place`;
    this.health.ok(`${read.reports.length} heard${without}`);
    this.deps.onReports(read.reports);
  }

  #standsStill({ nowS }: Extract<AircraftFile, { kind: "heard" }>): boolean {
    const wallMs = this.deps.wall.nowMs();
    if (nowS !== this.#nowS) {
      this.#nowS = nowS;
      this.#movedWallMs = wallMs;
    }
    return wallMs - this.#movedWallMs > STANDS_STILL_MS;
  }
}

class MetarSource extends AskedSource {
  readonly source: Extract<SkySource, { kind: "metar" }>;
  #nextMs = Number.NEGATIVE_INFINITY;

  constructor(source: Extract<SkySource, { kind: "metar" }>, deps: SourceDeps) {
    super(deps);
    this.source = source;
  }

  tick(): void {
    const nowMs = this.deps.run.nowMs();
    const { state } = this.health.now(this.deps.wall.nowMs());
    // One that fails is asked again soon; a new run may begin earlier than the old one had reached.
    const farAhead = this.#nextMs - nowMs > this.source.everyS * 1000;
    if (state === "live" && nowMs < this.#nextMs && !farAhead) return;
    this.#nextMs = nowMs + this.source.everyS * 1000;
    this.ask();
  }

  newRun(): void {
    this.#nextMs = Number.NEGATIVE_INFINITY;
  }

  protected answered(body: string): void {
    const metar = readMetar(body, this.deps.run.nowMs(), this.source.station);
    if (metar === undefined) {
      const wanted = this.source.station === undefined ? "" : ` of ${this.source.station}`;
      return this.fail(`there is no METAR${wanted} in its answer`);
    }
    this.health.ok(metar.raw);
    this.deps.onMetar(this.source, metar);
  }
}
