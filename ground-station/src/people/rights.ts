import type { Fact, Role, VehicleDescription } from "@outrider/contract";
import { hasAny } from "./who-may.js";

/** Facts that are about plates alone, or about who searched for what: for those who may search. */
const plateFacts: ReadonlySet<string> = new Set(["HitFound", "PurposeGiven", "SearchMade", "SearchReviewed"]);
/** What truly happened in the simulated world, and what is still to come, is not for those who train in it. */
const truthFacts: ReadonlySet<string> = new Set(["RunHappened", "InjectPlanned", "InjectUnplanned"]);
const truthRoles: readonly Role[] = ["trainer", "supervisor", "auditor"];
/** What is about those who search is not for them. */
const oversightFacts: ReadonlySet<string> = new Set(["SearchPatternSeen"]);
const oversightRoles: readonly Role[] = ["supervisor", "auditor"];
/** A trainer's roles count where everything is simulated only (`rolesAt`). */
const plateRoles: readonly Role[] = ["rtcc", "supervisor", "trainer", "auditor"];

export const seesPlates = (roles: readonly Role[]): boolean => hasAny(roles, plateRoles);

/** Colour and make are for everybody who looks for it; the plate is not. */
export function withoutPlate(vehicle: VehicleDescription): VehicleDescription {
  const { plate: _, plateState: __, ...rest } = vehicle;
  return rest;
}

function withoutPlates(fact: Fact): Fact {
  switch (fact.type) {
    case "VehicleSought":
      return { ...fact, data: { ...fact.data, description: withoutPlate(fact.data.description) } };
    case "AlertReceived":
    case "AlertUpdated": {
      const { alert } = fact.data;
      const vehicles = alert.vehicles.map(withoutPlate);
      // Both carry the one alert; TypeScript loses that when the union is spread.
      return { ...fact, data: { ...fact.data, alert: { ...alert, vehicles } } } as Fact;
    }
    default:
      return fact;
  }
}

function withoutHashes(fact: Fact): Fact {
  switch (fact.type) {
    case "OfficerLinkMade":
      return { ...fact, data: { ...fact.data, tokenHash: "" } };
    case "OfficerLinkOpened":
      return { ...fact, data: { ...fact.data, deviceHash: "" } };
    default:
      return fact;
  }
}

/** The fact as this viewer may see it; undefined where he may not. Hashes of officers' links are nobody's business. */
export function factFor(fact: Fact, roles: readonly Role[]): Fact | undefined {
  if (oversightFacts.has(fact.type) && !hasAny(roles, oversightRoles)) return undefined;
  if (truthFacts.has(fact.type) && !hasAny(roles, truthRoles)) return undefined;
  if (seesPlates(roles)) return withoutHashes(fact);
  return plateFacts.has(fact.type) ? undefined : withoutPlates(withoutHashes(fact));
}
