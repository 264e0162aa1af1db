import type { Fact, Role } from "@outrider/contract";

/** Facts that show plates or who searched for what: for those who may search, and for the trainer's simulated ones. */
const plateFacts: ReadonlySet<string> = new Set(["HitFound", "PurposeGiven", "SearchMade"]);
const plateRoles: readonly Role[] = ["rtcc", "supervisor", "trainer", "auditor"];

/** The fact as this viewer may see it; undefined where he may not. Hashes of officers' links are nobody's business. */
export function factFor(fact: Fact, roles: readonly Role[]): Fact | undefined {
  if (plateFacts.has(fact.type) && !roles.some((role) => plateRoles.includes(role))) return undefined;
  if (fact.type === "OfficerLinkMade") return { ...fact, data: { ...fact.data, tokenHash: "" } };
  if (fact.type === "OfficerLinkOpened") return { ...fact, data: { ...fact.data, deviceHash: "" } };
  return fact;
}
