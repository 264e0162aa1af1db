import {
  type AcceptInfo,
  type Connection,
  type HttpRequest,
  type HttpResponse,
  newFact,
  type WireData,
} from "@outrider/contract";
import { worldFromCity } from "@outrider/geo";
import { createHttp, createMetrics, type Http, type Metrics } from "../http/index.js";
import { Kernel, type StationContext, systemActor } from "../kernel/index.js";
import { createRecord, type FactRecord } from "../record/index.js";
import { configProblems } from "./check-config.js";
import { type Composed, compose } from "./compose.js";
import { bridgeGauges, signingGauges } from "./health.js";
import type { Doors, StationDeps } from "./station-deps.js";

const recordName = "record.ndjson";

export type StationReady = { readonly kind: "ready" } | { readonly kind: "refused"; readonly why: string };

export type SocketAnswer =
  | { kind: "accept"; onMessage(data: WireData): void; onClose(reason: string): void }
  | { kind: "refuse"; status: number; reason: string };

/** The ground station without a socket: HTTP enters by `handle`, every wire by `accept`. */
export type Station = {
  readonly kernel: Kernel;
  readonly record: FactRecord;
  readonly doors: Doors;
  readonly http: Http;
  handle(request: HttpRequest, respond: (response: HttpResponse) => void): void;
  accept(info: AcceptInfo, connection: Connection): SocketAnswer;
  /** Replays the record and begins to work. Until then every request is answered with 503. */
  start(ready: (result: StationReady) => void): void;
  close(): void;
};

type Made = {
  readonly kernel: Kernel;
  readonly record: FactRecord;
  readonly parts: Composed;
  readonly metrics: Metrics;
};

/** Record, kernel and every part, wired and not yet started. */
function make(deps: StationDeps, bootId: string): Made {
  const metrics = createMetrics();
  const record = createRecord({ disk: deps.disk, name: recordName, wall: deps.clocks.wall, log: deps.log });
  // The run's id is known only to the training room, which is made with the kernel it belongs to.
  let parts: Composed | undefined;
  const { run } = deps.clocks;
  const prov = deps.config.site.provenance;
  const kernel = new Kernel(
    { run, chance: deps.chance, store: record, prov, runId: () => parts?.training.runId() },
    [],
  );
  const { config, clocks, chance, disk, log } = deps;
  const world = deps.world ?? worldFromCity(deps.city);
  const count: StationContext["count"] = (metric, labels) => metrics.count(metric, labels);
  const context: StationContext = { kernel, config, world, clocks, chance, disk, log, count };
  parts = compose(context, deps, record, { origins: deps.origins }, bootId);
  kernel.add(parts.all.flatMap((part) => part.rooms));
  metrics.gauge("record_seq", () => record.head.seq);
  metrics.gauge("record_writable", () => (record.writable ? 1 : 0));
  for (const [metric, read] of [...signingGauges(parts.fleet), ...bridgeGauges(parts.fleet)])
    metrics.gauge(metric, read);
  return { kernel, record, parts, metrics };
}

type Phase = "starting" | "ready" | "closed";

function makeHttp(deps: StationDeps, made: Made, phase: () => Phase): Http {
  return createHttp({
    routes: made.parts.all.flatMap((part) => part.routes ?? []),
    sessionOf: (token) => made.parts.people.sessions.byToken(token),
    policy: { origins: deps.origins },
    tls: deps.tls,
    wall: deps.clocks.wall,
    run: deps.clocks.run,
    metrics: made.metrics,
    log: deps.log,
    files: deps.files,
    city: deps.cityBytes ?? new TextEncoder().encode(JSON.stringify(deps.city)),
    version: deps.version,
    notReady: () => {
      if (phase() !== "ready") return "the record is being read";
      return made.record.writable ? undefined : "the record cannot be written";
    },
    answering: () => phase() === "ready",
  });
}

/**
 * Composes the station over the ports it is given. Nothing is read and no timer runs before `start`; after `close`
 * nothing of it stays, so that a part can be killed and made again in one process.
 * @throws Error when two parts claim the same route
 */
export function createStation(deps: StationDeps): Station {
  const bootId = deps.chance.id("boot");
  let phase: Phase = "starting";
  const made = make(deps, bootId);
  const http = makeHttp(deps, made, () => phase);
  return {
    kernel: made.kernel,
    record: made.record,
    doors: made.parts,
    http,
    handle: (request, respond) => http.handle(request, respond),
    accept: (info, connection) =>
      phase === "ready" ? accept(made.parts, info, connection) : { kind: "refuse", status: 503, reason: "starting" },
    start: (ready) => {
      const problems = configProblems(deps.config, deps.secrets.sources);
      if (problems.length > 0) return ready({ kind: "refused", why: problems.join("; ") });
      begin(made, deps, bootId, (result) => {
        if (phase === "closed") return;
        if (result.kind === "ready") phase = "ready";
        ready(result);
      });
    },
    close: () => {
      phase = "closed";
      made.parts.live.close();
      made.parts.viewers.close();
      made.parts.feeds?.close();
      made.parts.turning.close();
      made.parts.sky.close();
      made.parts.nonces.close();
      made.parts.tracks.close();
      made.parts.supervision.close();
      made.record.close();
    },
  };
}

function accept(made: Composed, info: AcceptInfo, connection: Connection): SocketAnswer {
  switch (info.path) {
    case "/live":
      return made.live.accept(info, connection);
    case "/bridge":
      return made.fleet.accept(info, connection);
    case "/sim":
      return made.training.accept(info, connection);
    default:
      return { kind: "refuse", status: 404, reason: "no such socket" };
  }
}

/** Sessions, nonces and the whole record first; then the parts, then the screens. */
function begin(made: Made, deps: StationDeps, bootId: string, ready: (result: StationReady) => void): void {
  const { parts, record, kernel } = made;
  parts.people.sessions.load(() =>
    parts.nonces.load(deps.clocks.wall.nowMs(), () =>
      record.open(
        (fact) => kernel.replay(fact),
        (opened) => {
          if (opened.kind === "refused") return ready({ kind: "refused", why: opened.why });
          if (parts.training.runId() !== undefined) resume(deps.clocks.run, kernel.lastMs);
          listen(kernel, record, parts, deps);
          const { configHash, version } = deps;
          kernel.commit([newFact("StationStarted", { bootId, configHash, version }, systemActor)], (durable) => {
            if (durable.kind === "error")
              return ready({ kind: "refused", why: `the record cannot be written: ${durable.error.message}` });
            for (const part of parts.all) part.onStart?.();
            parts.live.start();
            ready({ kind: "ready" });
          });
        },
      ),
    ),
  );
}

/**
 * A simulated run has its own time, faster or slower than the wall's. Until the simulator says where it stands, time goes
 * on from the last fact: nothing is stamped before it, and nothing far after it.
 */
function resume(run: StationDeps["clocks"]["run"], lastMs: number): void {
  run.retime({ runId: "resumed", epochMs: lastMs, rate: 1, paused: false });
}

function listen(kernel: Kernel, record: FactRecord, made: Composed, deps: StationDeps): void {
  kernel.onDurable((fact, late) => {
    for (const part of made.all) {
      try {
        part.onFact?.(fact, late);
      } catch (error) {
        // One part's fault must not keep the others from seeing the fact: somebody may be in the air.
        deps.log("error", "a part broke on a fact", {
          part: part.name,
          type: fact.type,
          error: error instanceof Error ? error.stack : String(error),
        });
      }
    }
    made.live.onFact(fact);
  });
  record.onWritable((writable) => {
    deps.log(writable ? "info" : "error", writable ? "record is writable again" : "record cannot be written");
    made.live.showAll(record.head.seq);
  });
}
