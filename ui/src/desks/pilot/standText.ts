import type { AircraftView } from "@outrider/contract";
import { listText } from "../../parts/index.js";

const NAMED = 3;

/** One line for an empty sky: who could go now, and what keeps the others. */
export function standText(aircraft: readonly Pick<AircraftView, "callSign" | "ready" | "notReady">[]): string {
  if (aircraft.length === 0) return "Nothing in the air, and no aircraft is enrolled here.";
  const ready = aircraft.filter((a) => a.ready).map((a) => a.callSign);
  const not = aircraft.filter((a) => !a.ready);
  const can = ready.length === 0 ? "None is ready" : `Ready: ${listText(ready)}`;
  if (not.length === 0) return `Nothing in the air. ${can}.`;
  const reasons = [...new Set(not.map(reasonOf))];
  const why = reasons
    .slice(0, NAMED)
    .map((reason) => `${listText(not.filter((a) => reasonOf(a) === reason).map((a) => a.callSign))} (${reason})`);
  const more = not.filter((a) => reasons.indexOf(reasonOf(a)) >= NAMED).length;
  return `Nothing in the air. ${can}. Not ready: ${why.join(", ")}${more === 0 ? "" : ` and ${more} more`}.`;
}

const reasonOf = ({ notReady }: { readonly notReady: string }): string => (notReady === "" ? "not ready" : notReady);
