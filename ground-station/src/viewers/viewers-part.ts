import type { Fact, HttpRequest, Role } from "@outrider/contract";
import { askForLink, type OfficerDoor } from "../dispatch/index.js";
import type { FeedsPart } from "../feeds/index.js";
import type { PageRoute, Reply, Session, StationContext, StationPart } from "../kernel/index.js";
import { type Seat, sameSeat, Viewers } from "./viewers.js";
import type { WhepPort } from "./whep-port.js";

export type ViewersDeps = {
  /** Undefined where no picture can be played to a browser this way. */
  readonly play: WhepPort | undefined;
  readonly feeds: Pick<FeedsPart, "tap" | "pictureOf"> | undefined;
  readonly officers: Pick<OfficerDoor, "pass" | "cameraOf">;
  readonly sessionById: (sessionId: string) => Session | undefined;
};

export type ViewersPart = StationPart & { close(): void };

const deskRoles: readonly Role[] = ["pic", "rtcc", "supervisor"];
const sdp = "application/sdp";
const offerBytes = 64 * 1024;
const noWay = "Pictures come by the desks only.";

/**
 * Live pictures over WebRTC by WHEP (draft-ietf-wish-whep: offer in the POST, answer in the 201, DELETE ends): for
 * the officer's phone, which has no secure context, and for desks away from the station.
 */
class WhepDoor implements ViewersPart {
  readonly name = "viewers";
  readonly rooms = [];
  readonly routes: readonly PageRoute[];
  readonly #context: StationContext;
  readonly #deps: ViewersDeps;
  readonly #viewers: Viewers | undefined;

  constructor(context: StationContext, deps: ViewersDeps) {
    this.#context = context;
    this.#deps = deps;
    const { play } = deps;
    this.#viewers =
      play === undefined
        ? undefined
        : new Viewers({
            play,
            wall: context.clocks.wall,
            newId: () => context.chance.id("w"),
            may: (seat, cameraId) => this.#may(seat, cameraId),
            tap: (cameraId, take) => deps.feeds?.tap(cameraId, take),
          });
    this.routes = [...this.#officerRoutes(), ...this.#deskRoutes()];
  }

  #officerRoutes(): readonly PageRoute[] {
    return [
      {
        kind: "page",
        method: "POST",
        path: "/officer/whep",
        contentType: sdp,
        maxBytes: offerBytes,
        roles: "anyone",
        summary:
          "WHEP: plays the camera of the aircraft that serves the phone's incident; needs the device's own cookie",
        handle: ({ request }, reply) => this.#officerOffer(request, reply),
      },
      {
        kind: "page",
        method: "DELETE",
        path: "/officer/whep/{whepId}",
        contentType: undefined,
        maxBytes: 0,
        roles: "anyone",
        summary: "Ends a picture that this device plays",
        handle: ({ params, request }, reply) => {
          const linkId = this.#linkId(request, reply);
          if (linkId !== undefined) this.#leave({ kind: "officer", linkId }, params["whepId"] ?? "", reply);
        },
      },
    ];
  }

  #deskRoutes(): readonly PageRoute[] {
    return [
      {
        kind: "page",
        method: "POST",
        path: "/whep/{cameraId}",
        contentType: sdp,
        maxBytes: offerBytes,
        roles: deskRoles,
        summary: "WHEP: plays an aircraft's camera to a desk",
        handle: ({ params, session, request }, reply) => {
          if (session === undefined) return;
          const cameraId = params["cameraId"] ?? "";
          const seat: Seat = { kind: "desk", sessionId: session.sessionId };
          this.#offer(seat, cameraId, `/api/v1/whep/${cameraId}`, request, reply);
        },
      },
      {
        kind: "page",
        method: "DELETE",
        path: "/whep/{cameraId}/{whepId}",
        contentType: undefined,
        maxBytes: 0,
        roles: deskRoles,
        summary: "Ends a picture that this desk plays",
        handle: ({ params, session }, reply) => {
          if (session !== undefined)
            this.#leave({ kind: "desk", sessionId: session.sessionId }, params["whepId"] ?? "", reply);
        },
      },
    ];
  }

  /** The asking phone's link, or undefined after having answered why not. */
  #linkId(request: HttpRequest, reply: Reply): string | undefined {
    const pass = this.#deps.officers.pass(request);
    if (pass.kind === "pass") return pass.link.linkId;
    reply.problem(pass.status, pass.title, pass.detail, askForLink);
    return undefined;
  }

  #may(seat: Seat, cameraId: string): boolean {
    switch (seat.kind) {
      case "officer":
        return this.#deps.officers.cameraOf(seat.linkId) === cameraId;
      case "desk":
        return this.#deps.sessionById(seat.sessionId)?.roles.some((role) => deskRoles.includes(role)) ?? false;
    }
  }

  #officerOffer(request: HttpRequest, reply: Reply): void {
    const linkId = this.#linkId(request, reply);
    if (linkId === undefined) return;
    const cameraId = this.#deps.officers.cameraOf(linkId);
    if (cameraId === undefined)
      return reply.problem(
        409,
        "No aircraft in the air",
        "No aircraft is in the air for this call.",
        "It is asked again by itself.",
      );
    this.#offer({ kind: "officer", linkId }, cameraId, "/api/v1/officer/whep", request, reply);
  }

  #offer(seat: Seat, cameraId: string, at: string, request: HttpRequest, reply: Reply): void {
    const { feeds } = this.#deps;
    const viewers = this.#viewers;
    if (viewers === undefined || feeds === undefined)
      return reply.problem(503, "No pictures to browsers", "This station plays no pictures over WebRTC.", noWay);
    const picture = feeds.pictureOf(cameraId);
    if (picture === undefined) return reply.problem(404, "No such camera", "There is no such aircraft camera.");
    if (picture.state === "none") return reply.problem(409, "No picture", picture.why, "It is asked again by itself.");
    viewers.start(seat, cameraId, new TextDecoder().decode(request.body), (started) => {
      this.#context.count("whep_asked", { seat: seat.kind, answer: started.kind });
      switch (started.kind) {
        case "playing":
          return reply.raw({
            status: 201,
            headers: { "content-type": sdp, location: `${at}/${started.whepId}`, "cache-control": "no-store" },
            body: started.answerSdp,
          });
        case "badOffer":
          return reply.problem(
            422,
            "Offer not accepted",
            `The offer cannot be answered: ${started.why}.`,
            "Offer to receive H.264 video.",
          );
        case "over":
          return reply.problem(403, "Not allowed any more", "The right to this picture has ended.");
        case "full":
          return reply.problem(
            503,
            "Too many viewers",
            "The station plays as many pictures as it can.",
            "Try again soon.",
          );
      }
    });
  }

  #leave(seat: Seat, whepId: string, reply: Reply): void {
    const held = this.#viewers?.seatOf(whepId);
    if (held === undefined || !sameSeat(held, seat))
      return reply.problem(404, "No such picture", "This device plays no such picture, or it has ended.");
    this.#viewers?.end(whepId);
    reply.ok({ whepId });
  }

  /** Ends at once where the cause is a fact; time alone is looked after every second. */
  onFact(fact: Fact): void {
    switch (fact.type) {
      case "OfficerLinkEnded":
      case "IncidentClosed":
      case "Landed":
      case "LoggedOut":
        return this.#viewers?.lookAgain();
      default:
        return;
    }
  }

  close(): void {
    this.#viewers?.close();
  }
}

export const createViewersPart = (context: StationContext, deps: ViewersDeps): ViewersPart =>
  new WhepDoor(context, deps);
