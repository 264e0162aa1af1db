import type { Fact, VehicleDescription } from "@outrider/contract";
import { byWhom, computed, measured, person, type Words } from "./speech.js";

/** Never the plate: the timeline is read by roles that may not see plates (INV-10). */
export function vehicleText(vehicle: VehicleDescription): string {
  const parts = [vehicle.color, vehicle.make, vehicle.model, vehicle.body].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(" ") : "a vehicle";
}

/** Timeline words of what was seen, confirmed and told; undefined for other facts. */
export function sightingWords(fact: Fact): Words | undefined {
  switch (fact.type) {
    case "VehicleSought":
      return person(`${byWhom(fact.by)} looks for ${vehicleText(fact.data.description)}`);
    case "HitFound":
      return measured(
        `Read at ${fact.data.readerName}: not confirmed`,
        "Do not stop on it until a person has said it is the same.",
      );
    case "VehicleConfirmed":
      return person(`${byWhom(fact.by)}: same vehicle`, fact.data.second ? "Second person." : "");
    case "VehicleRuledOut":
      return person(`${byWhom(fact.by)}: ${fact.data.why === "not-same" ? "not the same vehicle" : "cannot tell"}`);
    case "SightingLinked":
      return computed(`Seen at ${fact.data.place.label}`);
    case "TravelDirectionEstimated":
      return computed(fact.data.text);
    case "ObservationMade":
      return person(fact.data.text, `Seen by ${fact.data.seenBy}.`);
    case "OfficerLinkMade":
      return person(`Link made for ${fact.data.unit}`);
    case "OfficerLinkOpened":
      return measured(`${fact.data.unit} opened the link`);
    case "OfficerLinkEnded":
      return computed("Officer's link ended", fact.data.why);
    case "OfficerAdvised":
      return person(`${byWhom(fact.by)} told ${fact.data.units.join(", ")}`, fact.data.text);
    case "AdviceAcknowledged":
      return measured(`${fact.data.unit} read it`);
    case "AdviceWithdrawn":
      return person("Taken back", fact.data.why);
    case "PurposeGiven":
      return person(`${byWhom(fact.by)} gave a purpose`, `${fact.data.offence}, case ${fact.data.caseNumber}.`);
    case "SearchMade":
      return person(`${byWhom(fact.by)} searched`, `${fact.data.count} found.`);
    default:
      return undefined;
  }
}
