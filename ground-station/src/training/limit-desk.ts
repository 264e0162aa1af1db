import { assertNever, type DebriefBreach, type LimitView, newFact, type TrackRow } from "@outrider/contract";
import { actorOf, actRoute, type Route, type StationContext } from "../kernel/index.js";
import { rowsInOrder } from "./breaches.js";
import { siteRules } from "./limit-rules.js";
import { LimitWatch } from "./limit-watch.js";
import type { RunDeskDeps } from "./run-desk.js";
import { trainingRoom } from "./training-room.js";

export type LimitDeskDeps = Pick<RunDeskDeps, "record" | "tracks"> & {
  /** A limit was broken: the trainer's timeline says when. */
  readonly broken: (tMs: number, text: string) => void;
  readonly touch: (rooms: readonly string[]) => void;
};

/** A limit that trainees are alarmed of while it is broken. */
export type LimitAlarm = { readonly subject: string; readonly about: string; readonly text: string };

const mostShown = 30;

/** Limits broken in the run that goes on, for the trainer; for trainees where the trainer says so. */
export class LimitDesk {
  readonly #context: StationContext;
  readonly #deps: LimitDeskDeps;
  readonly #rules: ReturnType<typeof siteRules>;
  #stood = 0;
  #of: { readonly runId: string; readonly watch: LimitWatch } | undefined;

  constructor(context: StationContext, deps: LimitDeskDeps) {
    this.#context = context;
    this.#deps = deps;
    this.#rules = siteRules(context.config.site);
  }

  routes(): readonly Route[] {
    return [
      actRoute({
        act: "tellLimits",
        roles: ["trainer"],
        handle: ({ body, session }, reply) => {
          const run = this.#run;
          if (run === undefined || session === undefined)
            return reply.problem(409, "No run", "No run is going on.", "Start one first.");
          if (run.limitsTold === body.told) return reply.ok({});
          const told = newFact("LimitsTold", { runId: run.runId, told: body.told }, actorOf(session, "trainer"));
          this.#context.kernel.commit([told], () => reply.ok({}));
        },
      }),
    ];
  }

  get #run() {
    return this.#context.kernel.state(trainingRoom).current;
  }

  get #nowMs(): number {
    return this.#context.kernel.nowMs();
  }

  /** After a restart in a run: what was flown before it still counts. */
  onStart(): void {
    const run = this.#run;
    if (run === undefined) return;
    const { fromSeq } = this.#context.kernel.state(trainingRoom);
    this.#deps.tracks.between(fromSeq, this.#deps.record.head.seq, 0, (tracks) => {
      for (const { uid, callSign, row } of rowsInOrder(tracks)) this.onRow(uid, callSign, row);
    });
  }

  /** A row of a flight's track, as it is kept. */
  onRow(uid: string, callSign: string, row: TrackRow): void {
    const run = this.#run;
    if (run === undefined || row.tMs < run.startedMs) return;
    if (this.#of?.runId !== run.runId) this.#of = { runId: run.runId, watch: new LimitWatch(this.#rules) };
    const { watch } = this.#of;
    for (const breach of watch.row(uid, callSign, row)) this.#deps.broken(breach.fromMs, limitWords(breach));
    const stands = watch.standing(row.tMs).length;
    if (stands + this.#stood > 0) this.#deps.touch(["trainer"]);
    this.#stood = stands;
  }

  #watch(): LimitWatch | undefined {
    return this.#of?.runId === this.#run?.runId ? this.#of?.watch : undefined;
  }

  view(): { readonly limits: readonly LimitView[]; readonly limitsTold: boolean } {
    return { limits: this.#watch()?.shown(this.#nowMs, mostShown) ?? [], limitsTold: this.#run?.limitsTold ?? false };
  }

  alarms(): readonly LimitAlarm[] {
    if (this.#run?.limitsTold !== true) return [];
    return (this.#watch()?.standing(this.#nowMs) ?? []).map(({ uid, breach }) => ({
      // Part of the alarm's id, which stands in addresses.
      subject: `${uid}.${breach.kind}.${breach.where.replace(/[^\w.-]/g, "_")}`,
      about: breach.callSign,
      text: `${limitWords(breach)}.`,
    }));
  }
}

/** "OSPREY is outside the fence": who breaks what. */
export function limitWords({ kind, callSign, where }: Pick<DebriefBreach, "kind" | "callSign" | "where">): string {
  switch (kind) {
    case "ceiling":
      return `${callSign} is higher than ${where}`;
    case "fence":
      return `${callSign} is outside the fence`;
    case "exclusion":
      return `${callSign} is inside ${where}`;
    case "privacy-seen":
      return `${callSign} has its camera on ${where}`;
    case "separation":
      return `${callSign} and ${where} are too near to each other`;
    case "stranger":
      return `${callSign} is too near to ${where}`;
    case "restriction":
      return `${callSign} is inside ${where}`;
    default:
      return assertNever(kind);
  }
}
