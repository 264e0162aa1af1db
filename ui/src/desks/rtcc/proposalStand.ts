/** How far the question of an aircraft has come for one incident, before anything has lifted off. */
export type ProposalStand = "none" | "open" | "going" | "over";

export const PROPOSAL_WORDS: Readonly<Record<ProposalStand, string>> = {
  none: "No aircraft proposed yet",
  open: "An aircraft is proposed to the pilot",
  going: "An aircraft is leaving its dock",
  over: "No aircraft goes: the proposal is over. Ask the pilot.",
};

const STANDS: Readonly<Record<string, ProposalStand>> = {
  LaunchProposed: "open",
  LaunchApproved: "going",
  VetoWindowElapsed: "going",
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
