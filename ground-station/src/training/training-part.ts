import {
  type AcceptInfo,
  type ActBody,
  type ActName,
  type Connection,
  type Disk,
  type Fact,
  newFact,
  type Role,
  type RoomViews,
  type RunTiming,
  type SimToStation,
  type StationToSim,
  simToStation,
  type WireData,
} from "@outrider/contract";
import { fleetRoom } from "../fleet/index.js";
import {
  actorOf,
  actRoute,
  type Reply,
  type Route,
  type Session,
  type StationContext,
  type StationPart,
  systemActor,
} from "../kernel/index.js";
import { type FactRecord, readSlice, sameSecret, sha256 } from "../record/index.js";
import { trainingRoom } from "./training-room.js";

type TrainerView = RoomViews["trainer"];

export type TrainingDeps = {
  readonly simToken: string | undefined;
  readonly record: FactRecord;
  readonly disk: Disk;
  readonly timing: () => RunTiming;
  /** Takes over the pace that the simulator publishes: run clock, bridge and browsers. */
  readonly retime: (timing: RunTiming) => void;
  readonly touch: (rooms: readonly string[]) => void;
};

export type SimAnswer =
  | { kind: "accept"; onMessage(data: WireData): void; onClose(reason: string): void }
  | { kind: "refuse"; status: number; reason: string };

const trainers: readonly Role[] = ["trainer"];
const mostEvents = 500;
const mostReplayed = 20_000;

/** The trainer's desk and the station's side of the sim wire. Truth goes to the trainer alone. */
export class TrainingPart implements StationPart {
  readonly name = "training";
  readonly rooms = [trainingRoom];
  readonly routes: readonly Route[];
  readonly views: NonNullable<StationPart["views"]>;
  readonly #context: StationContext;
  readonly #deps: TrainingDeps;
  #sim: Connection | undefined;
  #scenarios: TrainerView["scenarios"] = [];
  #truth: TrainerView["truth"];
  #score: number | undefined;
  #expectations: TrainerView["expectations"] = [];
  #events: TrainerView["events"] = [];

  constructor(context: StationContext, deps: TrainingDeps) {
    this.#context = context;
    this.#deps = deps;
    this.views = { trainer: () => ({ kind: "view", view: this.#view() }) };
    this.routes = this.#routes();
  }

  get connected(): boolean {
    return this.#sim !== undefined;
  }

  runId(): string | undefined {
    return this.#context.kernel.state(trainingRoom).current?.runId;
  }

  #view(): TrainerView {
    const { current } = this.#context.kernel.state(trainingRoom);
    return {
      run: current === undefined ? undefined : this.#deps.timing(),
      scenario: current?.scenario ?? "",
      seed: current?.seed ?? 0,
      scenarios: this.#scenarios,
      score: this.#score,
      expectations: this.#expectations,
      events: this.#events,
      truth: this.#truth,
    };
  }

  touches(fact: Fact): readonly string[] {
    return ["RunStarted", "RunEnded", "RunRetimed", "InjectMade", "MarkMade"].includes(fact.type) ? ["trainer"] : [];
  }

  /** Every durable fact is told to the scorer, so that expectations tick themselves. */
  onFact(fact: Fact): void {
    this.#tell({ kind: "fact", type: fact.type, tMs: fact.tMs, data: fact.data });
  }

  #tell(message: StationToSim): boolean {
    if (this.#sim === undefined) return false;
    this.#sim.send(JSON.stringify(message));
    return true;
  }

  accept(info: AcceptInfo, connection: Connection): SimAnswer {
    const { config } = this.#context;
    if (info.headers["origin"] !== undefined) return { kind: "refuse", status: 403, reason: "not for browsers" };
    if (config.sim?.enabled !== true || config.site.provenance !== "sim")
      return { kind: "refuse", status: 403, reason: "no simulator may connect to this station" };
    const token = /^Bearer (.+)$/.exec(info.headers["authorization"] ?? "")?.[1] ?? "";
    const held = this.#deps.simToken;
    if (held === undefined || !sameSecret(sha256(token), sha256(held)))
      return { kind: "refuse", status: 401, reason: "the token is not known" };
    if (this.#sim !== undefined) return { kind: "refuse", status: 409, reason: "a simulator is connected already" };
    this.#sim = connection;
    return {
      kind: "accept",
      onMessage: (data) => this.#hear(data),
      onClose: () => {
        if (this.#sim !== connection) return;
        this.#sim = undefined;
        this.#truth = undefined;
        this.#context.log("warn", "the simulator is gone");
        this.#deps.touch(["trainer", "health"]);
      },
    };
  }

  #hear(data: WireData): void {
    const message = typeof data === "string" ? parse(data) : undefined;
    if (message === undefined) return this.#context.count("sim_bad_messages");
    switch (message.kind) {
      case "hello":
        this.#scenarios = message.scenarios;
        this.#tell({ kind: "welcome", version: 1 });
        break;
      case "run":
        this.#onRun(message);
        break;
      case "truth":
        this.#truth = message;
        break;
      case "event":
        this.#addEvent(message.tMs, message.lane, message.text);
        break;
      case "score":
        this.#score = message.score;
        this.#expectations = message.expectations.map(({ id, text, state, tookS }) => ({ id, text, state, tookS }));
        break;
    }
    this.#deps.touch(["trainer"]);
  }

  #addEvent(tMs: number, lane: "world" | "inject" | "trainee", text: string): void {
    this.#events = [...this.#events, { tMs, lane, text: text.slice(0, 300) }].slice(-mostEvents);
  }

  #onRun(message: Extract<SimToStation, { kind: "run" }>): void {
    const { kernel } = this.#context;
    const { timing, scenario, seed, started } = message;
    const before = this.#deps.timing();
    this.#deps.retime(timing);
    const current = kernel.state(trainingRoom).current;
    if (!started) {
      if (current?.runId === timing.runId) this.#end(timing.runId);
      return;
    }
    if (current?.runId !== timing.runId) {
      if (current !== undefined) this.#end(current.runId);
      this.#events = [];
      this.#score = undefined;
      kernel.commit([newFact("RunStarted", { runId: timing.runId, scenario, seed }, systemActor)]);
    } else if (before.rate !== timing.rate || before.paused !== timing.paused) {
      kernel.commit([
        newFact("RunRetimed", { runId: timing.runId, rate: timing.rate, paused: timing.paused }, systemActor),
      ]);
    }
  }

  #end(runId: string): void {
    const score = this.#score;
    this.#context.kernel.commit([
      newFact("RunEnded", { runId, ...(score === undefined ? {} : { score }) }, systemActor),
    ]);
  }

  #routes(): readonly Route[] {
    const ask = (message: StationToSim, reply: Reply): void => {
      if (this.#tell(message)) reply.ok({}, 202);
      else reply.problem(503, "No simulator", "No simulator is connected.", "Start it, then try again.");
    };
    const route = <N extends ActName>(
      act: N,
      roles: readonly Role[],
      make: (body: ActBody<N>) => StationToSim,
    ): Route => actRoute({ act, roles, handle: ({ body }, reply) => ask(make(body), reply) });
    // A run that ends takes its aircraft out of the air: who flies one would lose it without a word.
    const onGround = <N extends ActName>(act: N, make: (body: ActBody<N>) => StationToSim): Route =>
      actRoute({
        act,
        roles: trainers,
        handle: ({ body }, reply) => {
          const flying = this.#flying();
          if (flying.length === 0) return ask(make(body), reply);
          reply.problem(409, "Aircraft fly", `${flying.join(", ")} in the air.`, "Bring them home first.");
        },
      });
    return [
      onGround("startRun", (body) => ({ kind: "start", ...body })),
      onGround("stopRun", () => ({ kind: "stop" })),
      route("pauseRun", trainers, (body) => ({ kind: "pause", paused: body.paused })),
      route("rateRun", trainers, (body) => ({ kind: "rate", rate: body.rate })),
      route("demoIncident", ["pic", "rtcc", "trainer", "supervisor"], (body) => ({
        kind: "demoIncident",
        which: body.which,
      })),
      actRoute({
        act: "injectRun",
        roles: trainers,
        handle: ({ body, session }, reply) => (session ? this.#inject(body, session, reply) : undefined),
      }),
      actRoute({
        act: "markRun",
        roles: trainers,
        handle: ({ body, session }, reply) => (session ? this.#mark(body.text, session, reply) : undefined),
      }),
      {
        kind: "get",
        path: "/runs",
        roles: ["trainer", "supervisor"],
        summary: "The run that goes on and those before, with where they stand in the record",
        handle: (_, reply) => {
          const { current, past } = this.#context.kernel.state(trainingRoom);
          reply.ok({ current, past, timing: this.#deps.timing() });
        },
      },
      {
        kind: "get",
        path: "/replay",
        roles: ["trainer", "supervisor"],
        summary: "Facts of a run in order with their run times, for a debrief at the log's own time",
        handle: ({ request }, reply) =>
          this.#replay(Number(request.query["fromSeq"]), Number(request.query["toSeq"]), reply),
      },
    ];
  }

  #flying(): readonly string[] {
    const { config, kernel } = this.#context;
    const { aircraft } = kernel.state(fleetRoom);
    return config.aircraft.filter((one) => aircraft.get(one.uid)?.inAir === true).map((one) => one.callSign);
  }

  #inject(body: ActBody<"injectRun">, session: Session, reply: Reply): void {
    const runId = this.runId();
    if (runId === undefined) return reply.problem(409, "No run", "No run is going on.", "Start one first.");
    if (!this.#tell({ kind: "inject", inject: body }))
      return reply.problem(503, "No simulator", "No simulator is connected.", "Start it, then try again.");
    this.#addEvent(this.#context.kernel.nowMs(), "inject", body.kind);
    const fact = newFact(
      "InjectMade",
      { runId, inject: body.kind, text: JSON.stringify(body) },
      actorOf(session, "trainer"),
    );
    this.#context.kernel.commit([fact], () => reply.ok({}, 202));
  }

  #mark(text: string, session: Session, reply: Reply): void {
    const runId = this.runId();
    if (runId === undefined) return reply.problem(409, "No run", "No run is going on.", "Start one first.");
    this.#addEvent(this.#context.kernel.nowMs(), "trainee", text);
    this.#context.kernel.commit([newFact("MarkMade", { runId, text }, actorOf(session, "trainer"))], () =>
      reply.ok({}),
    );
  }

  #replay(fromSeq: number, toSeq: number, reply: Reply): void {
    if (!Number.isInteger(fromSeq) || !Number.isInteger(toSeq) || fromSeq < 1 || toSeq < fromSeq)
      return reply.problem(422, "Bad range", "fromSeq and toSeq must be whole numbers, fromSeq at least 1.");
    const last = Math.min(toSeq, fromSeq + mostReplayed - 1);
    readSlice(this.#deps.disk, this.#deps.record, fromSeq, last, false, (slice) =>
      "problem" in slice
        ? reply.problem(503, "Not readable", slice.problem)
        : reply.ok({ fromSeq, toSeq: slice.toSeq, facts: slice.facts.map((one) => one.fact) }),
    );
  }
}

function parse(text: string): SimToStation | undefined {
  try {
    const parsed = simToStation.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export const createTrainingPart = (context: StationContext, deps: TrainingDeps): TrainingPart =>
  new TrainingPart(context, deps);
