import { type Disk, type Fact, type HttpRequest, newFact, type Role, type RoomViews } from "@outrider/contract";
import { clockStatistics, type Incidents, secondsToCamera } from "../incident/index.js";
import {
  actorOf,
  type Reply,
  type Route,
  type Session,
  type StationContext,
  type StationPart,
} from "../kernel/index.js";
import { type FactRecord, type RecordSlice, readSlice, verifyRecord } from "../record/index.js";
import { factsAsCsv } from "./csv.js";
import { type OpenQueries, QueryDesk } from "./query-desk.js";
import { answerRecords, asksByContent, queryRoutes } from "./query-routes.js";
import { reviewRoutes } from "./reviews.js";
import { patternFacts, patternRoom, patternsFor } from "./search-patterns.js";
import { supervisionRoom } from "./supervision-room.js";

export type SupervisionDeps = {
  readonly incidents: Incidents;
  readonly record: FactRecord;
  readonly disk: Disk;
  /** A database for searches over the whole record; without it they are answered from memory. */
  readonly queries?: OpenQueries | undefined;
};

type SupervisorView = RoomViews["supervisor"];
const readers: readonly Role[] = ["supervisor", "auditor"];
const mostExported = 100_000;
const mostRead = 2_000;
const tenMinutesMs = 600_000;

/** What a supervisor or an auditor asks: every decision with its reason, and the proof that nothing was changed. */
export class SupervisionPart implements StationPart {
  readonly name = "supervision";
  readonly rooms = [supervisionRoom, patternRoom];
  readonly views: NonNullable<StationPart["views"]>;
  readonly routes: readonly Route[];
  readonly #context: StationContext;
  readonly #deps: SupervisionDeps;
  readonly #queries: QueryDesk;

  constructor(context: StationContext, deps: SupervisionDeps) {
    this.#context = context;
    this.#deps = deps;
    this.#queries = new QueryDesk({
      record: deps.record,
      disk: deps.disk,
      wall: context.clocks.wall,
      log: context.log,
      timeZone: context.config.display.timeZone,
      open: deps.queries,
    });
    this.views = { supervisor: (_, viewer) => ({ kind: "view", view: this.#view(viewer) }) };
    this.routes = this.#routes();
  }

  onFact(fact: Fact): void {
    this.#queries.onFact(fact);
    this.#context.kernel.commit(patternFacts(this.#context.kernel.state(patternRoom), fact));
  }

  close(): void {
    this.#queries.close();
  }

  touches(fact: Fact): readonly string[] {
    const before = [
      "Launch",
      "Incident",
      "VetoWindow",
      "Search",
      "Decision",
      "AlarmRaised",
      "CameraOnTarget",
      "Purpose",
    ];
    return before.some((start) => fact.type.startsWith(start)) ? ["supervisor"] : [];
  }

  #decisions(most: number): SupervisorView["decisions"] {
    const { decisions, decisionReviews } = this.#context.kernel.state(supervisionRoom);
    return decisions
      .slice(-most)
      .reverse()
      .map(({ personId: _, ...held }) => {
        const incident = this.#deps.incidents.get(held.incidentId);
        const review = decisionReviews.get(held.seq);
        return { ...held, number: incident?.number ?? "", title: incident?.title ?? "", review };
      });
  }

  #view(viewer: Session): SupervisorView {
    const state = this.#context.kernel.state(supervisionRoom);
    const incidents = [...this.#deps.incidents.all()];
    const { medianS, p90S } = clockStatistics(incidents);
    const sinceMs = this.#context.kernel.nowMs() - tenMinutesMs;
    return {
      decisions: this.#decisions(300),
      responseTimes: incidents.slice(-500).map((incident) => ({
        incidentId: incident.incidentId,
        number: incident.number,
        tMs: incident.openedMs,
        seconds: secondsToCamera(incident),
        outcome: incident.outcome,
      })),
      medianS,
      p90S,
      searches: state.searches
        .slice(-100)
        .reverse()
        .map(({ seq, tMs, by, purpose, count }) => ({
          seq,
          tMs,
          by,
          caseNumber: purpose?.caseNumber ?? "",
          offence: purpose?.offence ?? "",
          text: purpose?.text ?? "",
          count,
          review: state.searchReviews.get(seq),
        })),
      patterns: patternsFor(this.#context.kernel.state(patternRoom), viewer.personId),
      alarmsPer10Min: state.alarmsMs.filter((tMs) => tMs >= sinceMs).length,
      record: this.#deps.record.head,
    };
  }

  #routes(): readonly Route[] {
    const get = (
      path: string,
      summary: string,
      handle: (call: { request: HttpRequest; session: Session }, reply: Reply) => void,
    ): Route => ({
      kind: "get",
      path,
      roles: readers,
      summary,
      handle: ({ request, session }, reply) => (session ? handle({ request, session }, reply) : undefined),
    });
    return [
      ...reviewRoutes(this.#context),
      ...queryRoutes(this.#queries, () => this.#context.kernel.nowMs()),
      get("/decisions", "Every decision with its reason, newest first", (_, reply) =>
        reply.ok({ decisions: this.#decisions(mostRead) }),
      ),
      get(
        "/records",
        "Facts by sequence (`from`, `to`), with their hashes; or newest first by `type`, `who`, `incidentId`, `uid`, `text`, `fromMs`, `toMs`, `limit` and `before`",
        (call, reply) =>
          asksByContent(call.request.query)
            ? answerRecords(this.#queries, call.request.query, reply)
            : this.#read(call.request, mostRead, false, reply, (slice) => reply.ok(slice)),
      ),
      get(
        "/records/export",
        "Facts with a proof for each (`from`, `to`, `format` json or csv); the export is itself a fact",
        (call, reply) =>
          this.#read(call.request, mostExported, true, reply, (slice) => this.#export(slice, call, reply)),
      ),
      get("/records/verify", "Walks the whole record and names the first fact that does not hold", (_, reply) =>
        this.#verify(reply),
      ),
      get(
        "/reports/response-times",
        "Median and 90th percentile from alert to camera; refused and aborted are counted",
        (_, reply) => reply.ok(clockStatistics(this.#deps.incidents.all())),
      ),
    ];
  }

  #read(
    request: HttpRequest,
    most: number,
    withProof: boolean,
    reply: Reply,
    done: (slice: RecordSlice) => void,
  ): void {
    const from = Number(request.query["from"] ?? "1");
    const to = Number(request.query["to"] ?? String(from + most - 1));
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < 1 || to < from)
      return reply.problem(422, "Bad range", "from and to must be whole sequence numbers, from at least 1.");
    readSlice(this.#deps.disk, this.#deps.record, from, Math.min(to, from + most - 1), withProof, (slice) =>
      "problem" in slice ? reply.problem(503, "Not readable", slice.problem) : done(slice),
    );
  }

  /** Written before the answer: what left the house is known, even when the line breaks in the middle of it. */
  #export(slice: RecordSlice, call: { request: HttpRequest; session: Session }, reply: Reply): void {
    const role = readers.find((one) => call.session.roles.includes(one)) ?? "auditor";
    const fact = newFact(
      "RecordExported",
      { personId: call.session.personId, fromSeq: slice.fromSeq, toSeq: slice.toSeq, rootHash: slice.rootHash },
      actorOf(call.session, role),
    );
    this.#context.kernel.commit([fact], (durable) => {
      if (durable.kind === "error")
        return reply.problem(503, "Not recorded", "An export that cannot be recorded is not made.");
      const isCsv = call.request.query["format"] === "csv";
      // What leaves a simulated site must not be taken for a record of anything.
      const sim = this.#context.config.site.provenance === "sim" ? "simulation-" : "";
      const name = `${sim}record-${slice.fromSeq}-${slice.toSeq}.${isCsv ? "csv" : "json"}`;
      reply.raw({
        status: 200,
        headers: {
          "content-type": isCsv ? "text/csv; charset=utf-8" : "application/json",
          "content-disposition": `attachment; filename="${name}"`,
          "cache-control": "no-store",
          "x-outrider-root": slice.rootHash,
          "x-outrider-tree-size": String(slice.treeSize),
        },
        body: isCsv ? factsAsCsv(slice.facts) : JSON.stringify(slice),
      });
    });
  }

  #verify(reply: Reply): void {
    // The head of the moment of asking: facts that are written while the file is read are not missing from it.
    this.#deps.disk.read(this.#deps.record.name, (bytes) =>
      bytes === undefined
        ? reply.problem(503, "Not readable", "The record's file cannot be read.")
        : reply.ok(verifyRecord(bytes)),
    );
  }
}

export const createSupervisionPart = (context: StationContext, deps: SupervisionDeps): SupervisionPart =>
  new SupervisionPart(context, deps);
