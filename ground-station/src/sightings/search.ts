import { type ActBody, type HttpRequest, newFact, type ReadView, type Role } from "@outrider/contract";
import { actorOf, actRoute, type Reply, type Route, type Session, type StationContext } from "../kernel/index.js";
import type { Crops } from "./crops.js";
import { purposeLastsMs, purposeProblem } from "./purpose.js";
import type { Read } from "./read.js";
import type { ReadIndex } from "./read-index.js";
import { purposeOf, type SightingsState, sightingsRoom } from "./sightings-room.js";

export const searchRoles: readonly Role[] = ["rtcc", "supervisor"];
const mostRows = 200;

export type SearchDeps = {
  readonly context: StationContext;
  readonly index: ReadIndex;
  readonly crops: Crops;
  /** Hits of reads that were already there when a vehicle began to be sought. */
  readonly searchBack: (vehicleId: string) => number;
};

/** Looks at plate reads: never without a purpose, and written down before the answer. */
export class Search {
  readonly routes: readonly Route[];
  readonly #deps: SearchDeps;
  /** Which reads a person's search has shown, so that a picture cannot be fetched by guessing. */
  readonly #shown = new Map<string, { untilMs: number; readonly readIds: Set<string> }>();

  constructor(deps: SearchDeps) {
    this.#deps = deps;
    this.routes = [
      actRoute({
        act: "givePurpose",
        roles: searchRoles,
        handle: ({ body, params, session }, reply) =>
          session ? this.#givePurpose(body, params["incidentId"] ?? "", session, reply) : undefined,
      }),
      actRoute({
        act: "seekVehicle",
        roles: searchRoles,
        handle: ({ body, params, session }, reply) =>
          session ? this.#seek(body, params["incidentId"] ?? "", session, reply) : undefined,
      }),
      {
        kind: "get",
        path: "/incidents/{incidentId}/reads",
        roles: searchRoles,
        summary: "Plate reads near an incident; needs a purpose, and is written down",
        handle: ({ params, session, request }, reply) =>
          session ? this.#reads(params["incidentId"] ?? "", session, request, reply) : undefined,
      },
      {
        kind: "get",
        path: "/reads/{readId}/crop",
        roles: searchRoles,
        summary: "Picture of a plate: of a hit, or of a read that your search has shown",
        handle: ({ params, session }, reply) =>
          session ? this.#crop(params["readId"] ?? "", session, reply) : undefined,
      },
    ];
  }

  #state(): SightingsState {
    return this.#deps.context.kernel.state(sightingsRoom);
  }

  /** Refusals are facts too: who tried to look without a reason is what an auditor asks for. */
  #refuse(reply: Reply, session: Session, act: string, status: number, detail: string, doThis: string): void {
    const fact = newFact("ActRefused", { act, reason: detail }, actorOf(session, roleOf(session)));
    this.#deps.context.kernel.commit([fact], () => reply.problem(status, "Not shown", detail, doThis));
  }

  #givePurpose(body: ActBody<"givePurpose">, incidentId: string, session: Session, reply: Reply): void {
    const { kernel, chance } = this.#deps.context;
    if (!this.#state().incidents.has(incidentId))
      return this.#refuse(
        reply,
        session,
        "givePurpose",
        409,
        "The incident is not open.",
        "Look only at open incidents.",
      );
    const problem = purposeProblem(body);
    if (problem !== undefined)
      return this.#refuse(reply, session, "givePurpose", 422, problem.why, `Write ${problem.field} anew.`);
    const purposeId = chance.id("p");
    const untilMs = kernel.nowMs() + purposeLastsMs;
    const data = { purposeId, personId: session.personId, incidentId, ...body, untilMs };
    kernel.commit([newFact("PurposeGiven", data, actorOf(session, roleOf(session)))], (durable) =>
      durable.kind === "ok" ? reply.ok({ purposeId, untilMs }, 201) : notRecorded(reply),
    );
  }

  /** The person's purpose, or undefined after having answered why not. */
  #purpose(act: string, incidentId: string, session: Session, reply: Reply) {
    if (!this.#state().incidents.has(incidentId)) {
      this.#refuse(reply, session, act, 409, "The incident is not open.", "Look only at open incidents.");
      return undefined;
    }
    const purpose = purposeOf(this.#state(), session.personId, incidentId, this.#deps.context.kernel.nowMs());
    if (purpose === undefined)
      this.#refuse(
        reply,
        session,
        act,
        403,
        "Plate reads are shown only for a purpose.",
        "Give the case number, the offence and what you look for; it holds for one hour.",
      );
    return purpose;
  }

  #reads(incidentId: string, session: Session, request: HttpRequest, reply: Reply): void {
    const purpose = this.#purpose("reads", incidentId, session, reply);
    const incident = this.#state().incidents.get(incidentId);
    if (purpose === undefined || incident === undefined) return;
    const withinM = numberOf(request.query["withinM"], 400, 50, 2000);
    const minutes = numberOf(request.query["minutes"], 15, 1, 60);
    if (withinM === undefined || minutes === undefined)
      return reply.problem(422, "Not understood", "withinM is 50 to 2000 and minutes 1 to 60.");
    const { kernel } = this.#deps.context;
    const nowMs = kernel.nowMs();
    const found = this.#deps.index.near(incident.place.point, withinM, nowMs - minutes * 60_000, nowMs + 5_000);
    const what = `reads within ${withinM} m of ${incident.number}, last ${minutes} min`;
    const data = { purposeId: purpose.purposeId, personId: session.personId, what, count: found.length };
    kernel.commit([newFact("SearchMade", data, actorOf(session, roleOf(session)))], (durable) => {
      if (durable.kind !== "ok") return notRecorded(reply);
      const rows = found.slice(0, mostRows);
      this.#remember(
        session.personId,
        purpose.untilMs,
        rows.map((one) => one.read.readId),
      );
      reply.ok({ reads: rows.map((one) => readView(one.read, one.distanceM)), total: found.length, nowMs });
    });
  }

  #remember(personId: string, untilMs: number, readIds: readonly string[]): void {
    const nowMs = this.#deps.context.kernel.nowMs();
    for (const [id, held] of this.#shown) if (held.untilMs <= nowMs) this.#shown.delete(id);
    const held = this.#shown.get(personId) ?? { untilMs, readIds: new Set<string>() };
    held.untilMs = Math.max(held.untilMs, untilMs);
    for (const readId of readIds) held.readIds.add(readId);
    this.#shown.set(personId, held);
  }

  #crop(readId: string, session: Session, reply: Reply): void {
    const { kernel } = this.#deps.context;
    const hit = [...this.#state().hits.values()].find((one) => one.data.readId === readId);
    const shown = this.#shown.get(session.personId);
    const mayLook = shown !== undefined && shown.untilMs > kernel.nowMs() && shown.readIds.has(readId);
    if (hit === undefined && !mayLook)
      return this.#refuse(
        reply,
        session,
        "crop",
        403,
        "This picture is of no hit and of no search of yours.",
        "Give a purpose and search the reads near the incident.",
      );
    const cropId = hit?.data.cropId ?? this.#deps.index.byId(readId)?.cropId;
    const none = () => reply.problem(404, "No picture", "The reader sent no picture with this read, or it is gone.");
    if (cropId === undefined) return none();
    this.#deps.crops.find(cropId, (jpeg) => {
      if (jpeg === undefined || jpeg.byteLength === 0) return none();
      reply.raw({ status: 200, headers: { "content-type": "image/jpeg", "cache-control": "no-store" }, body: jpeg });
    });
  }

  #seek(body: ActBody<"seekVehicle">, incidentId: string, session: Session, reply: Reply): void {
    const purpose = this.#purpose("seekVehicle", incidentId, session, reply);
    if (purpose === undefined) return;
    const { kernel, chance, world } = this.#deps.context;
    const { point, seenAtMs, plate, plateState, make, color, body: bodyType, headingDeg } = body;
    const nowMs = kernel.nowMs();
    if (plate === undefined && [make, color, bodyType].filter((one) => one !== undefined).length < 2)
      return reply.problem(422, "Too little", "A plate, or two of make, colour and body, are needed.");
    if (seenAtMs > nowMs + 5_000 || seenAtMs < nowMs - 60 * 60_000)
      return reply.problem(422, "Wrong time", "The vehicle must have been seen within the last hour.");
    const vehicleId = chance.id("v");
    const description = {
      ...(plate === undefined ? {} : { plate }),
      ...(plateState === undefined ? {} : { plateState }),
      ...(make === undefined ? {} : { make }),
      ...(color === undefined ? {} : { color }),
      ...(bodyType === undefined ? {} : { body: bodyType }),
      ...(headingDeg === undefined ? {} : { headingDeg: ((headingDeg % 360) + 360) % 360 }),
    };
    const label = world.roads.describe(world.frame.toLocal(point)) ?? "";
    const lastSeen = { point, error: { semiMajorM: 40, semiMinorM: 40, bearingDeg: 0 }, label };
    const by = actorOf(session, roleOf(session));
    kernel.commit(
      [newFact("VehicleSought", { incidentId, vehicleId, description, lastSeen, seenAtMs }, by)],
      (durable) => {
        if (durable.kind !== "ok") return notRecorded(reply);
        const count = this.#deps.searchBack(vehicleId);
        const what = plate === undefined ? "vehicle by description" : "vehicle by plate";
        const data = { purposeId: purpose.purposeId, personId: session.personId, what, count };
        kernel.commit([newFact("SearchMade", data, by)], () => reply.ok({ vehicleId, hits: count }, 201));
      },
    );
  }
}

const roleOf = (session: Session): Role => searchRoles.find((role) => session.roles.includes(role)) ?? "rtcc";

const notRecorded = (reply: Reply): void =>
  reply.problem(
    503,
    "Not recorded",
    "The record cannot be written: nothing is shown without it.",
    "Free the disk, then try again.",
  );

function numberOf(said: string | undefined, otherwise: number, least: number, most: number): number | undefined {
  if (said === undefined) return otherwise;
  const value = Number(said);
  return /^\d{1,5}$/.test(said) && value >= least && value <= most ? value : undefined;
}

const readView = (read: Read, distanceM: number): ReadView => ({
  readId: read.readId,
  readerId: read.readerId,
  readerName: read.readerName,
  plate: read.plate,
  confidence: read.confidence,
  vehicle: read.vehicle,
  atMs: read.atMs,
  point: read.point,
  distanceM: Math.round(distanceM),
  cropId: read.cropId,
});
