import type { AdviceView, OfficerPicture, OfficerView } from "@outrider/contract";
import { vehicleWords } from "../sightings/index.js";
import type { Advice, DispatchIncident, DispatchState, Observation, OfficerLink } from "./dispatch-room.js";
import { confirmedPlates, findPlates, safeText, withheldText } from "./plate-gate.js";

export const adviceView = (advice: Advice): AdviceView => ({
  ...advice.data,
  sentMs: advice.sentMs,
  by: advice.by,
  readBy: advice.readBy,
  withdrawn: advice.withdrawn,
});

/** What one officer sees of one incident: only what people have confirmed, and what must not be acted on. */
export function officerView(
  state: DispatchState,
  link: OfficerLink,
  incident: DispatchIncident,
  plan: OfficerView["plan"],
  sim: boolean,
  picture?: OfficerPicture,
): OfficerView {
  const { incidentId, place, number, openedMs, flight } = incident;
  const safe = (text: string, otherwise: string) => safeText(state, incidentId, text, otherwise);
  return {
    sim,
    linkId: link.linkId,
    unit: link.unit,
    incident: {
      title: safe(incident.title, "Incident"),
      placeLabel: safe(place.label, "See the plan"),
      point: place.point,
      number,
      openedMs,
    },
    advice: incident.advice
      .filter((one) => one.data.units.includes(link.unit))
      .map(adviceView)
      .map((one) => ({ ...one, text: safe(one.text, withheldText) })),
    confirmed: confirmedFacts(state, incident),
    notToActOn: notToActOn(state, incident),
    aircraft:
      flight === undefined
        ? undefined
        : { callSign: flight.callSign, phase: flight.phase, camera: flight.inAir ? flight.uid : undefined },
    ...(picture === undefined ? {} : { picture }),
    plan,
  };
}

export type ConfirmedFact = OfficerView["confirmed"][number];

/** What a person saw or confirmed, oldest first. */
export function confirmedFacts(state: DispatchState, incident: DispatchIncident): readonly ConfirmedFact[] {
  const seen = incident.observations
    .filter((one) => !findPlates(state, incident.incidentId, one.text).unverified)
    .map(({ text, tMs, by }) => ({ text, tMs, by }));
  const plates = confirmedPlates(state, incident.incidentId).map((one) => ({
    text: `Plate ${one.listed} confirmed, ${vehicleWords(one.vehicle)}`,
    tMs: one.confirmedMs ?? 0,
    by: one.by,
  }));
  return [...seen, ...plates].sort((a, b) => a.tMs - b.tMs);
}

/** The amber lines. They stay as long as their cause. */
export function notToActOn(state: DispatchState, incident: DispatchIncident): readonly string[] {
  const plates = [...state.plates.values()].filter((one) => one.incidentId === incident.incidentId);
  const confirmed = plates.some((one) => one.state === "confirmed");
  const lines: string[] = [];
  if (plates.some((one) => one.state === "second-needed"))
    lines.push("Plate waits for a second person: do not stop on it");
  else if (plates.some((one) => one.state === "unconfirmed") && !confirmed)
    lines.push("Plate not confirmed: do not stop on it");
  if (plates.some((one) => one.state === "ruled-out") && !confirmed)
    lines.push("A plate was looked at and ruled out: do not stop on it");
  if (incident.kinds.includes("gunshot") && incident.observations.length === 0)
    lines.push("Gunfire heard by sensors, not confirmed by a person");
  return lines;
}

/** A sentence for officers from what is confirmed, to be read and changed by a person before it goes out. */
export function adviceDraft(
  state: DispatchState,
  incident: DispatchIncident,
): { text: string; plateConfirmed: boolean; source: string; units: readonly string[] } {
  const plates = confirmedPlates(state, incident.incidentId);
  const told = incident.observations
    .filter((one) => !findPlates(state, incident.incidentId, one.text).unverified)
    .slice(-3);
  const parts = told.map((one) => sentence(one.text));
  const plate = plates.at(-1);
  if (plate !== undefined) {
    const where = incident.direction === undefined ? "" : `, last going ${incident.direction.text}`;
    parts.push(sentence(`${capital(vehicleWords(plate.vehicle))}, plate ${plate.listed}${where}`));
  } else if (notToActOn(state, incident).some((line) => line.startsWith("Plate"))) parts.push("Plate not confirmed.");
  const units = [...state.links.values()]
    .filter((link) => link.incidentId === incident.incidentId && link.ended === undefined)
    .map((link) => link.unit);
  let text = parts.join(" ");
  while (text.length > 300 && parts.length > 1) {
    parts.shift();
    text = parts.join(" ");
  }
  return {
    text: text.slice(0, 300),
    plateConfirmed: plate !== undefined,
    source: sourceOf(told),
    units: [...new Set(units)],
  };
}

function sourceOf(told: readonly Observation[]): string {
  const seenBy = [...new Set(told.map((one) => one.seenBy))];
  const by = [...new Set(told.map((one) => one.by))];
  return told.length === 0 ? "" : `Seen by ${seenBy.join(", ")}, confirmed by ${by.join(", ")}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const sentence = (text: string): string => `${capital(text.trim().replace(/[.\s]+$/, ""))}.`;
