/** How far the question of an aircraft has come for one incident, as long as no camera has seen its place. */
export type ProposalStand = "none" | "open" | "going" | "flying" | "turned" | "home" | "over";

export const PROPOSAL_WORDS: Readonly<Record<ProposalStand, string>> = {
  none: "No aircraft proposed yet",
  open: "An aircraft is proposed to the pilot",
  going: "An aircraft is leaving its dock",
  flying: "An aircraft is on its way",
  turned: "The aircraft goes home and has not seen the place",
  home: "The aircraft is home and has not seen the place",
  over: "No aircraft goes: the proposal is over. Ask the pilot.",
};

const STANDS: Readonly<Record<string, ProposalStand>> = {
  LaunchProposed: "open",
  LaunchApproved: "going",
  VetoWindowElapsed: "going",
  Airborne: "flying",
  Returning: "turned",
  Landed: "home",
  LaunchExpired: "over",
  LaunchDeclined: "over",
  LaunchRefused: "over",
  LaunchAborted: "over",
};

/** By the types of an incident's facts in their order: a proposal that lapsed must not read as if it still stood. */
export function proposalStand(types: readonly string[]): ProposalStand {
  const last = types.findLast((type) => STANDS[type] !== undefined);
  return last === undefined ? "none" : (STANDS[last] ?? "none");
}
