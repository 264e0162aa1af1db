import type { Actor } from "@outrider/contract";
import { actorOf, actRoute, type Reply, type Route, type Session } from "../kernel/index.js";
import type { Cards } from "./cards.js";
import { closeFlight } from "./close-flight.js";
import { type Decision, decideLaunch, type LaunchCommand } from "./decide.js";
import type { LaunchDesk } from "./desk.js";
import type { Flights } from "./flights.js";
import type { Launch } from "./launch.js";
import { launchView } from "./view.js";

type Person = Extract<Actor, { kind: "person" }>;
type Call = { readonly session: Session | undefined; readonly params: Readonly<Record<string, string>> };

/** What a pilot may do with a launch, each checked again on the server. */
export class LaunchRoutes {
  readonly #desk: LaunchDesk;
  readonly #cards: Cards;
  readonly #flights: Flights;

  constructor(desk: LaunchDesk, cards: Cards, flights: Flights) {
    this.#desk = desk;
    this.#cards = cards;
    this.#flights = flights;
  }

  all(): Route[] {
    const roles = ["pic"] as const;
    return [
      actRoute({
        act: "approveLaunch",
        roles,
        handle: (call, reply) => this.#with(call, reply, (launch, by) => this.#approve(launch, by, call.body)),
      }),
      actRoute({
        act: "declineLaunch",
        roles,
        handle: (call, reply) =>
          this.#with(call, reply, (_, by) => ({ kind: "decline", ...call.body, by, onWatch: this.#onWatch(by) })),
      }),
      actRoute({
        act: "settleGate",
        roles,
        handle: (call, reply) => this.#with(call, reply, (_, by) => ({ kind: "settleGate", ...call.body, by })),
      }),
      actRoute({
        act: "abortLaunch",
        roles,
        handle: (call, reply) => this.#with(call, reply, (_, by) => ({ kind: "abort", ...call.body, by })),
      }),
      actRoute({ act: "chooseAircraft", roles, handle: (call, reply) => this.#choose(call, call.body, reply) }),
      actRoute({ act: "closeFlight", roles, handle: (call, reply) => this.#close(call, call.body, reply) }),
      {
        kind: "get",
        path: "/launches",
        roles: ["pic", "rtcc", "supervisor", "auditor"],
        summary: "Launches, newest last, each with its gates and what became of it",
        handle: (_, reply) =>
          reply.ok({
            launches: [...this.#desk.state.launches.values()].map((one) =>
              launchView(one, this.#desk.brief(one.incidentId)),
            ),
          }),
      },
    ];
  }

  #onWatch(by: Person): boolean {
    return this.#desk.deps.pilots.pilotsOnWatch().some((one) => one.personId === by.personId);
  }

  #approve(launch: Launch, by: Person, body: { version: number; nonce: string; uid: string }): LaunchCommand {
    const { kernel, config } = this.#desk.context;
    return {
      kind: "approve",
      ...body,
      by,
      onWatch: this.#onWatch(by),
      gates: this.#desk.measure(launch, by.personId, true),
      approvalId: kernel.newId("a"),
      validUntilMs: this.#desk.nowMs + config.launch.approvalValidS * 1000,
    };
  }

  #found(call: Call, reply: Reply): { launch: Launch; by: Person } | undefined {
    const launch = this.#desk.launch(call.params["launchId"]);
    const by = call.session === undefined ? undefined : actorOf(call.session, "pic");
    if (launch === undefined) {
      reply.problem(404, "No such launch", "There is no launch with this id.", "Look at the list of launches.");
      return undefined;
    }
    if (by?.kind !== "person") {
      reply.problem(401, "Not signed in", "This needs a person.", "Sign in.");
      return undefined;
    }
    // Deciding is input: else the approval of somebody whose page told nothing yet is aborted in the same moment.
    this.#desk.deps.pilots.touchPresence(by.personId);
    return { launch, by };
  }

  #with(call: Call, reply: Reply, command: (launch: Launch, by: Person) => LaunchCommand): void {
    const found = this.#found(call, reply);
    if (found === undefined) return;
    const decision = decideLaunch(command(found.launch, found.by), found.launch, this.#desk.nowMs);
    this.#answer(decision, found.launch.launchId, reply);
  }

  #answer(decision: Decision, launchId: string, reply: Reply): void {
    if (decision.kind === "refused") {
      reply.problem(409, "Refused", decision.reason.text, decision.reason.doThis);
      return;
    }
    // What ends a launch or brings an aircraft home does not wait for a disk.
    const safe = decision.facts.some((fact) => fact.type === "LaunchAborted" || fact.type === "Returning");
    const answer = (ok: boolean): void => {
      const launch = this.#desk.launch(launchId);
      if (ok) reply.ok(launch === undefined ? {} : { launch: launchView(launch, this.#desk.brief(launch.incidentId)) });
      else {
        const done = safe ? "it is done, but not on record yet" : "nothing was done";
        reply.problem(503, "Not recorded", `The record cannot be written: ${done}.`, "Look at the disk.");
      }
    };
    this.#desk.carryOut(decision, answer, { orNothing: !safe });
  }

  #choose(call: Call, body: { version: number; uid: string }, reply: Reply): void {
    const found = this.#found(call, reply);
    if (found === undefined) return;
    const { launch } = found;
    const incident = this.#desk.brief(launch.incidentId);
    if (incident === undefined || launch.stage.kind !== "proposed" || body.version !== launch.offer.version)
      return reply.problem(
        409,
        "Refused",
        "The proposal has changed since this card was shown.",
        "Read the card again, then decide.",
      );
    const proposal = this.#cards.offerTo({ incident, launch, onlyUid: body.uid });
    if (proposal.kind === "impossible") {
      const first = proposal.reasons[0];
      return reply.problem(409, "Refused", first?.text ?? "That aircraft cannot go.", first?.doThis);
    }
    const command = { kind: "propose", offer: proposal.offer } as const;
    this.#answer(decideLaunch(command, launch, this.#desk.nowMs), launch.launchId, reply);
  }

  #close(
    call: Call,
    body: { purpose: string; category: string; withhold?: { reason: string; days: number } | undefined },
    reply: Reply,
  ): void {
    const found = this.#found(call, reply);
    if (found === undefined) return;
    const { kind } = found.launch.stage;
    if (kind !== "landed" && kind !== "docked")
      return reply.problem(
        409,
        "Refused",
        "The flight has not landed, or is closed already.",
        "Close it after it has landed.",
      );
    const facts = closeFlight(
      found.launch,
      this.#desk.brief(found.launch.incidentId),
      this.#flights.closing(),
      body,
      found.by,
    );
    this.#answer({ kind: "decided", facts, orders: [] }, found.launch.launchId, reply);
  }
}
