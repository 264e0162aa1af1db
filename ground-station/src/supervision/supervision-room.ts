import type { DecisionView, Fact, FactData, SearchView } from "@outrider/contract";
import type { Room } from "../kernel/index.js";

export type DecisionKind = DecisionView["decision"];
export type HeldDecision = {
  readonly seq: number;
  readonly tMs: number;
  readonly incidentId: string;
  readonly decision: DecisionKind;
  readonly by: string;
  readonly why: string;
  readonly secondsToDecide: number | undefined;
  readonly launchId: string | undefined;
  readonly callSign?: string | undefined;
  /** Whose decision it was, where a person's: nobody reviews himself. */
  readonly personId: string | undefined;
};
export type HeldSearch = {
  readonly seq: number;
  readonly tMs: number;
  readonly by: string;
  readonly personId: string;
  readonly what: string;
  readonly purpose: FactData<"PurposeGiven"> | undefined;
  readonly count: number;
};

export type SupervisionState = {
  readonly decisions: HeldDecision[];
  readonly searches: HeldSearch[];
  readonly alarmsMs: number[];
  readonly proposedMs: Map<string, number>;
  /** Call sign of the aircraft that each launch proposes now. */
  readonly callSigns: Map<string, string>;
  readonly purposes: Map<string, FactData<"PurposeGiven">>;
  /** What supervisors said last, by the sequence of what they looked at. */
  readonly decisionReviews: Map<number, NonNullable<DecisionView["review"]>>;
  readonly searchReviews: Map<number, NonNullable<SearchView["review"]>>;
};

const mostDecisions = 2_000;
const mostSearches = 1_000;
const mostAlarms = 1_000;

function push<T>(list: T[], one: T, most: number): void {
  list.push(one);
  if (list.length > most) list.splice(0, list.length - most);
}

const who = (fact: Fact): string =>
  fact.by.kind === "person" ? fact.by.name : fact.by.kind === "source" ? fact.by.sourceId : "by itself";

const reasons = (list: readonly { text: string }[]): string => list.map((one) => one.text).join(" ");

type Said = { readonly decision: DecisionKind; readonly by: string; readonly why: string };

/** What a fact decided, in the words of the record. */
function decisionOf(fact: Fact): Said | undefined {
  const by = who(fact);
  switch (fact.type) {
    case "LaunchProposed":
      return { decision: "proposed", by, why: fact.data.ruleText };
    case "LaunchApproved":
      return { decision: "launched", by, why: "" };
    case "VetoWindowElapsed":
      return {
        decision: "vetoElapsed",
        by: fact.data.picName,
        why: "Went by rule; the pilot on watch did not stop it.",
      };
    case "LaunchDeclined":
      return { decision: "declined", by, why: fact.data.reason };
    case "LaunchExpired":
      return { decision: "expired", by, why: "Nobody decided in time." };
    case "LaunchRefused":
      return { decision: "refused", by, why: reasons(fact.data.reasons) };
    case "LaunchAborted":
      return { decision: "aborted", by, why: fact.data.reason };
    case "LaunchNotPossible":
      return { decision: "notPossible", by, why: reasons(fact.data.reasons) };
    default:
      return undefined;
  }
}

const launchIdOf = (fact: Fact): string | undefined => ("launchId" in fact.data ? fact.data.launchId : undefined);

function hold(state: SupervisionState, fact: Fact, said: Said): void {
  const launchId = launchIdOf(fact);
  const proposedMs = launchId === undefined ? undefined : state.proposedMs.get(launchId);
  const isAct = said.decision !== "proposed" && said.decision !== "notPossible";
  push(
    state.decisions,
    {
      seq: fact.seq,
      tMs: fact.tMs,
      incidentId: "incidentId" in fact.data ? (fact.data.incidentId ?? "") : "",
      ...said,
      secondsToDecide: isAct && proposedMs !== undefined ? Math.max(0, (fact.tMs - proposedMs) / 1000) : undefined,
      launchId,
      callSign: launchId === undefined ? undefined : state.callSigns.get(launchId),
      personId: fact.by.kind === "person" ? fact.by.personId : undefined,
    },
    mostDecisions,
  );
}

/** Every decision and every search with its reason, as a supervisor reads them. The lists are changed in place. */
export const supervisionRoom: Room<SupervisionState> = {
  name: "supervision",
  initial: () => ({
    decisions: [],
    searches: [],
    alarmsMs: [],
    proposedMs: new Map(),
    callSigns: new Map(),
    purposes: new Map(),
    decisionReviews: new Map(),
    searchReviews: new Map(),
  }),
  evolve(state, fact) {
    if (fact.type === "LaunchProposed" && !state.proposedMs.has(fact.data.launchId))
      state.proposedMs.set(fact.data.launchId, fact.tMs);
    if (fact.type === "LaunchProposed") state.callSigns.set(fact.data.launchId, fact.data.choice.callSign);
    const said = decisionOf(fact);
    if (said !== undefined) hold(state, fact, said);
    if (fact.type === "PurposeGiven") state.purposes.set(fact.data.purposeId, fact.data);
    if (fact.type === "DecisionReviewed") {
      const { seq, verdict, text } = fact.data;
      state.decisionReviews.set(seq, { verdict, text, by: who(fact), tMs: fact.tMs });
    }
    if (fact.type === "SearchReviewed") {
      const { seq, verdict, text } = fact.data;
      state.searchReviews.set(seq, { verdict, text, by: who(fact), tMs: fact.tMs });
    }
    if (fact.type === "AlarmRaised") push(state.alarmsMs, fact.tMs, mostAlarms);
    if (fact.type === "SearchMade")
      push(
        state.searches,
        {
          seq: fact.seq,
          tMs: fact.tMs,
          by: who(fact),
          personId: fact.data.personId,
          what: fact.data.what,
          purpose: state.purposes.get(fact.data.purposeId),
          count: fact.data.count,
        },
        mostSearches,
      );
    return state;
  },
};
