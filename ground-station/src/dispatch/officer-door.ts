import {
  type ActBody,
  type HttpRequest,
  newFact,
  type OfficerPicture,
  type OfficerView,
  type Role,
} from "@outrider/contract";
import { readCookie } from "../http/index.js";
import { actorOf, actRoute, type Reply, type Route, type Session, type StationContext } from "../kernel/index.js";
import type { PasswordCheck } from "../people/index.js";
import { sha256Hex } from "../record/index.js";
import { BadgeDesk } from "./badges.js";
import { cornerPlan } from "./corner-plan.js";
import { type DispatchIncident, type DispatchState, dispatchRoom, type OfficerLink } from "./dispatch-room.js";
import { holderOf, officerActor } from "./holder.js";
import {
  base64url,
  linkEndsMs,
  linkLives,
  linkTimes,
  mostOpenLinks,
  officerCookie,
  officerCookieName,
} from "./links.js";
import { officerView } from "./officer-view.js";

const makers: readonly Role[] = ["rtcc", "supervisor"];

/** The picture of a camera as the station has it; undefined where there is none. */
export type PictureOf = (cameraId: string) => OfficerPicture | undefined;

export type OfficerPass =
  | { readonly kind: "pass"; readonly link: OfficerLink; readonly incident: DispatchIncident }
  | { readonly kind: "refused"; readonly status: number; readonly title: string; readonly detail: string };

export const askForLink = "Ask the crime center for a new link.";

/** Links for officers' phones: one incident, one device, opened once, ended by time, by closing or by hand. */
export class OfficerDoor {
  readonly routes: readonly Route[];
  readonly #context: StationContext;
  readonly #pictureOf: PictureOf;
  readonly #badges: BadgeDesk;
  /** Plans do not change; walking all roads every two seconds for every phone would be waste. */
  readonly #plans = new Map<string, OfficerView["plan"]>();

  constructor(context: StationContext, pictureOf: PictureOf, pinCheck: PasswordCheck) {
    this.#context = context;
    this.#pictureOf = pictureOf;
    this.#badges = new BadgeDesk(context, pinCheck, (request) => this.pass(request));
    this.routes = [
      ...this.#badges.routes,
      actRoute({
        act: "makeOfficerLink",
        roles: makers,
        handle: ({ body, params, session }, reply) =>
          session ? this.#make(params["incidentId"] ?? "", body.unit, session, reply) : undefined,
      }),
      actRoute({
        act: "revokeOfficerLink",
        roles: makers,
        handle: ({ body, params, session }, reply) =>
          session ? this.#revoke(params["linkId"] ?? "", body.why, session, reply) : undefined,
      }),
      actRoute({ act: "openOfficerLink", roles: "anyone", handle: ({ body }, reply) => this.#open(body, reply) }),
      actRoute({
        act: "acknowledgeAdvice",
        roles: "anyone",
        handle: ({ params, request }, reply) => this.#acknowledge(params["adviceId"] ?? "", request, reply),
      }),
      {
        kind: "get",
        path: "/officer/view",
        roles: "anyone",
        summary: "What the officer's phone shows; needs the device's own cookie",
        handle: ({ request }, reply) => this.#view(request, reply),
      },
    ];
  }

  #state(): DispatchState {
    return this.#context.kernel.state(dispatchRoom);
  }

  #make(incidentId: string, said: string, session: Session, reply: Reply): void {
    const { kernel, chance } = this.#context;
    const incident = this.#state().incidents.get(incidentId);
    if (incident === undefined) return reply.problem(404, "No such incident", "There is no such incident.");
    if (incident.closedMs !== undefined)
      return reply.problem(409, "Incident closed", "Links are made for open incidents only.");
    const nowMs = kernel.nowMs();
    const open = [...this.#state().links.values()].filter(
      (link) => link.incidentId === incidentId && linkLives(this.#state(), link, nowMs),
    );
    if (open.length >= mostOpenLinks)
      return reply.problem(429, "Too many links", `${open.length} links are open.`, "Revoke those not needed.");
    const token = base64url(chance.bytes(32));
    const linkId = chance.id("ol");
    const untilMs = nowMs + linkTimes.lastsMs;
    const unit = unitName(said);
    const data = { linkId, incidentId, unit, tokenHash: sha256Hex(token), untilMs };
    kernel.commit([newFact("OfficerLinkMade", data, actorOf(session, makerRole(session)))], (durable) =>
      durable.kind === "ok"
        ? // Shown this once: only its hash is kept. After the #, it is in no request line and no Referer.
          reply.ok({ linkId, unit, untilMs, token, path: `/o#${token}` }, 201)
        : notRecorded(reply),
    );
  }

  #revoke(linkId: string, why: string, session: Session, reply: Reply): void {
    const link = this.#state().links.get(linkId);
    if (link === undefined) return reply.problem(404, "No such link", "There is no such link.");
    if (link.ended !== undefined) return reply.ok({ linkId, ended: link.ended });
    const data = { linkId, incidentId: link.incidentId, why };
    this.#context.kernel.commit([newFact("OfficerLinkEnded", data, actorOf(session, makerRole(session)))], (durable) =>
      durable.kind === "ok" ? reply.ok({ linkId, ended: why }) : notRecorded(reply),
    );
  }

  /** Only this POST, made by a tap, redeems: previews of messengers only GET. */
  #open(body: ActBody<"openOfficerLink">, reply: Reply): void {
    const { kernel, chance, count } = this.#context;
    const link = this.#linkOf(this.#state().linkOfToken.get(sha256Hex(body.token)));
    if (link === undefined || !linkLives(this.#state(), link, kernel.nowMs())) {
      count("officer_link_refused", { why: "unknown" });
      return reply.problem(
        410,
        "Link over",
        "This link is not valid or has ended.",
        "Ask the crime center for a new one.",
      );
    }
    if (link.opened) {
      count("officer_link_refused", { why: "second" });
      return reply.problem(
        409,
        "Opened elsewhere",
        "This link has been opened on a device already.",
        "If that was not you, tell the crime center: they revoke it and make a new one.",
      );
    }
    const device = base64url(chance.bytes(32));
    const { linkId, incidentId, unit } = link;
    const fact = newFact(
      "OfficerLinkOpened",
      { linkId, incidentId, unit, deviceHash: sha256Hex(device) },
      officerActor(link),
    );
    kernel.commit([fact], (durable) => {
      if (durable.kind !== "ok") return notRecorded(reply);
      const seconds = (linkEndsMs(this.#state(), link) - kernel.nowMs()) / 1000;
      reply.raw({
        status: 200,
        headers: {
          "content-type": "application/json",
          "cache-control": "no-store",
          "set-cookie": officerCookie(device, seconds),
        },
        body: JSON.stringify({ linkId, unit, incidentId }),
      });
    });
  }

  #linkOf(linkId: string | undefined): OfficerLink | undefined {
    return linkId === undefined ? undefined : this.#state().links.get(linkId);
  }

  /** Whose device asks, or why it may not. */
  pass(request: HttpRequest): OfficerPass {
    const cookie = readCookie(request.headers["cookie"], officerCookieName);
    const state = this.#state();
    const known = cookie !== undefined && cookie.length <= 100;
    const link = known ? this.#linkOf(state.linkOfDevice.get(sha256Hex(cookie))) : undefined;
    const incident = link === undefined ? undefined : state.incidents.get(link.incidentId);
    if (link === undefined || incident === undefined || !linkLives(state, link, this.#context.kernel.nowMs()))
      return known
        ? { kind: "refused", status: 410, title: "Link over", detail: "This link has ended." }
        : { kind: "refused", status: 401, title: "No link opened", detail: "This device has opened no link." };
    return { kind: "pass", link, incident };
  }

  /** The camera that a link may watch now: of the aircraft that serves its incident, while it flies. */
  cameraOf(linkId: string): string | undefined {
    const state = this.#state();
    const link = state.links.get(linkId);
    if (link === undefined || !linkLives(state, link, this.#context.kernel.nowMs())) return undefined;
    const flight = state.incidents.get(link.incidentId)?.flight;
    return flight?.inAir === true ? flight.uid : undefined;
  }

  /** The link and incident of the asking device, or undefined after having answered why not. */
  #device(request: HttpRequest, reply: Reply): { link: OfficerLink; incident: DispatchIncident } | undefined {
    const pass = this.pass(request);
    if (pass.kind === "pass") return pass;
    reply.problem(pass.status, pass.title, pass.detail, askForLink);
    return undefined;
  }

  #view(request: HttpRequest, reply: Reply): void {
    const device = this.#device(request, reply);
    if (device === undefined) return;
    const { link, incident } = device;
    const camera = this.cameraOf(link.linkId);
    const picture = camera === undefined ? undefined : this.#pictureOf(camera);
    const sim = this.#context.config.site.provenance === "sim";
    const shown = officerView(this.#state(), link, incident, this.#plan(incident), sim, picture);
    const view: OfficerView = { ...shown, askBadge: this.#badges.asks(link), holder: holderOf(link) };
    reply.ok({ view, nowMs: this.#context.kernel.nowMs(), endsMs: linkEndsMs(this.#state(), link) });
  }

  #plan(incident: DispatchIncident): OfficerView["plan"] {
    const { point } = incident.place;
    const key = `${point.latDeg},${point.lonDeg}`;
    const held = this.#plans.get(key);
    if (held !== undefined) return held;
    const oldest = this.#plans.size >= 100 ? this.#plans.keys().next().value : undefined;
    if (oldest !== undefined) this.#plans.delete(oldest);
    const plan = cornerPlan(this.#context.world, point);
    this.#plans.set(key, plan);
    return plan;
  }

  #acknowledge(adviceId: string, request: HttpRequest, reply: Reply): void {
    const device = this.#device(request, reply);
    if (device === undefined) return;
    const { link, incident } = device;
    const advice = incident.advice.find((one) => one.data.adviceId === adviceId);
    if (advice === undefined || !advice.data.units.includes(link.unit))
      return reply.problem(404, "No such advice", "There is no such advice for this unit.");
    if (advice.withdrawn !== undefined)
      return reply.problem(409, "Taken back", `This was taken back: ${advice.withdrawn}.`, "Read what is there now.");
    if (advice.readBy.some((one) => one.unit === link.unit)) return reply.ok({ adviceId });
    if (this.#badges.asks(link))
      return reply.problem(
        403,
        "Badge needed",
        "This agency wants to know who has read it.",
        "Give badge number and PIN.",
      );
    const holder = link.holder === undefined ? ("link" as const) : ("badge" as const);
    const data = { adviceId, incidentId: incident.incidentId, unit: link.unit, holder };
    this.#context.kernel.commit([newFact("AdviceAcknowledged", data, officerActor(link))], (durable) =>
      durable.kind === "ok" ? reply.ok({ adviceId }) : notRecorded(reply),
    );
  }
}

export const unitName = (said: string): string => said.normalize("NFKC").trim().toUpperCase();

const makerRole = (session: Session): Role => makers.find((role) => session.roles.includes(role)) ?? "rtcc";

export const notRecorded = (reply: Reply): void =>
  reply.problem(503, "Not recorded", "The record cannot be written.", "Free the disk, then try again.");
