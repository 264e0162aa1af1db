import { type Actor, type CurrencyView, type NewFact, newFact } from "@outrider/contract";
import type { WatchState } from "./watch-room.js";

export type Papers = {
  readonly certificate: { readonly number: string; readonly untilMs: number } | undefined;
  /** A flight, or a passed run where the agency lets that count. */
  readonly lastFlightMs: number | undefined;
  /** Trainings without which nobody takes a watch, and that are not fresh. */
  readonly lapsed?: readonly CurrencyView[];
};

export type StartWatch = {
  readonly watchId: string;
  readonly personId: string;
  readonly name: string;
  readonly by: Actor;
  readonly nowMs: number;
  readonly papers: Papers;
  readonly currencyDays: number;
  /** A scored run goes on at a simulated site: the check flight that makes a pilot current again is flown there. */
  readonly checkFlight?: boolean;
  readonly soundTested: boolean;
  readonly notConfiguredRead: boolean;
  readonly notConfigured: readonly string[];
};

export type WatchDecision =
  | { readonly kind: "started"; readonly watchId: string; readonly facts: readonly NewFact[] }
  | { readonly kind: "already"; readonly watchId: string }
  | { readonly kind: "refused"; readonly why: string; readonly doThis: string };

const dayMs = 86_400_000;
/** What a watch says that was begun for a check flight: the currency gate then wants a human's word for each launch. */
const checkFlightDays = -1;
const refuse = (why: string, doThis: string): WatchDecision => ({ kind: "refused", why, doThis });

/**
 * Sign-on of a pilot-in-command (14 CFR 107.12 and 107.65: a valid certificate and recent training; the agency's own
 * currency on top). The sound test is part of it because an alarm that nobody hears is none.
 */
export function decideStartWatch(wish: StartWatch, state: WatchState): WatchDecision {
  const held = state.byPerson.get(wish.personId);
  if (held !== undefined) return { kind: "already", watchId: held.watchId };
  const { certificate, lastFlightMs } = wish.papers;
  if (certificate === undefined)
    return refuse("No certificate is entered for you.", "Have it entered under people in outrider.yaml.");
  if (certificate.untilMs <= wish.nowMs)
    return refuse("Your certificate has run out.", "Renew it and have the new date entered.");
  const stale = notCurrent(wish);
  if (stale !== undefined && wish.checkFlight !== true) return refuse(stale, "Fly a check flight with a trainer.");
  const current = stale === undefined && lastFlightMs !== undefined;
  // A flight of this very moment may be stamped a fraction later than the question.
  const days = current ? Math.max(0, Math.floor((wish.nowMs - lastFlightMs) / dayMs)) : checkFlightDays;
  if (!wish.soundTested) return refuse("The sound was not tested.", "Run the 3 s sound test, then start the watch.");
  if (!wish.notConfiguredRead && wish.notConfigured.length > 0)
    return refuse(
      "The list of checks that are not configured was not read.",
      "Read it and confirm, then start the watch.",
    );
  const fact = newFact(
    "WatchStarted",
    {
      watchId: wish.watchId,
      personId: wish.personId,
      name: wish.name,
      certificate: certificate.number,
      certificateUntilMs: certificate.untilMs,
      currencyDays: days,
      soundTested: true,
      notConfiguredRead: [...wish.notConfigured],
    },
    wish.by,
  );
  return { kind: "started", watchId: wish.watchId, facts: [fact] };
}

/** Why the pilot is not current; undefined where he is. */
function notCurrent({ papers, nowMs, currencyDays }: StartWatch): string | undefined {
  const { lastFlightMs, lapsed = [] } = papers;
  if (lastFlightMs === undefined) return "No last flight is entered for you.";
  const days = Math.floor((nowMs - lastFlightMs) / dayMs);
  if (days > currencyDays) return `Your last flight was ${days} days ago, limit ${currencyDays}.`;
  const [first] = lapsed;
  if (first === undefined) return undefined;
  return first.days === undefined
    ? `No training "${first.title}" is on record for you.`
    : `Your last training "${first.title}" was ${first.days} days ago, limit ${first.withinDays}.`;
}
