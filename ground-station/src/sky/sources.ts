import type { Clock, HttpClient, SkySource } from "@outrider/contract";
import type { ByteDialer } from "../feeds/index.js";
import { type AircraftFile, readAircraftJson } from "./aircraft-json.js";
import { AskedSource } from "./asked-source.js";
import { type Metar, readMetar } from "./metar.js";
import type { Report } from "./report.js";
import { FacilityMapSource, type MapDeps } from "./restrictions/facility-map.js";
import { type NoticeDeps, NoticeSource } from "./restrictions/notice-source.js";
import { SbsSource } from "./sbs-source.js";
import type { SourceHealth } from "./source-health.js";

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

export function openSource(source: SkySource, deps: NoticeDeps & MapDeps): RunningSource {
  switch (source.kind) {
    case "aircraft-json":
      return new JsonSource(source, deps);
    case "sbs":
      return new SbsSource(source, deps);
    case "metar":
      return new MetarSource(source, deps);
    case "tfr":
      return new NoticeSource(source, deps);
    case "uasfm":
      return new FacilityMapSource(source, deps);
  }
}

/** A file that is served but not written any more: the receiver is gone and the web server is not. */
const STANDS_STILL_MS = 5_000;

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

  constructor(source: Extract<SkySource, { kind: "metar" }>, deps: SourceDeps) {
    super(deps);
    this.source = source;
  }

  tick(): void {
    if (this.due(this.source.everyS)) this.ask();
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
