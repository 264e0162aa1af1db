import type { Fact } from "@outrider/contract";
import { systemActor } from "../kernel/index.js";
import type { Cards } from "./cards.js";
import { bringHome } from "./decide.js";
import type { LaunchDesk } from "./desk.js";
import type { IncidentBrief } from "./incidents.js";
import { isBeforeArm, isEnded, type Launch } from "./launch.js";
import { LAPSED_APPROVE_S } from "./proposer.js";

/** No relief takes longer than this to arrive; before then nothing is searched for. */
const MOST_LEAD_S = 900;
/** Over what the plan says, beside the pilot's own time to decide. */
const MARGIN_S = 30;

/** What was proposed in the place of this launch and may still fly, or was refused by a person. */
export function reliefOf(
  launches: ReadonlyMap<string, Launch>,
  launchId: string,
): { readonly standing: Launch | undefined; readonly refused: boolean } {
  const reliefs = [...launches.values()].filter((one) => one.offer.reliefFor === launchId);
  return {
    standing: reliefs.find((one) => !isEnded(one)),
    refused: reliefs.some((one) => one.stage.kind === "declined" || one.stage.kind === "expired"),
  };
}

/** Seconds before it must turn at which the next one has to be proposed, if its pilot takes all the time to decide. */
export const leadS = (etaP90S: number, decideS: number): number => etaP90S + decideS + MARGIN_S;

/**
 * A relay over a long scene: the next aircraft is proposed in time, or when a pilot has said yes to one that was asked
 * for; the first stays until the next is on scene. Energy comes before all of it: who must turn, turns.
 */
export class Relief {
  readonly #desk: LaunchDesk;
  readonly #cards: Cards;

  constructor(desk: LaunchDesk, cards: Cards) {
    this.#desk = desk;
    this.#cards = cards;
  }

  onFact(fact: Fact): void {
    if (fact.type === "OnScene") this.#arrived(fact.data.launchId);
    if (fact.type === "AskAnswered" && fact.data.accepted) this.#asked(fact.data.incidentId, fact.data.askId);
  }

  /** Every few seconds: whether one over its scene must turn soon, counted from what the next one needs. */
  watch(): void {
    for (const launch of this.#desk.state.launches.values()) if (launch.stage.kind === "onScene") this.#inTime(launch);
  }

  #inTime(launch: Launch): void {
    const incident = this.#desk.brief(launch.incidentId);
    const turnInS = this.#desk.deps.fleet.energyOf(launch.offer.choice.uid)?.turnInS;
    if (incident === undefined || turnInS === undefined || turnInS > MOST_LEAD_S) return;
    const { standing, refused } = reliefOf(this.#desk.state.launches, launch.launchId);
    if (standing !== undefined || refused || incident.alerts.length === 0) return;
    const etaP90S = this.#etaP90S(incident, launch);
    if (turnInS <= leadS(etaP90S ?? 0, decideS(launch))) this.#cards.relieve(launch);
  }

  /** Undefined where no aircraft can go now: then the reasons are said once, when it is too late for any. */
  #etaP90S(incident: IncidentBrief, relieves: Launch): number | undefined {
    const found = this.#cards.offerTo({ incident, launch: undefined, relieves });
    return found.kind === "offer" ? found.offer.choice.etaP90S : undefined;
  }

  #asked(incidentId: string, askId: string): void {
    const incident = this.#desk.brief(incidentId);
    const launch = this.#desk.launch(incident?.launchId);
    if (incident?.asked.includes(askId) !== true || launch === undefined) return;
    if (isEnded(launch) || isBeforeArm(launch)) return this.#cards.proposeFor(incidentId);
    if (reliefOf(this.#desk.state.launches, launch.launchId).standing === undefined) this.#cards.relieve(launch);
  }

  #arrived(launchId: string): void {
    const relief = this.#desk.launch(launchId);
    const relieved = this.#desk.launch(relief?.offer.reliefFor);
    if (relief === undefined || relieved === undefined) return;
    this.#desk.carryOut(bringHome(relieved, `${relief.offer.choice.callSign} is on scene in its place`, systemActor));
  }
}

const decideS = (launch: Launch): number =>
  launch.offer.policy.kind === "approve" ? launch.offer.policy.seconds : LAPSED_APPROVE_S;
