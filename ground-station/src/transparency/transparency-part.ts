import { type Fact, type FactOf, type GeoPoint, newFact, type PublicFlightView } from "@outrider/contract";
import { distanceToSegmentM, localFrame } from "@outrider/geo";
import { type Reply, type Route, type StationContext, type StationPart, systemActor } from "../kernel/index.js";
import { coarseScene, coarseSeen, coarseTrack, streetOnly } from "./coarse.js";
import { flightRoom, type PublicFlight } from "./flight-room.js";

export type TransparencyDeps = { readonly addressNear: (point: GeoPoint) => string };

const dayMs = 86_400_000;
/** How near a published track must have come to count as "over you": the track itself is blurred by half of this. */
const nearM = 200;
const AREA_M = 400;
const aroundMs = 5 * 60_000;

/** What the public is told by default: every flight after a delay, coarse; withheld ones are counted with the reason. */
export class TransparencyPart implements StationPart {
  readonly name = "transparency";
  readonly rooms = [flightRoom];
  readonly routes: readonly Route[];
  readonly #context: StationContext;
  readonly #deps: TransparencyDeps;

  constructor(context: StationContext, deps: TransparencyDeps) {
    this.#context = context;
    this.#deps = deps;
    this.routes = [
      {
        kind: "get",
        path: "/public/flights",
        roles: "anyone",
        summary: "Flights after the delay, coarse; withheld ones counted with their reasons",
        handle: (_, reply) => reply.ok(this.#page()),
      },
      {
        kind: "get",
        path: "/public/why",
        roles: "anyone",
        summary: "Was a drone over this place (`lat`, `lon`) at this time (`at`, Unix ms or RFC 3339)?",
        handle: ({ request }, reply) => this.#why(request.query, reply),
      },
    ];
  }

  /** Publishing is the rule: a closed flight about which nobody decided is published after the delay. */
  onFact(fact: Fact): void {
    if (fact.type === "FlightClosed") this.#publish(fact);
  }

  #publish(fact: FactOf<"FlightClosed">): void {
    const { kernel, config } = this.#context;
    const { flightId, launchId, incidentId } = fact.data;
    const flight = kernel.state(flightRoom).byLaunch.get(launchId);
    if (flight === undefined || flight.publishedAfterMs !== undefined || flight.withheld !== undefined) return;
    const afterMs = fact.tMs + config.public.delayMinutes * 60_000;
    kernel.commit([newFact("FlightPublished", { flightId, launchId, incidentId, afterMs }, systemActor)]);
  }

  #flights(): readonly PublicFlight[] {
    return [...this.#context.kernel.state(flightRoom).byLaunch.values()].filter(
      (flight) => flight.flightId !== undefined,
    );
  }

  #published(): readonly PublicFlight[] {
    const { kernel, config } = this.#context;
    const nowMs = kernel.nowMs();
    const fromMs = nowMs - config.public.keepDays * dayMs;
    return this.#flights().filter(
      (flight) =>
        (flight.startedMs ?? 0) >= fromMs &&
        (flight.publishedAfterMs === undefined
          ? flight.withheld !== undefined && flight.withheld.untilMs <= nowMs
          : flight.publishedAfterMs <= nowMs),
    );
  }

  #withheld(): readonly { reason: string; untilMs: number; count: number }[] {
    const nowMs = this.#context.kernel.nowMs();
    const byReason = new Map<string, { reason: string; untilMs: number; count: number }>();
    for (const { withheld } of this.#flights()) {
      if (withheld === undefined || withheld.untilMs <= nowMs) continue;
      const held = byReason.get(withheld.reason);
      byReason.set(withheld.reason, {
        reason: withheld.reason,
        untilMs: Math.max(held?.untilMs ?? 0, withheld.untilMs),
        count: (held?.count ?? 0) + 1,
      });
    }
    return [...byReason.values()];
  }

  #page() {
    const { config } = this.#context;
    const published = this.#published();
    return {
      agency: config.site.name,
      sim: config.site.provenance === "sim",
      flights: [...published]
        .sort((a, b) => (b.startedMs ?? 0) - (a.startedMs ?? 0))
        .slice(0, 500)
        .map((flight) => this.#view(flight)),
      withheld: this.#withheld(),
      delayMinutes: config.public.delayMinutes,
      timeZone: config.display.timeZone,
    };
  }

  #view(flight: PublicFlight): PublicFlightView {
    const { config } = this.#context;
    const startedMs = flight.startedMs ?? 0;
    const scene = flight.plan.scene.point;
    return {
      flightId: flight.flightId ?? "",
      date: new Intl.DateTimeFormat("en-CA", { timeZone: config.display.timeZone, dateStyle: "short" }).format(
        startedMs,
      ),
      startedMs: Math.floor(startedMs / 60_000) * 60_000,
      minutes: Math.max(1, Math.round(((flight.endedMs ?? startedMs) - startedMs) / 60_000)),
      purpose: flight.category,
      category: flight.category,
      area: this.#area(scene),
      why: `${flight.reported} ${flight.ruleText}`.trim(),
      decidedBy: flight.byRule
        ? "By the agency's rule, with a pilot on watch who could have stopped it"
        : "By the pilot in command",
      kept: `This entry is kept for ${config.public.keepDays} days.`,
      cameraSaw: coarseSeen(scene, flight.plan.scene.orbitRadiusM + 100),
      track: coarseTrack(wayOf(flight)),
    };
  }

  /** The street, never the door: where no address is known, the nearest street that has a name. */
  #area(scene: GeoPoint): string {
    const street = streetOnly(this.#deps.addressNear(scene));
    if (street !== "") return street;
    const { frame, roads } = this.#context.world;
    // Asked at the blurred place: which side of a corner it was is told to nobody.
    const name = roads.streetNameAt(frame.toLocal(coarseScene(scene)), AREA_M);
    return name === undefined ? "" : `near ${name}`;
  }

  #why(query: Readonly<Record<string, string | undefined>>, reply: Reply): void {
    const point = { latDeg: Number(query["lat"]), lonDeg: Number(query["lon"]) };
    const at = query["at"] ?? "";
    const atMs = /^\d+$/.test(at) ? Number(at) : Date.parse(at);
    if (!(Math.abs(point.latDeg) <= 90 && Math.abs(point.lonDeg) <= 180) || Number.isNaN(atMs))
      return reply.problem(
        422,
        "Not understood",
        "lat, lon and at are needed: degrees, and a time.",
        "Ask like ?lat=37.77&lon=-122.44&at=2026-01-01T21:14:00-08:00",
      );
    const flights = this.#published()
      .filter((flight) => (flight.startedMs ?? 0) - aroundMs <= atMs && atMs <= (flight.endedMs ?? 0) + aroundMs)
      .map((flight) => this.#view(flight))
      .filter((view) => passesNear(view.track, point));
    const first = flights[0];
    // A withheld flight and no flight get one and the same answer: asking street by street must not find it.
    const answer =
      first === undefined
        ? "No published flight passed near this place at that time."
        : `Yes. ${flights.length === 1 ? "One drone was" : `${flights.length} drones were`} near this place, in the air for ${first.minutes} min. ${first.why}`.trim();
    const held = this.#withheld().reduce((sum, one) => sum + one.count, 0);
    reply.ok({ answer, flights, withheldAltogether: held, delayMinutes: this.#context.config.public.delayMinutes });
  }
}

/** Planned way and what came after it, the place itself blurred: who lives there is nobody's business. */
function wayOf(flight: PublicFlight): readonly GeoPoint[] {
  const { home, route, scene } = flight.plan;
  const way = route.map((waypoint) => waypoint.point).slice(0, -1);
  return [home.point, ...way, coarseScene(scene.point), ...flight.detours.map(coarseScene)];
}

function passesNear(track: readonly GeoPoint[], point: GeoPoint): boolean {
  const frame = localFrame(point);
  const local = track.map((one) => frame.toLocal(one));
  const here = { eastM: 0, northM: 0 };
  return local.some((end, i) => distanceToSegmentM(here, local[i - 1] ?? end, end) <= nearM);
}

export const createTransparencyPart = (context: StationContext, deps: TransparencyDeps): TransparencyPart =>
  new TransparencyPart(context, deps);
