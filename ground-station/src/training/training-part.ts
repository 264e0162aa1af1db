import {
  type AcceptInfo,
  type ActBody,
  type ActName,
  type Connection,
  type Fact,
  newFact,
  type Role,
  type RoomViews,
  type RunTiming,
  type ScreenView,
  type SimToStation,
  type StationToSim,
  simToStation,
  type TrackRow,
  type TrainerDeed,
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
import { watchRoom } from "../people/index.js";
import { sameSecret, sha256 } from "../record/index.js";
import { type LimitAlarm, LimitDesk } from "./limit-desk.js";
import { PlanDesk, wordOf } from "./plan-desk.js";
import { noSimulator, RewindDesk } from "./rewind-desk.js";
import { RunDesk, type RunDeskDeps } from "./run-desk.js";
import { traineeDid } from "./timeline.js";
import { trainingRoom } from "./training-room.js";

type TrainerView = RoomViews["trainer"];

export type TrainingDeps = RunDeskDeps & {
  readonly simToken: string | undefined;
  /** Takes over the pace that the simulator publishes: run clock, bridge and browsers. */
  readonly retime: (timing: RunTiming) => void;
  readonly touch: (rooms: readonly string[]) => void;
  /** What everybody has open now. */
  readonly screens: () => readonly ScreenView[];
};

export type SimAnswer =
  | { kind: "accept"; onMessage(data: WireData): void; onClose(reason: string): void }
  | { kind: "refuse"; status: number; reason: string };

const trainers: readonly Role[] = ["trainer"];
const mostEvents = 500;
const shown: ReadonlySet<Fact["type"]> = new Set<Fact["type"]>([
  "RunStarted",
  "RunEnded",
  "RunRetimed",
  "InjectMade",
  "InjectPlanned",
  "InjectUnplanned",
  "LaunchProposed",
  "LimitsTold",
  "MarkMade",
  "RunHappened",
  "RunScored",
  "RunGraded",
]);

/** The trainer's desk and the station's side of the sim wire. Truth goes to the trainer alone. */
export class TrainingPart implements StationPart {
  readonly name = "training";
  readonly rooms = [trainingRoom];
  readonly routes: readonly Route[];
  readonly views: NonNullable<StationPart["views"]>;
  readonly #context: StationContext;
  readonly #deps: TrainingDeps;
  readonly #runs: RunDesk;
  readonly #plan: PlanDesk;
  readonly #rewind: RewindDesk;
  readonly #limits: LimitDesk;
  #sim: Connection | undefined;
  #scenarios: Extract<SimToStation, { kind: "hello" }>["scenarios"] = [];
  #rewinds = false;
  #catchingUpToMs: number | undefined;
  #truth: TrainerView["truth"];
  #score: number | undefined;
  #expectations: TrainerView["expectations"] = [];
  #events: TrainerView["events"] = [];

  constructor(context: StationContext, deps: TrainingDeps) {
    this.#context = context;
    this.#deps = deps;
    this.#runs = new RunDesk(context, deps);
    this.#plan = new PlanDesk(context, { make: (deed) => this.#make(deed) });
    this.#rewind = new RewindDesk(context, {
      runs: this.#runs,
      plan: this.#plan,
      connected: () => this.#sim !== undefined,
      rewinds: () => this.#rewinds,
      tell: (message) => this.#tell(message),
    });
    this.#limits = new LimitDesk(context, { ...deps, broken: (tMs, text) => this.#addEvent(tMs, "trainee", text) });
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
      scenarios: this.#scenarios.map(({ id, title, text, minutes }) => ({ id, title, text, minutes })),
      score: this.#score,
      expectations: this.#expectations,
      events: this.#events,
      truth: this.#truth,
      plan: (current?.plan ?? []).map(({ by, ...one }) => ({ ...one, by: by.kind === "person" ? by.name : "" })),
      startedMs: current?.startedMs,
      branch: current?.branch,
      catchingUpToMs: this.#catchingUpToMs,
      marks: current?.marks ?? [],
      rewinds: this.#rewinds && this.#sim !== undefined,
      screens: this.#deps.screens(),
      ...this.#limits.view(),
    };
  }

  touches(fact: Fact): readonly string[] {
    return shown.has(fact.type) ? ["trainer"] : [];
  }

  onStart(): void {
    this.#plan.arm();
    this.#limits.onStart();
  }

  /** A row of a flight's track, as it is kept. */
  onRow(uid: string, callSign: string, row: TrackRow): void {
    this.#limits.onRow(uid, callSign, row);
  }

  /** Limits that trainees are alarmed of now. */
  limitAlarms(): readonly LimitAlarm[] {
    return this.#limits.alarms();
  }

  /** Every durable fact is told to the scorer, so that expectations tick themselves. */
  onFact(fact: Fact): void {
    this.#tell({ kind: "fact", type: fact.type, tMs: fact.tMs, data: fact.data });
    const did = this.runId() === undefined ? undefined : traineeDid(fact, this.#context.config);
    if (did !== undefined) this.#addEvent(fact.tMs, "trainee", did);
    this.#limits.onFact(fact);
    if (fact.type === "RunEnded") this.#runs.score(fact.data.runId);
    if (fact.type === "RunStarted") this.#rewind.onRunStarted(fact.data.runId, fact.tMs, fact.data.branch?.markSeq);
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
        this.#rewinds = message.rewinds === true;
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
        if (message.lane !== "trainee") this.#happened(message.lane, message.text);
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

  /** The simulator's side of the run goes into the record, or nobody could debrief it later. */
  #happened(lane: "world" | "inject", text: string): void {
    const runId = this.runId();
    if (runId === undefined) return;
    const by = { kind: "system", part: "sim" } as const;
    this.#context.kernel.commit([newFact("RunHappened", { runId, lane, text: text.slice(0, 300) }, by)]);
  }

  #onRun(message: Extract<SimToStation, { kind: "run" }>): void {
    const { kernel } = this.#context;
    const { timing, scenario, seed, started } = message;
    const before = this.#deps.timing();
    this.#deps.retime(timing);
    this.#catchingUpToMs = message.catchingUpToMs;
    const current = kernel.state(trainingRoom).current;
    if (!started) {
      if (current?.runId === timing.runId) this.#end(timing.runId);
      return;
    }
    if (current?.runId !== timing.runId) {
      if (current !== undefined) this.#end(current.runId);
      this.#events = [];
      this.#score = undefined;
      this.#expectations = [];
      kernel.commit([newFact("RunStarted", this.#startOf(message, scenario, seed), systemActor)]);
    } else if (before.rate !== timing.rate || before.paused !== timing.paused) {
      kernel.commit([
        newFact("RunRetimed", { runId: timing.runId, rate: timing.rate, paused: timing.paused }, systemActor),
      ]);
    }
  }

  #startOf({ timing, branch }: Extract<SimToStation, { kind: "run" }>, scenario: string, seed: number) {
    const known = this.#scenarios.find((one) => one.id === scenario);
    const watches = this.#context.kernel.state(watchRoom).byPerson.values();
    return {
      runId: timing.runId,
      scenario,
      seed,
      onWatch: [...watches].map(({ personId, name }) => ({ personId, name })),
      ...(known === undefined ? {} : { title: known.title, expect: known.expect ?? [] }),
      ...(known?.teaches === undefined ? {} : { teaches: known.teaches }),
      ...(branch === undefined ? {} : { branch }),
    };
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
      else noSimulator(reply);
    };
    const route = <N extends ActName>(
      act: N,
      roles: readonly Role[],
      make: (body: ActBody<N>) => StationToSim,
    ): Route => actRoute({ act, roles, handle: ({ body }, reply) => ask(make(body), reply) });
    return [
      actRoute({
        act: "startRun",
        roles: trainers,
        handle: ({ body, session }, reply) => (session ? this.#start(body, session, reply) : undefined),
      }),
      actRoute({
        act: "stopRun",
        roles: trainers,
        handle: (_, reply) => (this.#allHome(reply) ? ask({ kind: "stop" }, reply) : undefined),
      }),
      route("pauseRun", trainers, (body) => ({ kind: "pause", paused: body.paused })),
      route("rateRun", trainers, (body) => ({ kind: "rate", rate: body.rate })),
      actRoute({
        act: "demoIncident",
        roles: ["pic", "rtcc", "trainer", "supervisor"],
        handle: ({ body, session }, reply) =>
          session ? this.#inject({ kind: "incident", which: body.which }, session, reply) : undefined,
      }),
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
      ...this.#rewind.routes(),
      ...this.#plan.routes(),
      ...this.#limits.routes(),
      ...this.#runs.routes(),
    ];
  }

  /** A run that ends takes its aircraft out of the air: who flies one would lose it without a word. */
  #allHome(reply: Reply): boolean {
    const flying = this.#flying();
    if (flying.length === 0) return true;
    reply.problem(409, "Aircraft fly", `${flying.join(", ")} in the air.`, "Bring them home first.");
    return false;
  }

  #start(body: ActBody<"startRun">, session: Session, reply: Reply): void {
    if (!this.#allHome(reply)) return;
    if (!this.#tell({ kind: "start", ...body })) return noSimulator(reply);
    this.#rewind.closeIncidents(session, "A new run began.");
    reply.ok({}, 202);
  }

  #flying(): readonly string[] {
    const { config, kernel } = this.#context;
    const { aircraft } = kernel.state(fleetRoom);
    return config.aircraft.filter((one) => aircraft.get(one.uid)?.inAir === true).map((one) => one.callSign);
  }

  #make(deed: TrainerDeed): boolean {
    const message: StationToSim =
      deed.kind === "incident" ? { kind: "demoIncident", which: deed.which } : { kind: "inject", inject: deed };
    if (!this.#tell(message)) return false;
    this.#addEvent(this.#context.kernel.nowMs(), "inject", wordOf(deed));
    return true;
  }

  #inject(deed: TrainerDeed, session: Session, reply: Reply): void {
    const runId = this.runId();
    if (runId === undefined) return reply.problem(409, "No run", "No run is going on.", "Start one first.");
    if (!this.#make(deed)) return noSimulator(reply);
    const role = trainers.find((one) => session.roles.includes(one)) ?? session.roles[0] ?? "trainer";
    const fact = newFact(
      "InjectMade",
      { runId, inject: wordOf(deed), text: JSON.stringify(deed) },
      actorOf(session, role),
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
