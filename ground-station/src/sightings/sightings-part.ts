import {
  type CouldBeView,
  type Fact,
  type HitView,
  type IncidentView,
  newFact,
  type Role,
  type SourceTroubleView,
} from "@outrider/contract";
import type { SourceDoor } from "../intake/index.js";
import {
  actorOf,
  actRoute,
  type Durable,
  type Reply,
  type Route,
  type Session,
  type StationContext,
  type StationPart,
} from "../kernel/index.js";
import type { Claim } from "./claimed.js";
import { couldBe, couldBeTimes, type RouteCache } from "./could-be.js";
import { Crops } from "./crops.js";
import { findHits } from "./find-hits.js";
import { type HotlistFiles, Hotlists } from "./hotlists.js";
import type { Read } from "./read.js";
import { ReadIndex } from "./read-index.js";
import { ReadIntake } from "./read-intake.js";
import { ReaderPulse } from "./reader-pulse.js";
import { ReadsFile } from "./reads-file.js";
import { Search, searchRoles } from "./search.js";
import { type HitEntry, lastSeenOf, purposeOf, type SightingsState, sightingsRoom } from "./sightings-room.js";
import { decideVerify, type Verdict } from "./verify.js";

export type SightingsDeps = {
  readonly door: SourceDoor;
  readonly hotlistFiles: HotlistFiles;
  /** Shows live rooms again that changed without a fact: the region of a sought vehicle grows by itself. */
  readonly touch: (rooms: readonly string[]) => void;
};

const keepReadsMs = 30 * 86_400_000;
const reloadListsMs = 5 * 60_000;
/** Cards that one source may raise in a minute: a stolen key must not bury the true one. */
const mostHitsPerMinute = { usual: 30, flooding: 5 } as const;
const shownHits = 50;

/** Plate reads, hits for a person to check, sought vehicles, and the roads on which they could be by now. */
export class SightingsPart implements StationPart {
  readonly name = "sightings";
  readonly rooms = [sightingsRoom];
  readonly routes: readonly Route[];
  readonly views: NonNullable<StationPart["views"]>;
  readonly #context: StationContext;
  readonly #deps: SightingsDeps;
  readonly #index: ReadIndex;
  readonly #file: ReadsFile;
  readonly #crops: Crops;
  readonly #lists: Hotlists;
  readonly #pulse = new ReaderPulse();
  readonly #couldBe = new Map<string, CouldBeView>();
  readonly #routeCache = new Map<string, RouteCache>();
  readonly #hitsOfSource = new Map<string, { sinceMs: number; count: number }>();
  #loaded = false;

  constructor(context: StationContext, deps: SightingsDeps) {
    this.#context = context;
    this.#deps = deps;
    this.#index = new ReadIndex((point) => context.world.frame.toLocal(point));
    this.#file = new ReadsFile(context.disk);
    this.#crops = new Crops(context.disk);
    this.#lists = new Hotlists(context.config, deps.hotlistFiles, context.log);
    const [index, file, crops] = [this.#index, this.#file, this.#crops];
    const intake = new ReadIntake({
      context,
      door: deps.door,
      index,
      file,
      crops,
      loaded: () => this.#loaded,
      onRead: (read, { flooding, claim }) => this.#onRead(read, flooding, claim),
    });
    const search = new Search({ context, index, crops, searchBack: (vehicleId) => this.#searchBack(vehicleId) });
    this.routes = [
      ...intake.routes,
      ...search.routes,
      actRoute({
        act: "verifyHit",
        roles: searchRoles,
        handle: ({ body, params, session }, reply) =>
          session ? this.#verify(params["hitId"] ?? "", body.verdict, session, reply) : undefined,
      }),
    ];
    this.views = {
      sightings: (_, viewer) =>
        seesPlates(viewer.roles, context.config.site.provenance)
          ? { kind: "view", view: this.#view() }
          : { kind: "refused", why: "Plates are for the crime center and supervisors." },
    };
  }

  #state(): SightingsState {
    return this.#context.kernel.state(sightingsRoom);
  }

  onStart(): void {
    const { kernel, clocks, log, count } = this.#context;
    this.#lists.load(kernel.nowMs(), clocks.wall.nowMs());
    this.#file.open(kernel.nowMs() - keepReadsMs, (reads, badLines, error) => {
      for (const read of reads) {
        this.#index.replace(read);
        this.#pulse.hear(read);
      }
      this.#loaded = true;
      if (badLines > 0) log("warn", "lines of the reads file were passed over", { lines: badLines });
      if (error) {
        count("reads_file_broken");
        log("error", "reads cannot be written", { error: error.message });
      }
    });
    this.#keepLooking();
    this.#keepReloading();
  }

  onFact(fact: Fact): void {
    switch (fact.type) {
      case "RunStarted":
        this.#pulse.clear();
        break;
      case "HitFound":
        if (fact.data.cropId !== undefined)
          this.#crops.keep(fact.data.cropId, (error) => {
            if (error) this.#context.count("crops_not_written");
          });
        break;
      case "VehicleSought":
      case "SightingLinked":
      case "VehicleRuledOut":
        this.#look();
        break;
      case "IncidentClosed":
        this.#couldBe.delete(fact.data.incidentId);
        break;
      default:
        break;
    }
  }

  #keepLooking(): void {
    this.#context.kernel.after(couldBeTimes.everyMs, () => {
      this.#look();
      this.#keepLooking();
    });
  }

  #keepReloading(): void {
    const { kernel, clocks } = this.#context;
    kernel.after(reloadListsMs, () => {
      this.#lists.load(kernel.nowMs(), clocks.wall.nowMs());
      this.#keepReloading();
    });
  }

  /** Of an incident's vehicles, the one seen last is the one on the map. */
  #look(): void {
    const { kernel, world, config } = this.#context;
    const nowMs = kernel.nowMs();
    const latest = new Map<string, { vehicleId: string; atMs: number }>();
    for (const vehicle of this.#state().vehicles.values()) {
      const { atMs } = lastSeenOf(vehicle);
      const held = latest.get(vehicle.incidentId);
      if (held === undefined || atMs >= held.atMs)
        latest.set(vehicle.incidentId, { vehicleId: vehicle.vehicleId, atMs });
    }
    for (const [incidentId, { vehicleId }] of latest) {
      const vehicle = this.#state().vehicles.get(vehicleId);
      if (vehicle === undefined) continue;
      const before = this.#couldBe.get(incidentId);
      const { view, cache } = couldBe({
        vehicle,
        nowMs,
        world,
        cameras: config.cameras,
        lastOfReaderMs: (readerId) => this.#index.lastOfReaderMs(readerId),
        cache: this.#routeCache.get(incidentId),
      });
      if (cache === undefined) this.#routeCache.delete(incidentId);
      else this.#routeCache.set(incidentId, cache);
      this.#couldBe.set(incidentId, view);
      // Once too wide to help it stays so: the screen is told once and then left in peace.
      const quiet = before?.tooWide === true && view.tooWide && before.seenAtMs === view.seenAtMs;
      if (!quiet) this.#deps.touch([`incident:${incidentId}`]);
    }
    for (const incidentId of [...this.#couldBe.keys()]) {
      if (latest.has(incidentId)) continue;
      this.#couldBe.delete(incidentId);
      this.#routeCache.delete(incidentId);
    }
  }

  /** Readers that have fallen silent, or tell late. */
  readerTroubles(): readonly SourceTroubleView[] {
    return this.#pulse.troubles(this.#context.kernel.nowMs());
  }

  #onRead(read: Read, flooding: boolean, claim: Claim | undefined): void {
    this.#pulse.hear(read);
    const room = this.#hitsLeft(read.sourceId, flooding ? mostHitsPerMinute.flooding : mostHitsPerMinute.usual);
    const hits = this.#hitsOf(read, { claim });
    if (hits.length > room) this.#context.count("hits_not_shown");
    const raised = hits.slice(0, room);
    const held = this.#hitsOfSource.get(read.sourceId);
    if (held !== undefined) held.count += raised.length;
    this.#context.kernel.commit(raised);
  }

  #hitsLeft(sourceId: string, most: number): number {
    const nowMs = this.#context.kernel.nowMs();
    const held = this.#hitsOfSource.get(sourceId);
    if (held === undefined || nowMs - held.sinceMs >= 60_000) {
      this.#hitsOfSource.set(sourceId, { sinceMs: nowMs, count: 0 });
      return most;
    }
    return Math.max(0, most - held.count);
  }

  #hitsOf(read: Read, { oldestMs, claim }: { readonly oldestMs?: number; readonly claim?: Claim | undefined }) {
    const { kernel, clocks, chance, world, config } = this.#context;
    return findHits(this.#state(), {
      read,
      nowMs: kernel.nowMs(),
      wallMs: clocks.wall.nowMs(),
      lists: oldestMs === undefined ? this.#lists.all() : [],
      world,
      earlier: () => this.#earlier(read),
      ...(oldestMs === undefined ? {} : { oldestMs }),
      claim,
      pictureNeeded: config.site.provenance === "live",
      newHitId: () => chance.id("h"),
    });
  }

  #earlier(read: Read): Read | undefined {
    if (read.plate === "") return undefined;
    return this.#index
      .near(read.point, 3000, read.atMs - 30 * 60_000, read.atMs - 1)
      .find((one) => one.read.plate === read.plate && one.read.readId !== read.readId)?.read;
  }

  /** Reads since the vehicle was seen, oldest first, as if they came in now. */
  #searchBack(vehicleId: string): number {
    const vehicle = this.#state().vehicles.get(vehicleId);
    if (vehicle === undefined) return 0;
    const { kernel } = this.#context;
    const found = this.#index.near(vehicle.lastSeen.point, 5000, vehicle.seenAtMs - 10_000, kernel.nowMs()).reverse();
    let count = 0;
    for (const { read } of found) {
      const hits = this.#hitsOf(read, { oldestMs: vehicle.seenAtMs - 10_000 }).filter(
        (fact) => fact.type === "HitFound" && fact.data.vehicleId === vehicleId,
      );
      count += hits.length;
      kernel.commit(hits);
    }
    return count;
  }

  #verify(hitId: string, verdict: Verdict, session: Session, reply: Reply): void {
    const { kernel, chance, world } = this.#context;
    const role: Role = searchRoles.find((one) => session.roles.includes(one)) ?? "rtcc";
    const by = actorOf(session, role);
    if (by.kind !== "person") return;
    const decision = decideVerify(this.#state(), {
      hitId,
      verdict,
      by,
      nowMs: kernel.nowMs(),
      world,
      headingOfRead: (readId) => this.#index.byId(readId)?.headingDeg,
      newVehicleId: () => chance.id("v"),
    });
    if (decision.kind === "refused") {
      const refused = newFact("ActRefused", { act: "verifyHit", reason: decision.why }, by);
      return kernel.commit([refused], () =>
        reply.problem(decision.status, "Not confirmed", decision.why, decision.doThis),
      );
    }
    const answer = (durable: Durable): void =>
      durable.kind === "ok"
        ? reply.ok({ hitId, verdict, secondNeeded: decision.secondNeeded })
        : reply.problem(503, "Not recorded", "The record cannot be written.", "Free the disk, then try again.");
    kernel.commit(decision.facts, answer, { orNothing: true });
  }

  #view() {
    const { kernel, clocks } = this.#context;
    const hits = [...this.#state().hits.values()].sort(byUrgency).slice(0, shownHits).map(hitView);
    return {
      hits,
      listAgeS: this.#lists.ageS(clocks.wall.nowMs()),
      readsLastHour: this.#index.receivedSince(kernel.nowMs() - 3_600_000),
    };
  }

  incidentPieces(incidentId: string, viewer: Session): Partial<IncidentView> {
    const state = this.#state();
    const sees = seesPlates(viewer.roles, this.#context.config.site.provenance);
    const hits = sees
      ? [...state.hits.values()]
          .filter((hit) => hit.data.incidentId === incidentId)
          .sort(byUrgency)
          .map(hitView)
      : [];
    return {
      hits,
      couldBe: this.#couldBe.get(incidentId),
      purposeNeeded: purposeOf(state, viewer.personId, incidentId, this.#context.kernel.nowMs()) === undefined,
    };
  }

  touches(fact: Fact): readonly string[] {
    switch (fact.type) {
      case "HitFound":
      case "VehicleConfirmed":
      case "VehicleRuledOut":
        return ["sightings", ...(fact.data.incidentId === undefined ? [] : [`incident:${fact.data.incidentId}`])];
      case "VehicleSought":
      case "SightingLinked":
      case "TravelDirectionEstimated":
        return ["sightings", `incident:${fact.data.incidentId}`];
      case "PurposeGiven":
        return fact.data.incidentId === undefined ? [] : [`incident:${fact.data.incidentId}`];
      default:
        return [];
    }
  }
}

export const createSightingsPart = (context: StationContext, deps: SightingsDeps): SightingsPart =>
  new SightingsPart(context, deps);

/** A trainer sees simulated plates only. */
const seesPlates = (roles: readonly Role[], provenance: "live" | "sim"): boolean =>
  roles.some((role) => searchRoles.includes(role) || (role === "trainer" && provenance === "sim"));

const hitView = (hit: HitEntry): HitView => ({ ...hit.data, state: hit.state, by: hit.by });

const isOpen = (hit: HitEntry): boolean => hit.state === "unread" || hit.state === "second-needed";
const byUrgency = (a: HitEntry, b: HitEntry): number =>
  Number(isOpen(b)) - Number(isOpen(a)) || b.data.readAtMs - a.data.readAtMs;
