import { type ActBody, type Config, type HttpRequest, newFact } from "@outrider/contract";
import { problemResponse, TokenBuckets } from "../http/index.js";
import { actRoute, type Reply, type Route, type StationContext } from "../kernel/index.js";
import { nobodysHash, type PasswordCheck } from "../people/index.js";
import { dispatchRoom, type OfficerLink } from "./dispatch-room.js";
import { holderOf, officerActor } from "./holder.js";
import { askForLink, notRecorded, type OfficerPass } from "./officer-door.js";

/** Wrong answers on one link; with the last of them the link ends. */
export const badgeTries = 5;
/** Of one badge over all links, so that many links do not make many tries; it refills, so nobody is locked out for good. */
const perBadge = { perS: 1 / 120, burst: 5 } as const;

type Officer = NonNullable<Config["officers"]>[number];

/** Who holds the phone: badge number and PIN, once a link. The check takes its time off this thread. */
export class BadgeDesk {
  readonly routes: readonly Route[];
  readonly #context: StationContext;
  readonly #check: PasswordCheck;
  readonly #pass: (request: HttpRequest) => OfficerPass;
  readonly #perBadge = new TokenBuckets(perBadge);
  readonly #checking = new Set<string>();

  constructor(context: StationContext, check: PasswordCheck, pass: (request: HttpRequest) => OfficerPass) {
    this.#context = context;
    this.#check = check;
    this.#pass = pass;
    this.routes = [
      actRoute({
        act: "giveBadge",
        roles: "anyone",
        handle: ({ body, request }, reply) => this.#give(body, request, reply),
      }),
    ];
  }

  /** Whether this phone must say who holds it before it can acknowledge anything. */
  asks(link: OfficerLink): boolean {
    return this.#officers.length > 0 && link.holder === undefined;
  }

  get #officers(): readonly Officer[] {
    return this.#context.config.officers ?? [];
  }

  #give(body: ActBody<"giveBadge">, request: HttpRequest, reply: Reply): void {
    const pass = this.#pass(request);
    if (pass.kind === "refused") return reply.problem(pass.status, pass.title, pass.detail, askForLink);
    const { link } = pass;
    if (this.#officers.length === 0)
      return reply.problem(
        422,
        "No badges here",
        "This agency asks for no badge.",
        "Acknowledge as the link's holder.",
      );
    if (link.holder !== undefined) return reply.ok({ holder: holderOf(link) });
    const badge = body.badge.normalize("NFKC").trim();
    if (!this.#perBadge.take(badge.toLowerCase(), this.#context.clocks.wall.nowMs()) || this.#checking.has(link.linkId))
      return reply.raw(
        problemResponse(429, "Too many tries", "This badge was tried too often.", "Wait two minutes.", {
          "retry-after": "120",
        }),
      );
    const officer = this.#officers.find((one) => one.badge.toLowerCase() === badge.toLowerCase());
    this.#checking.add(link.linkId);
    this.#check(officer?.pinHash ?? nobodysHash, body.pin, (fits) => {
      this.#checking.delete(link.linkId);
      const again = this.#pass(request);
      if (again.kind === "refused") return reply.problem(again.status, again.title, again.detail, askForLink);
      if (fits && officer !== undefined) this.#known(again.link, officer, reply);
      else this.#wrong(again.link, reply);
    });
  }

  #known(link: OfficerLink, officer: Officer, reply: Reply): void {
    const { linkId, incidentId, unit } = link;
    const { badge, name } = officer;
    const fact = newFact("OfficerBadgeGiven", { linkId, incidentId, unit, badge, name }, officerActor(link));
    this.#context.kernel.commit([fact], (durable) => {
      const now = this.#context.kernel.state(dispatchRoom).links.get(linkId);
      if (durable.kind === "error") return notRecorded(reply);
      reply.ok({ holder: now === undefined ? "" : holderOf(now) });
    });
  }

  #wrong(link: OfficerLink, reply: Reply): void {
    const { linkId, incidentId } = link;
    const triesLeft = Math.max(0, badgeTries - link.badTries - 1);
    const by = officerActor(link);
    const refused = newFact("OfficerBadgeRefused", { linkId, incidentId, triesLeft }, by);
    const ended = newFact("OfficerLinkEnded", { linkId, incidentId, why: "badge or PIN was wrong too often" }, by);
    this.#context.count("officer_badge_refused");
    this.#context.kernel.commit(triesLeft === 0 ? [refused, ended] : [refused], () =>
      triesLeft === 0
        ? reply.problem(410, "Link over", "Badge or PIN was wrong too often.", askForLink)
        : reply.problem(403, "Not known", `Badge number or PIN does not fit. ${triesLeft} tries left.`, "Check both."),
    );
  }
}
