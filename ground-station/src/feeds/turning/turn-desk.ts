import {
  type ActBody,
  type Actor,
  type FactData,
  type FixedCameraConfig,
  type GeoPoint,
  onvifOf,
} from "@outrider/contract";
import { type Durable, type Reply, type StationContext, systemActor } from "../../kernel/index.js";
import { aimAtPlace, homeAim, type PrivacyRing, privacyZoneAt, zoneOf } from "./aim.js";
import { decideTurn, endOf, type KnownPreset, type TurnDecision, type TurnView } from "./decide-turn.js";
import { cannotTurn, type Steered } from "./steered.js";
import { type Turn, type TurnedCamera, turnRoom } from "./turn-room.js";

/** Steps build on where it looks: an older word than this is no ground to step from. */
const stepFromMs = 10_000;
const usualHeldS = 10;
const usualHomeAfterS = 300;
/** Where a phone still plays it when it was to go home: looked at again then. */
const lookAgainMs = 30_000;

export type TurnDeskDeps = {
  readonly steered: ReadonlyMap<string, Steered>;
  /** Somebody plays its picture now. */
  readonly watched: (cameraId: string) => boolean;
  /** It stands still again. */
  readonly onEnd: (cameraId: string) => void;
};

/** Turns fixed cameras for people, and back home when nobody has turned or watched them for a while. */
export class TurnDesk {
  readonly #context: StationContext;
  readonly #deps: TurnDeskDeps;
  readonly #rings: readonly PrivacyRing[];
  readonly #leftMs = new Map<string, number>();
  readonly #homeTimers = new Map<string, () => void>();

  constructor(context: StationContext, deps: TurnDeskDeps) {
    this.#context = context;
    this.#deps = deps;
    this.#rings = context.config.site.privacyZones.map(({ name, ring }) => ({
      name,
      ring: ring.map((point) => context.world.frame.toLocal(point)),
    }));
  }

  get heldMs(): number {
    return (this.#context.config.cameraTurning?.heldS ?? usualHeldS) * 1000;
  }

  turned(cameraId: string): TurnedCamera | undefined {
    return this.#context.kernel.state(turnRoom).get(cameraId);
  }

  /** When it goes home if nobody comes; undefined while somebody watches, and for one that is not ours to send. */
  homeAtMs(cameraId: string): number | undefined {
    const turned = this.turned(cameraId);
    if (turned === undefined || !turned.away || this.#deps.watched(cameraId)) return undefined;
    const afterMs = (this.#context.config.cameraTurning?.homeAfterS ?? usualHomeAfterS) * 1000;
    const { atMs } = turned.last;
    const leftMs = this.#leftMs.get(cameraId) ?? atMs;
    // A turn that is still to come was in a run that somebody left: its time means nothing here.
    return (atMs > this.#context.kernel.nowMs() ? leftMs : Math.max(atMs, leftMs)) + afterMs;
  }

  /** A person's turn. Answered when it is on disk and on its way; what came of it is a fact. */
  byPerson(config: FixedCameraConfig, wish: ActBody<"turnCamera">, by: Actor, reply: Reply): void {
    const decision = this.#decide(config, wish, by);
    if (decision.kind === "refused") {
      this.#context.kernel.commit(decision.facts);
      const title = decision.heldBy === undefined ? "Refused" : "Held";
      return reply.problem(409, title, decision.reason, decision.doThis);
    }
    this.#carryOut(config, decision, (result) => {
      if (result.kind === "ok") reply.ok({}, 202);
      else
        reply.problem(503, "Not recorded", "The record cannot be written, so nothing was done.", "Look at the disk.");
    });
  }

  /** What a crash left open: nobody heard what became of it. */
  started(): void {
    const { kernel, config } = this.#context;
    for (const [cameraId, { last }] of kernel.state(turnRoom)) {
      const name = config.cameras.find((one) => one.cameraId === cameraId)?.name ?? cameraId;
      const why = "The station was started anew before it was known.";
      if (last.outcome === "asked") kernel.commit([endOf(cameraId, name, last, "unconfirmed", why)]);
    }
    this.#planAll();
  }

  left(cameraId: string): void {
    this.#leftMs.set(cameraId, this.#context.kernel.nowMs());
    this.plan(cameraId);
  }

  #planAll(): void {
    for (const cameraId of this.#deps.steered.keys()) this.plan(cameraId);
  }

  /** Time has begun anew. */
  newRun(): void {
    for (const cameraId of this.#deps.steered.keys()) this.left(cameraId);
  }

  /** Sets its way home anew. */
  plan(cameraId: string): void {
    this.#homeTimers.get(cameraId)?.();
    this.#homeTimers.delete(cameraId);
    const { kernel } = this.#context;
    if (!this.#deps.steered.has(cameraId) || this.turned(cameraId)?.away !== true) return;
    const dueMs = this.homeAtMs(cameraId);
    const delayMs = dueMs === undefined ? lookAgainMs : Math.max(0, dueMs - kernel.nowMs());
    this.#homeTimers.set(
      cameraId,
      kernel.after(delayMs, () => this.#goHome(cameraId)),
    );
  }

  close(): void {
    for (const cancel of this.#homeTimers.values()) cancel();
    this.#homeTimers.clear();
  }

  #goHome(cameraId: string): void {
    const one = this.#deps.steered.get(cameraId);
    const dueMs = this.homeAtMs(cameraId);
    if (one === undefined || dueMs === undefined || dueMs > this.#context.kernel.nowMs()) return this.plan(cameraId);
    if (one.head.trouble !== undefined) {
      // One that does not answer is asked whether it does, not told: the record would fill with turns that never were.
      one.head.look();
      return this.left(cameraId);
    }
    const decision = this.#decide(one.config, { verb: "home", takeOver: true }, systemActor);
    if (decision.kind === "decided") this.#carryOut(one.config, decision, () => this.plan(cameraId));
    else this.#context.kernel.commit(decision.facts, () => this.left(cameraId));
  }

  #carryOut(
    { cameraId, name }: FixedCameraConfig,
    { turnId, facts, order }: Extract<TurnDecision, { kind: "decided" }>,
    told: (result: Durable) => void,
  ): void {
    const { kernel } = this.#context;
    const standing = (): Turn | undefined => {
      const last = this.turned(cameraId)?.last;
      return last?.turnId === turnId && last.outcome === "asked" ? last : undefined;
    };
    const end = (outcome: FactData<"CameraTurned">["outcome"], reason: string): void => {
      const turn = standing();
      if (turn !== undefined)
        kernel.commit([endOf(cameraId, name, turn, outcome, reason)], () => this.#deps.onEnd(cameraId));
      this.plan(cameraId);
    };
    const sent = (result: Durable): void => {
      // Where the record was known to refuse, nothing was made; where it refused just now, state has moved on for nothing.
      if (result.kind === "error") end("refused", "It could not be recorded, so it was not done.");
      else if (standing() !== undefined) this.#deps.steered.get(cameraId)?.head.turn(order, end);
      told(result);
    };
    kernel.commit(facts, sent, { orNothing: true });
  }

  #decide(config: FixedCameraConfig, wish: ActBody<"turnCamera">, by: Actor): TurnDecision {
    const { kernel } = this.#context;
    const { cameraId } = config;
    return decideTurn({ turnId: kernel.newId("turn"), cameraId, by, wish }, kernel.state(turnRoom), this.#view(config));
  }

  #view(config: FixedCameraConfig): TurnView {
    const { kernel, world } = this.#context;
    const one = this.#deps.steered.get(config.cameraId);
    const zoomMax = onvifOf(config)?.zoomMax;
    const presets = one?.head.presets ?? [];
    return {
      nowMs: kernel.nowMs(),
      heldMs: this.heldMs,
      config,
      cannot: cannotTurn(config) ?? (one === undefined ? "This station reaches no cameras." : undefined),
      present: one?.head.present(stepFromMs),
      zoomMax,
      home: homeOf(config, one?.homePreset, presets),
      presets,
      zonesConfigured: this.#rings.length > 0,
      aimAt: (point) => (one === undefined ? homeAim(config) : aimAtPlace(one.placed, point, world, zoomMax)),
      outOfReach: (aim) => one?.head.outOfReach(aim),
      zoneAtPlace: (point: GeoPoint) => zoneOf(world.frame.toLocal(point), this.#rings),
      zoneAtAim: (aim) => one && privacyZoneAt(aim, one.placed, world, this.#rings),
    };
  }
}

export function homeOf(
  config: FixedCameraConfig,
  preset: string | undefined,
  presets: readonly KnownPreset[],
): TurnView["home"] {
  if (preset === undefined) return homeAim(config);
  return presets.find((one) => one.preset === preset) ?? { preset, name: preset, aim: undefined };
}
