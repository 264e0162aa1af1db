import type { SkySourceView, Wording } from "@outrider/contract";
import { block, caution, type Outcome, pass, unknown } from "./result.js";
import { type Said, worded, wordedOf } from "./worded.js";

/** A stranger that would come nearer than well clear to the planned way. */
export type TrafficMeeting = {
  /** Who, where it is and how high, how near it comes and when. */
  readonly text: string;
  /** The text in its parts. */
  readonly wording?: Wording;
  readonly closestM: number;
  readonly limitM: number;
  /** Seconds until well clear would be lost. */
  readonly inS: number;
};

export type TrafficMeasured = {
  readonly sources: readonly Pick<SkySourceView, "sourceId" | "state" | "text">[];
  /** Everybody who is listed now. */
  readonly heard: number;
  /** The soonest first. */
  readonly meetings: readonly TrafficMeeting[];
  /** Near, and not predicted to come nearer than well clear. */
  readonly near: readonly Said[];
  readonly blockWithinS: number;
};

/** An unmanned aircraft gives way to every other (14 CFR 107.37): it does not start into one that is coming. */
export function trafficGate(m: TrafficMeasured | undefined): Outcome {
  if (m === undefined) return unknown("No route to hold against other aircraft.", "See the other gates.");
  const [soonest] = m.meetings;
  const more =
    soonest === undefined
      ? {}
      : { measured: Math.round(soonest.closestM), limit: Math.round(soonest.limitM), unit: "m" };
  // What is heard is true whoever else is silent.
  if (soonest !== undefined && soonest.inS <= m.blockWithinS)
    return block(worded`${meetingSaid(soonest)}.`, "Wait until it has passed: it has the right of way.", more);
  if (m.sources.length === 0)
    return unknown("No source of air traffic is configured here.", "Look and listen, then decide.");
  const silent = m.sources.filter((one) => one.state !== "live");
  if (silent.length > 0)
    return unknown(
      `Not heard: ${silent.map((one) => `${one.sourceId} (${one.text})`).join(", ")}.`,
      "Silence is not an empty sky: look and listen, then decide.",
    );
  if (soonest !== undefined) return caution(worded`${meetingSaid(soonest)}.`, more);
  const [near] = m.near;
  if (near !== undefined)
    return caution(m.near.length === 1 ? worded`${near}.` : worded`${near}; ${m.near.length - 1} more near.`);
  return pass(m.heard === 0 ? "No other aircraft is heard." : `${m.heard} heard, none comes near.`);
}

const meetingSaid = ({ text, wording }: TrafficMeeting): Said => (wording === undefined ? text : wordedOf(wording));
