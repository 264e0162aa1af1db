import { type AcceptInfo, type Connection, type HttpRequest, type HttpResponse, newFact, type WireData } from "@outrider/contract";
import { worldFromCity } from "@outrider/geo";
import { createHttp, createMetrics, type Http } from "../http/index.js";
import { Kernel, type StationContext, systemActor } from "../kernel/index.js";
import { createRecord, type FactRecord } from "../record/index.js";
import { configProblems } from "./check-config.js";
import { type Composed, compose } from "./compose.js";
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

/**
 * Composes the station over the ports it is given. Nothing is read and no timer runs before `start`; after `close`
 * nothing of it stays, so that a part can be killed and made again in one process.
 * @throws Error when two parts claim the same route
 */
export function createStation(deps: StationDeps): Station {
  const metrics = createMetrics();
  const record = createRecord({ disk: deps.disk, name: recordName, wall: deps.clocks.wall, log: deps.log });
  const bootId = deps.chance.id("boot");
  // The run's id is known only to the training room, which is made with the kernel it belongs to.
  let composed: Composed | undefined;
  const kernel = new Kernel(
    {
      run: deps.clocks.run,
      chance: deps.chance,
      store: record,
      prov: deps.config.site.provenance,
      runId: () => composed?.training.runId(),
    },
    [],
  );
  const context: StationContext = {
    kernel,
    config: deps.config,
    world: deps.world ?? worldFromCity(deps.city),
    clocks: deps.clocks,
    chance: deps.chance,
    disk: deps.disk,
    log: deps.log,
    count: (metric, labels) => metrics.count(metric, labels),
  };
  const policy = { origins: deps.origins };
  const made = compose(context, deps, record, policy, bootId);
  composed = made;
  kernel.add(made.all.flatMap((part) => part.rooms));
  let state: "starting" | "ready" | "closed" = "starting";
  const notReady = (): string | undefined => {
    if (state !== "ready") return "the record is being read";
    return record.writable ? undefined : "the record cannot be written";
  };
  const http = createHttp({
    routes: made.all.flatMap((part) => part.routes ?? []),
    sessionOf: (token) => made.people.sessions.byToken(token),
    policy,
    tls: deps.tls,
    wall: deps.clocks.wall,
    metrics,
    log: deps.log,
    files: deps.files,
    city: deps.cityBytes ?? new TextEncoder().encode(JSON.stringify(deps.city)),
    version: deps.version,
    notReady,
    answering: () => state === "ready",
  });
  metrics.gauge("record_seq", () => record.head.seq);
  metrics.gauge("record_writable", () => (record.writable ? 1 : 0));
  return {
    kernel,
    record,
    doors: made,
    http,
    handle: (request, respond) => http.handle(request, respond),
    accept: (info, connection) =>
      state === "ready" ? accept(made, info, connection) : { kind: "refuse", status: 503, reason: "starting" },
    start: (ready) => {
      const problems = configProblems(deps.config, deps.secrets.sources);
      if (problems.length > 0) return ready({ kind: "refused", why: problems.join("; ") });
      begin(kernel, record, made, deps, bootId, (result) => {
        if (state === "closed") return;
        if (result.kind === "ready") state = "ready";
        ready(result);
      });
    },
    close: () => {
      state = "closed";
      made.live.close();
      made.feeds?.close();
      made.nonces.close();
      record.close();
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
function begin(
  kernel: Kernel,
  record: FactRecord,
  made: Composed,
  deps: StationDeps,
  bootId: string,
  ready: (result: StationReady) => void,
): void {
  const nowMs = deps.clocks.wall.nowMs();
  made.people.sessions.load(() =>
    made.nonces.load(nowMs, () =>
      record.open(
        (fact) => kernel.replay(fact),
        (opened) => {
          if (opened.kind === "refused") return ready({ kind: "refused", why: opened.why });
          listen(kernel, record, made, deps);
          const started = newFact("StationStarted", { bootId, configHash: deps.configHash, version: deps.version }, systemActor);
          kernel.commit([started], (durable) => {
            if (durable.kind === "error") return ready({ kind: "refused", why: `the record cannot be written: ${durable.error.message}` });
            for (const part of made.all) part.onStart?.();
            made.live.start();
            ready({ kind: "ready" });
          });
        },
      ),
    ),
  );
}

function listen(kernel: Kernel, record: FactRecord, made: Composed, deps: StationDeps): void {
  kernel.onDurable((fact) => {
    for (const part of made.all) {
      try {
        part.onFact?.(fact);
      } catch (error) {
        // One part's fault must not keep the others from seeing the fact: somebody may be in the air.
        deps.log("error", "a part broke on a fact", { part: part.name, type: fact.type, error: error instanceof Error ? error.stack : String(error) });
      }
    }
    made.live.onFact(fact);
  });
  record.onWritable((writable) => {
    deps.log(writable ? "info" : "error", writable ? "record is writable again" : "record cannot be written");
    made.live.showAll(record.head.seq);
  });
}
