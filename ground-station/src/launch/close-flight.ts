import { type Actor, type NewFact, newFact } from "@outrider/contract";
import type { IncidentBrief } from "./incidents.js";
import type { Launch } from "./launch.js";

export type Closing = { readonly flightId: string; readonly nowMs: number; readonly delayMs: number };
export type ClosingWords = {
  readonly purpose: string;
  readonly category: string;
  readonly withhold?: { readonly reason: string; readonly days: number } | undefined;
};

const DAY_MS = 86_400_000;

/** A flight ends with its purpose in the record, and with its publication or the reason why not. */
export function closeFlight(
  launch: Launch,
  incident: IncidentBrief | undefined,
  closing: Closing,
  words: ClosingWords | undefined,
  by: Actor,
): NewFact[] {
  const { launchId, incidentId } = launch;
  const { flightId, nowMs } = closing;
  const ids = { launchId, incidentId };
  const airborneS = ((launch.landedMs ?? nowMs) - (launch.airborneMs ?? launch.landedMs ?? nowMs)) / 1000;
  const closed = newFact(
    "FlightClosed",
    {
      ...ids,
      uid: launch.offer.choice.uid,
      flightId,
      purpose: words?.purpose ?? incident?.title ?? "Call for service",
      category: words?.category ?? incident?.callType ?? "call",
      airborneS,
    },
    by,
  );
  const withhold = words?.withhold;
  const shown =
    withhold === undefined
      ? newFact("FlightPublished", { flightId, ...ids, afterMs: nowMs + closing.delayMs }, by)
      : newFact(
          "FlightWithheld",
          { flightId, ...ids, reason: withhold.reason, untilMs: nowMs + withhold.days * DAY_MS },
          by,
        );
  return [closed, shown];
}
