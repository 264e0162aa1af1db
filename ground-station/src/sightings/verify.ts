import { type Actor, type NewFact, newFact } from "@outrider/contract";
import type { World } from "@outrider/geo";
import { type HitEntry, needsSecond, type SightingsState } from "./sightings-room.js";
import { directionWords } from "./travel.js";

export type Verdict = "same" | "not-same" | "cannot-tell";
export type VerifyDecision =
  | { readonly kind: "ok"; readonly facts: readonly NewFact[]; readonly secondNeeded: boolean }
  | { readonly kind: "refused"; readonly status: 404 | 409; readonly why: string; readonly doThis: string };

export type VerifyInput = {
  readonly hitId: string;
  readonly verdict: Verdict;
  readonly by: Extract<Actor, { kind: "person" }>;
  readonly nowMs: number;
  readonly world: World;
  readonly headingOfRead: (readId: string) => number | undefined;
  readonly newVehicleId: () => string;
};

/** An old picture says where a car was, not where it is: after this long a yes tells nobody anything useful. */
export const hitHoldsMs = 60 * 60_000;

/** What a person's look at the picture makes of a hit. */
export function decideVerify(state: SightingsState, input: VerifyInput): VerifyDecision {
  const entry = state.hits.get(input.hitId);
  const refuse = (status: 404 | 409, why: string, doThis: string): VerifyDecision => ({
    kind: "refused",
    status,
    why,
    doThis,
  });
  if (entry === undefined) return refuse(404, "This hit is not known any more.", "Look at the list of hits.");
  const { hitId, incidentId } = entry.data;
  const about = incidentId === undefined ? { hitId } : { hitId, incidentId };
  if (input.verdict !== "same") {
    if (entry.state === input.verdict) return { kind: "ok", facts: [], secondNeeded: false };
    const ruledOut = newFact("VehicleRuledOut", { ...about, why: input.verdict }, input.by);
    return { kind: "ok", facts: [ruledOut], secondNeeded: false };
  }
  if (entry.state === "same") return { kind: "ok", facts: [], secondNeeded: false };
  if (entry.state === "not-same" || entry.state === "cannot-tell")
    return refuse(409, `${entry.by ?? "Somebody"} has ruled this hit out.`, "Wait for the next read, or ask them.");
  const block = entry.data.checks.find((check) => check.state === "block");
  if (block !== undefined)
    return refuse(409, `${block.name}: ${block.text}.`, "Say not the same, or confirm it outside the product.");
  if (input.nowMs - entry.data.readAtMs > hitHoldsMs)
    return refuse(409, "The read is more than an hour old.", "Wait for the next read.");
  if (entry.state === "second-needed" && entry.firstYesId === input.by.personId)
    return refuse(409, "You have said yes already.", "A second person must look at the picture and say yes.");
  const second = entry.state === "second-needed";
  const confirmed = newFact("VehicleConfirmed", { ...about, second }, input.by);
  if (needsSecond(entry.data) && !second) return { kind: "ok", facts: [confirmed], secondNeeded: true };
  return { kind: "ok", facts: [confirmed, ...linkFacts(state, entry, input)], secondNeeded: false };
}

/** The sighting joins the incident's vehicle; a listed car that nobody sought becomes sought now. */
function linkFacts(state: SightingsState, entry: HitEntry, input: VerifyInput): NewFact[] {
  const { incidentId, readId, place, readAtMs, vehicle, plateListed } = entry.data;
  if (incidentId === undefined || !state.incidents.has(incidentId)) return [];
  const known = entry.data.vehicleId !== undefined && state.vehicles.has(entry.data.vehicleId);
  const vehicleId = known && entry.data.vehicleId !== undefined ? entry.data.vehicleId : input.newVehicleId();
  const headingDeg = input.headingOfRead(readId) ?? vehicle.headingDeg;
  const facts: NewFact[] = [];
  if (!known) {
    const description = { ...vehicle, plate: plateListed.slice(0, 12) };
    facts.push(
      newFact("VehicleSought", { incidentId, vehicleId, description, lastSeen: place, seenAtMs: readAtMs }, input.by),
    );
  }
  facts.push(
    newFact(
      "SightingLinked",
      { incidentId, vehicleId, readId, place, atMs: readAtMs, ...(headingDeg === undefined ? {} : { headingDeg }) },
      input.by,
    ),
  );
  if (headingDeg !== undefined) {
    const words = directionWords(input.world, place.point, headingDeg);
    const data = { incidentId, vehicleId, text: words.text, headingDeg: words.headingDeg };
    facts.push(newFact("TravelDirectionEstimated", data, { kind: "system", part: "ground-station" }));
  }
  return facts;
}
