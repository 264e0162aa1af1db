import { assertNever, type DebriefBreach, type Fact, type LimitView, newFact, type TrackRow } from "@outrider/contract";
import { actorOf, actRoute, type Route, type StationContext } from "../kernel/index.js";
import { readSlice } from "../record/index.js";
import { rowsInOrder } from "./breaches.js";
import { siteRules } from "./limit-rules.js";
import { LimitWatch } from "./limit-watch.js";
import type { RunDeskDeps } from "./run-desk.js";
import { SkyWatch } from "./sky-breaches.js";
import { trainingRoom } from "./training-room.js";

export type LimitDeskDeps = Pick<RunDeskDeps, "record" | "disk" | "tracks"> & {
  /** A limit was broken: the trainer's timeline says when. */
  readonly broken: (tMs: number, text: string) => void;
  readonly touch: (rooms: readonly string[]) => void;
};

/** A limit that trainees are alarmed of while it is broken. */
export type LimitAlarm = { readonly subject: string; readonly about: string; readonly text: string };

type Watching = { readonly runId: string; readonly watch: LimitWatch; readonly sky: SkyWatch };

const mostShown = 30;

/** Limits broken in the run that goes on, for the trainer; for trainees where the trainer says so. */
export class LimitDesk {
  readonly #context: StationContext;
  readonly #deps: LimitDeskDeps;
  #stood = 0;
  #of: Watching | undefined;

  constructor(context: StationContext, deps: LimitDeskDeps) {
    this.#context = context;
    this.#deps = deps;
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
    const { record, disk } = this.#deps;
    readSlice(disk, record, fromSeq, record.head.seq, false, (slice) => {
      if ("problem" in slice) return this.#context.log("warn", "limits broken so far are not known", slice);
      for (const { fact } of slice.facts) this.onFact(fact);
    });
  }

  /** Other aircraft and flight restrictions are judged by what the record says of them. */
  onFact(fact: Fact): void {
    const run = this.#run;
    if (run === undefined || fact.tMs < run.startedMs) return;
    for (const breach of this.#watching(run.runId).sky.fact(fact)) this.#deps.broken(breach.fromMs, limitWords(breach));
    if (/^(Traffic|Restriction)Conflict/.test(fact.type)) this.#deps.touch(["trainer"]);
  }

  /** A row of a flight's track, as it is kept. */
  onRow(uid: string, callSign: string, row: TrackRow): void {
    const run = this.#run;
    if (run === undefined || row.tMs < run.startedMs) return;
    const { watch } = this.#watching(run.runId);
    for (const breach of watch.row(uid, callSign, row)) this.#deps.broken(breach.fromMs, limitWords(breach));
    const stands = watch.standing(row.tMs).length;
    if (stands + this.#stood > 0) this.#deps.touch(["trainer"]);
    this.#stood = stands;
  }

  #watching(runId: string): Watching {
    if (this.#of?.runId === runId) return this.#of;
    const { site, sky, aircraft } = this.#context.config;
    const callSignOf = (uid: string): string => aircraft.find((one) => one.uid === uid)?.callSign ?? uid;
    const watching = { runId, watch: new LimitWatch(siteRules(site)), sky: new SkyWatch(sky, callSignOf) };
    this.#of = watching;
    return watching;
  }

  #now(): Watching | undefined {
    return this.#of?.runId === this.#run?.runId ? this.#of : undefined;
  }

  view(): { readonly limits: readonly LimitView[]; readonly limitsTold: boolean } {
    const now = this.#now();
    const limits = [...(now?.watch.shown(this.#nowMs, mostShown) ?? []), ...(now?.sky.shown(this.#nowMs) ?? [])];
    return {
      limits: limits.sort((a, b) => a.fromMs - b.fromMs).slice(-mostShown),
      limitsTold: this.#run?.limitsTold ?? false,
    };
  }

  /** Of the site's own limits: of other aircraft and of restrictions the pilot is alarmed in any case. */
  alarms(): readonly LimitAlarm[] {
    if (this.#run?.limitsTold !== true) return [];
    return (this.#now()?.watch.standing(this.#nowMs) ?? []).map(({ uid, breach }) => ({
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
