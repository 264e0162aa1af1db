import type { Fact, NewFact } from "@outrider/contract";
import { distanceM } from "@outrider/geo";
import { gateSaid, verdictOf, wordsDiffer } from "../gates/index.js";
import { systemActor } from "../kernel/index.js";
import { bringHome, decided, decideLaunch, measured, stop } from "./decide.js";
import type { LaunchDesk } from "./desk.js";
import { floodingSource, hasItsShare } from "./flood-share.js";
import type { IncidentBrief } from "./incidents.js";
import { isBeforeArm, isEnded, isPreparing, type Launch } from "./launch.js";
import { leftToOthers } from "./left-to-others.js";
import { policyFor } from "./policy.js";
import type { PilotOnWatch } from "./ports.js";
import {
  ifNothing,
  LAPSED_APPROVE_S,
  notPossible,
  type Offered,
  type Proposal,
  type ProposeWish,
  secondsOf,
} from "./proposer.js";

/** An incident is offered an aircraft again by itself for this long after its last alert. */
const RETRY_FOR_S = 900;
const MOVED_M = 25;

/** Proposals: made, made anew, merged, lapsed. */
export class Cards {
  readonly #desk: LaunchDesk;
  #bootMs: number;

  constructor(desk: LaunchDesk) {
    this.#desk = desk;
    this.#bootMs = desk.nowMs;
  }

  /** Approvals do not outlive the station, and a countdown is never resumed: both fall to the pilot. */
  restart(): void {
    this.#bootMs = this.#desk.nowMs;
    for (const launch of this.#desk.state.launches.values()) {
      if (isPreparing(launch))
        this.#desk.carryOut(
          stop(
            launch,
            "station-restart",
            "The station restarted before take-off; the pilot is asked again.",
            systemActor,
          ),
        );
      else if (launch.stage.kind === "proposed" && launch.offer.policy.kind === "veto")
        this.#toPilot(launch, "The station restarted during the countdown.");
    }
  }

  onFact(fact: Fact): void {
    switch (fact.type) {
      case "IncidentOpened":
      case "AlertMerged":
        this.proposeFor(fact.data.incidentId);
        return;
      case "AlertUpdated":
        this.#onChanged(fact.data.incidentId, undefined);
        return;
      case "AlertCancelled":
        this.#onChanged(fact.data.incidentId, fact);
        return;
      case "IncidentClosed":
        this.#onClosed(fact.data.incidentId, fact);
        return;
      case "PlaceSet":
        // The report that the place belongs to follows in the same commit: decided upon once both are known.
        this.proposeFor(fact.data.incidentId);
        return;
      case "WatchStarted":
        this.retry();
        return;
      case "AskMade":
        if (fact.data.ask.kind === "aircraft") this.#asked(fact.data.incidentId);
        return;
      default:
        return;
    }
  }

  /**
   * The disk was full when this happened. Nobody could decline meanwhile, so every countdown falls to the pilot; and who
   * decided was told that nothing was done, so the question is put again.
   */
  onLate(fact: Fact): void {
    for (const launch of this.#desk.state.launches.values())
      if (launch.stage.kind === "proposed" && launch.offer.policy.kind === "veto")
        this.#toPilot(launch, "The record could not be written during the countdown.");
    switch (fact.type) {
      case "AskMade":
        return;
      case "LaunchApproved":
      case "VetoWindowElapsed":
      case "LaunchDeclined":
      case "LaunchExpired":
      case "GateSettled":
        return this.#askAgain(fact.data.incidentId, fact.data.launchId);
      default:
        this.onFact(fact);
    }
  }

  /** A card that lies before its pilot, and an aircraft that flies, are not changed by a wish: the pilot answers it. */
  #asked(incidentId: string): void {
    const launch = this.#desk.launch(this.#desk.brief(incidentId)?.launchId);
    if (launch === undefined || isEnded(launch)) this.proposeFor(incidentId);
  }

  /** Only while the launch that was decided upon is still the last word on its incident. */
  #askAgain(incidentId: string, launchId: string): void {
    const incident = this.#desk.brief(incidentId);
    const launch = this.#desk.launch(launchId);
    if (incident?.launchId !== launchId || incident.alerts.length === 0 || launch === undefined) return;
    if (!isEnded(launch) && launch.stage.kind !== "proposed") return;
    this.proposeFor(incidentId);
    const card = this.#desk.launch(this.#desk.brief(incidentId)?.launchId);
    // Somebody may have said no to it: it does not launch itself now.
    if (card?.stage.kind === "proposed" && card.offer.policy.kind === "veto")
      this.#toPilot(card, "What was decided before could not be recorded.");
  }

  #onChanged(incidentId: string, cancelled: Extract<Fact, { type: "AlertCancelled" }> | undefined): void {
    const incident = this.#desk.brief(incidentId);
    for (const launchId of [incident?.launchId, incident?.reliefId]) this.#changed(incident, launchId, cancelled);
  }

  #changed(
    incident: IncidentBrief | undefined,
    launchId: string | undefined,
    cancelled: Extract<Fact, { type: "AlertCancelled" }> | undefined,
  ): void {
    const launch = this.#desk.launch(launchId);
    if (incident === undefined || launch === undefined || isEnded(launch)) return;
    if (incident.alerts.length === 0) {
      const why = cancelled?.data.reason ?? "no alert stands any more";
      this.#desk.carryOut(stop(launch, "cancelled", `The call was cancelled: ${why}`, cancelled?.by ?? systemActor));
    } else if (cancelled !== undefined || this.#changesMuch(launch, incident)) this.#anew(launch);
  }

  #changesMuch(launch: Launch, incident: IncidentBrief): boolean {
    const { site } = this.#desk.deps;
    const moved = distanceM(site.local(launch.offer.plan.scene.point), site.local(incident.place.point)) > MOVED_M;
    const rule = policyFor(this.#desk.context.config.launch.rules, incident.alerts);
    return moved || !launch.offer.ruleText.startsWith(rule.text);
  }

  #onClosed(incidentId: string, fact: Fact): void {
    for (const launch of this.#desk.state.launches.values()) {
      if (launch.incidentId !== incidentId || isEnded(launch)) continue;
      this.#desk.carryOut(stop(launch, "closed", "The incident was closed.", fact.by));
      this.#desk.carryOut(bringHome(launch, "the incident was closed", fact.by));
    }
  }

  /** Makes the card of an incident, or makes it anew: a new version voids whatever was approved before. */
  proposeFor(incidentId: string): void {
    const incident = this.#desk.brief(incidentId);
    if (incident === undefined) return;
    const before = this.#desk.launch(incident.launchId);
    if (before !== undefined && !isEnded(before) && !isBeforeArm(before)) {
      const relief = this.#desk.launch(incident.reliefId);
      if (relief !== undefined && !isEnded(relief) && isBeforeArm(relief)) this.relieve(before, relief);
      return;
    }
    const launch = before !== undefined && !isEnded(before) ? before : undefined;
    const proposal = this.#tooMuch(incident, launch) ?? this.#best(incident, launch);
    if (proposal.kind === "offer") this.offer(proposal.offer);
    else this.#notPossible(incident, launch, proposal);
  }

  #best(incident: IncidentBrief, launch: Launch | undefined): Proposal {
    return this.offerTo({ incident, launch, excludeUids: leftToOthers(this.#desk, this, incident) });
  }

  /** A new card for a source that floods and has its share of the aircraft already. */
  #tooMuch(incident: IncidentBrief, launch: Launch | undefined): Proposal | undefined {
    const { state, nowMs, context } = this.#desk;
    const source = launch === undefined ? floodingSource(incident, state.incidents.floods, nowMs) : undefined;
    if (source === undefined) return undefined;
    const { launches, incidents } = state;
    if (!hasItsShare(source, launches.values(), incidents, context.config.aircraft.length, nowMs)) return undefined;
    const text = `${source} sends more than is usual of it, and half of the aircraft wait for it already.`;
    return {
      kind: "impossible",
      reasons: [{ code: "source-share", text, doThis: "Answer one of its cards, or ask for an aircraft." }],
    };
  }

  /** A card made anew as what it is: a first aircraft, or a relief. */
  #anew(launch: Launch): void {
    const relieved = this.#desk.launch(launch.offer.reliefFor);
    if (relieved !== undefined && !isEnded(relieved)) this.relieve(relieved, launch);
    else this.proposeFor(launch.incidentId);
  }

  /** Offers another aircraft in the place of one that flies. Why it cannot be is said once. */
  relieve(relieved: Launch, before?: Launch): void {
    const incident = this.#desk.brief(relieved.incidentId);
    if (incident === undefined || incident.alerts.length === 0) return;
    const launch = before !== undefined && !isEnded(before) && isBeforeArm(before) ? before : undefined;
    const proposal = this.offerTo({
      incident,
      launch,
      relieves: relieved,
      excludeUids: this.#heldBy(incident),
    });
    if (proposal.kind === "offer") this.offer(proposal.offer);
    else this.#notPossible(incident, launch, proposal);
  }

  #heldBy(except: IncidentBrief): ReadonlySet<string> {
    const { launches } = this.#desk.state;
    return new Set(
      [...launches.values()]
        .filter((launch) => launch.stage.kind === "proposed" && launch.incidentId !== except.incidentId)
        .map((launch) => launch.offer.choice.uid),
    );
  }

  offerTo(wish: ProposeWish): Proposal {
    const proposal = this.#desk.proposer.propose(wish);
    if (proposal.kind === "offer") this.#desk.rememberChecks(proposal.offer.plan.planId, proposal.checks);
    return proposal;
  }

  offer(offered: Offered): void {
    const before = this.#desk.launch(offered.launchId);
    this.#desk.carryOut(decideLaunch({ kind: "propose", offer: offered }, before, this.#desk.nowMs));
  }

  #notPossible(
    incident: IncidentBrief,
    launch: Launch | undefined,
    proposal: Extract<Proposal, { kind: "impossible" }>,
  ): void {
    const { reasons } = proposal;
    const news: NewFact[] = [];
    if (launch !== undefined) {
      const text = reasons.map((one) => one.text).join(" ");
      const ended = stop(launch, reasons[0]?.code ?? "not-possible", text, systemActor);
      if (ended.kind === "decided") news.push(...ended.facts);
    }
    const before = incident.notPossible ?? [];
    const same =
      before.length === reasons.length &&
      reasons.every(({ code, text }) => before.some((one) => one.code === code && !wordsDiffer(one.text, text)));
    if (!same || launch !== undefined) news.push(notPossible(incident.incidentId, reasons));
    this.#desk.context.kernel.commit(news);
  }

  /** Tried again when a pilot signs on, and every few seconds: an aircraft may have come free or a battery full. */
  retry(): void {
    for (const incident of this.#desk.state.incidents.open.values()) {
      const launch = this.#desk.launch(incident.launchId);
      if (incident.decided || incident.alerts.length === 0 || (launch !== undefined && !isEnded(launch))) continue;
      const newestMs = Math.max(...incident.alerts.map((alert) => alert.receivedAtMs));
      if (this.#desk.nowMs - newestMs <= RETRY_FOR_S * 1000) this.proposeFor(incident.incidentId);
    }
  }

  /** A card whose aircraft can no longer go is made anew; a countdown stops as soon as something is unclear. */
  check(launch: Launch): void {
    if (launch.stage.kind !== "proposed") return;
    if (this.#passOn(launch)) return;
    const gates = this.#desk.measure(launch, launch.offer.picId, false);
    const verdict = verdictOf(gates);
    if (launch.offer.policy.kind === "veto") {
      const unclear = verdict.kind === "needsHuman" ? verdict.gates.map(gateSaid)[0] : undefined;
      const hindrance = this.#hindrance(launch) ?? unclear;
      if (hindrance !== undefined) return this.#toPilot(launch, hindrance);
    }
    if (verdict.kind === "blocked") this.#anew(launch);
    else {
      const settled = gates.map((gate) => {
        const by = launch.settled.get(gate.gate);
        return by === undefined || gate.state !== "unknown" ? gate : { ...gate, settledBy: by };
      });
      this.#desk.carryOut(decided(measured(launch, settled)));
    }
  }

  /**
   * The pilot of a card has left the screen or the watch, and another one is there: the card is his from now on, as a new
   * version. A countdown does not move to somebody who has not seen it run: it falls to his word.
   */
  #passOn(launch: Launch): boolean {
    const { proposer } = this.#desk;
    const { picId, policy } = launch.offer;
    const there = this.#onWatch(picId);
    if (there && proposer.isPresent(picId)) return false;
    const next = proposer.pilotFor();
    if (next === undefined || next.personId === picId || (there && !proposer.isPresent(next.personId))) return false;
    if (policy.kind === "veto") this.#toPilot(launch, `${launch.offer.picName} is not at the screen.`);
    else this.#readdress(launch, next, policy, launch.offer.ruleText);
    return true;
  }

  #onWatch(personId: string): boolean {
    return this.#desk.deps.pilots.pilotsOnWatch().some((one) => one.personId === personId);
  }

  #hindrance(launch: Launch): string | undefined {
    // Whoever would stop the countdown now is answered that it cannot be recorded.
    if (!this.#desk.context.kernel.writable) return "The record cannot be written.";
    const restarted = launch.offer.proposedMs < this.#bootMs;
    return this.#desk.proposer.hindrance(this.#desk.brief(launch.incidentId), launch.offer.picId, restarted);
  }

  /** The countdown's end, with everything looked at again. */
  checkWindow(launch: Launch): void {
    if (launch.stage.kind !== "proposed" || this.#desk.nowMs < launch.offer.expiresAtMs) return;
    const { kernel, config } = this.#desk.context;
    const decision = decideLaunch(
      {
        kind: "windowEnds",
        hindrance: this.#hindrance(launch),
        gates: this.#desk.measure(launch, launch.offer.picId, false),
        approvalId: kernel.newId("a"),
        validUntilMs: this.#desk.nowMs + config.launch.approvalValidS * 1000,
      },
      launch,
      this.#desk.nowMs,
    );
    if (decision.kind === "refused") this.#toPilot(launch, decision.reason.text);
    else this.#desk.carryOut(decision);
  }

  #toPilot(launch: Launch, why: string): void {
    const { picId, ruleText } = launch.offer;
    const { proposer, deps } = this.#desk;
    const his = deps.pilots.pilotsOnWatch().find((one) => one.personId === picId);
    const pic = his !== undefined && proposer.isPresent(picId) ? his : proposer.pilotFor();
    const policy = { kind: "approve", seconds: LAPSED_APPROVE_S } as const;
    this.#readdress(launch, pic, policy, `${ruleText} The countdown was stopped: ${why}`);
  }

  /** The same card as a new version: with its own time, and no approval of the version before. */
  #readdress(launch: Launch, pic: PilotOnWatch | undefined, policy: Offered["policy"], ruleText: string): void {
    const { version: _version, proposedMs: _proposedMs, ...before } = launch.offer;
    const picId = pic?.personId ?? before.picId;
    this.offer({
      ...before,
      policy,
      ruleText,
      gates: this.#desk.measure(launch, picId, false),
      picId,
      picName: pic?.name ?? before.picName,
      nonce: this.#desk.context.kernel.newId("n"),
      expiresAtMs: this.#desk.nowMs + secondsOf(policy) * 1000,
      ifNothing: ifNothing(policy, before.choice.callSign),
    });
  }
}
