import {
  type ActBody,
  type DebriefView,
  type Disk,
  type Fact,
  newFact,
  type RunTiming,
  type TrackView,
} from "@outrider/contract";
import {
  actorOf,
  actRoute,
  type Reply,
  type Route,
  type Session,
  type StationContext,
  systemActor,
} from "../kernel/index.js";
import { currencyRoom, watchRoom } from "../people/index.js";
import { type FactRecord, readSlice } from "../record/index.js";
import { debriefPage } from "./debrief-page.js";
import { judgeRun } from "./judge-run.js";
import { scoredFacts } from "./score-run.js";
import { traineeRecords } from "./trainee-records.js";
import { trainingRoom } from "./training-room.js";

export type RunDeskDeps = {
  readonly record: FactRecord;
  readonly disk: Disk;
  readonly timing: () => RunTiming;
  readonly tracks: {
    between(fromSeq: number, toSeq: number, everyMs: number, done: (views: readonly TrackView[]) => void): void;
  };
};

type Range = { readonly runId: string; readonly fromSeq: number; readonly toSeq: number };

const mostReplayed = 20_000;
/** Every row: the desk that shows limits as they are broken sees every row too. */
const judgedEveryMs = 0;
const debriefers = ["trainer", "supervisor"] as const;

/** Runs as the record holds them: replay, debrief, the trainer's word, and everybody's training record. */
export class RunDesk {
  readonly #context: StationContext;
  readonly #deps: RunDeskDeps;

  constructor(context: StationContext, deps: RunDeskDeps) {
    this.#context = context;
    this.#deps = deps;
  }

  routes(): readonly Route[] {
    return [
      {
        kind: "get",
        path: "/runs",
        roles: debriefers,
        summary: "The run that goes on and those before, with where they stand in the record",
        handle: (_, reply) => {
          const { current, past } = this.#context.kernel.state(trainingRoom);
          reply.ok({ current, past, timing: this.#deps.timing() });
        },
      },
      {
        kind: "get",
        path: "/replay",
        roles: debriefers,
        summary: "Facts of a run in order with their run times, for a debrief at the log's own time",
        handle: ({ request }, reply) =>
          this.#replay(Number(request.query["fromSeq"]), Number(request.query["toSeq"]), reply),
      },
      {
        kind: "get",
        path: "/runs/{runId}/debrief",
        roles: debriefers,
        summary:
          "A run judged from the record: expectations with deadlines, times, limits broken, both sides' timeline; `format=html` or `format=json` for a file",
        handle: ({ params, request }, reply) => this.#debrief(params["runId"] ?? "", request.query["format"], reply),
      },
      {
        kind: "get",
        path: "/training/records",
        roles: debriefers,
        summary: "Everybody's training record: runs with scores, how fresh each training is, who may take a watch",
        handle: (_, reply) => reply.ok({ trainees: this.#records(), ...this.#rules() }),
      },
      actRoute({
        act: "gradeRun",
        roles: ["trainer"],
        handle: ({ params, body, session }, reply) =>
          session ? this.#grade(params["runId"] ?? "", body, session, reply) : undefined,
      }),
    ];
  }

  rangeOf(runId: string): Range | undefined {
    const { current, past, fromSeq } = this.#context.kernel.state(trainingRoom);
    if (current?.runId === runId) return { runId, fromSeq, toSeq: this.#deps.record.head.seq };
    return past.find((one) => one.runId === runId);
  }

  /** Facts of a run as the file holds them, checked while read: all of them, or a judge would miss how it ended. */
  read(range: Range, reply: Reply, done: (facts: readonly Fact[], headHash: string) => void): void {
    readSlice(this.#deps.disk, this.#deps.record, range.fromSeq, range.toSeq, false, (slice) =>
      "problem" in slice
        ? reply.problem(503, "Not readable", slice.problem, "Look at the record's disk.")
        : done(
            slice.facts.map((one) => one.fact),
            slice.headHash,
          ),
    );
  }

  #replay(fromSeq: number, toSeq: number, reply: Reply): void {
    if (!Number.isInteger(fromSeq) || !Number.isInteger(toSeq) || fromSeq < 1 || toSeq < fromSeq)
      return reply.problem(422, "Bad range", "fromSeq and toSeq must be whole numbers, fromSeq at least 1.");
    const last = Math.min(toSeq, fromSeq + mostReplayed - 1);
    this.read({ runId: "", fromSeq, toSeq: last }, reply, (facts) =>
      reply.ok({ fromSeq, toSeq: facts.at(-1)?.seq ?? fromSeq, facts }),
    );
  }

  #judge(range: Range, reply: Reply, done: (view: DebriefView) => void): void {
    this.read(range, reply, (facts, rootHash) =>
      this.#deps.tracks.between(range.fromSeq, range.toSeq, judgedEveryMs, (tracks) => {
        const { config, kernel } = this.#context;
        const { byPerson } = kernel.state(currencyRoom);
        const gradeOf = (personId: string) =>
          byPerson.get(personId)?.runs.find((run) => run.runId === range.runId)?.graded;
        const view = judgeRun({ facts, tracks, config, rootHash, gradeOf });
        if (view === undefined) return reply.problem(404, "No such run", "The record does not begin with a run there.");
        done(view);
      }),
    );
  }

  #debrief(runId: string, format: string | undefined, reply: Reply): void {
    const range = this.rangeOf(runId);
    if (range === undefined) return noSuchRun(reply);
    this.#judge(range, reply, (view) => {
      if (format === undefined) return reply.ok(view);
      const name = `simulation-debrief-${view.scenario.replaceAll(/[^\w-]/g, "")}-${view.fromSeq}`;
      const asFile = (type: string, ending: string, body: string): void =>
        reply.raw({
          status: 200,
          headers: {
            "content-type": type,
            "content-disposition": `attachment; filename="${name}.${ending}"`,
            "cache-control": "no-store",
          },
          body,
        });
      if (format === "html") return asFile("text/html; charset=utf-8", "html", debriefPage(view));
      asFile("application/json", "json", JSON.stringify(view, undefined, 1));
    });
  }

  /** Judges a run that has ended and puts the result into each trainee's record. A run that expects nothing is not scored. */
  score(runId: string): void {
    const range = this.#context.kernel.state(trainingRoom).past.find((one) => one.runId === runId);
    if (range === undefined || range.expects === 0) return;
    const reply = this.#logged(runId);
    this.#judge(range, reply, (view) => {
      const { kernel, config } = this.#context;
      kernel.commit(scoredFacts(view, config.training?.countsAsFlight === true, systemActor));
    });
  }

  #logged(runId: string): Reply {
    const problem = (_status: number, title: string, detail: string): void =>
      this.#context.log("warn", "a run could not be scored", { runId, why: `${title}. ${detail}` });
    return { ok: () => undefined, raw: () => undefined, problem };
  }

  #grade(runId: string, body: ActBody<"gradeRun">, session: Session, reply: Reply): void {
    const { kernel } = this.#context;
    const held = kernel.state(currencyRoom).byPerson.get(body.personId);
    if (!held?.runs.some((run) => run.runId === runId))
      return reply.problem(
        404,
        "Not scored",
        "This person has no scored run with this id.",
        "A run is scored when it has ended and its scenario expects something.",
      );
    if (body.personId === session.personId && !session.demo)
      return reply.problem(403, "Your own run", "Nobody marks his own run.", "Ask another trainer.");
    kernel.commit([newFact("RunGraded", { runId, ...body }, actorOf(session, "trainer"))], (durable) =>
      durable.kind === "ok"
        ? reply.ok({})
        : reply.problem(503, "Not recorded", "The record cannot be written.", "Free the disk, then try again."),
    );
  }

  #rules() {
    const { training, launch } = this.#context.config;
    return { passScore: training?.passScore, kinds: training?.kinds ?? [], currencyDays: launch.currencyDays };
  }

  #records() {
    const { kernel, config } = this.#context;
    return traineeRecords({
      state: kernel.state(currencyRoom),
      watches: kernel.state(watchRoom),
      config,
      nowMs: kernel.nowMs(),
      isDemo: (personId) => personId.startsWith("demo-"),
    });
  }
}

export const noSuchRun = (reply: Reply): void =>
  reply.problem(404, "No such run", "There is no run with this id in the record.", "See GET /runs.");
