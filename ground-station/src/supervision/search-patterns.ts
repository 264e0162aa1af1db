import { type Fact, type NewFact, newFact, type SearchPatternView } from "@outrider/contract";
import { type Room, systemActor } from "../kernel/index.js";
import { foldPlate, normalisePlate } from "../sightings/index.js";

/** What one person sought of one plate. */
type Sought = {
  readonly personId: string;
  readonly name: string;
  readonly seqs: readonly number[];
  readonly days: ReadonlySet<number>;
  readonly cases: ReadonlySet<string>;
};

/** The maps are changed in place: the state belongs to the kernel alone. */
export type PatternState = {
  readonly sought: Map<string, Sought>;
  /** Case number by person and incident, as it was given last. */
  readonly cases: Map<string, string>;
  readonly seen: (SearchPatternView & { readonly personId: string })[];
};

const dayMs = 86_400_000;
/** A plate on three days, or under two case numbers, is looked at by somebody else (security test 19). */
const daysNoticed = 3;
const casesNoticed = 2;
const mostSeqs = 20;
const mostSought = 20_000;
const mostSeen = 500;

const keyOf = (fact: Fact): string | undefined =>
  fact.type === "VehicleSought" && fact.by.kind === "person" && fact.data.description.plate !== undefined
    ? `${fact.by.personId}|${foldPlate(normalisePlate(fact.data.description.plate))}`
    : undefined;

function noteSought(state: PatternState, fact: Extract<Fact, { type: "VehicleSought" }>, key: string): void {
  if (fact.by.kind !== "person") return;
  const { personId, name } = fact.by;
  const caseNumber = state.cases.get(`${personId}|${fact.data.incidentId}`);
  // Sought as what follows from a confirmed hit: nobody has asked for it.
  if (caseNumber === undefined) return;
  const before = state.sought.get(key);
  // The one that rested longest goes first.
  state.sought.delete(key);
  state.sought.set(key, {
    personId,
    name,
    seqs: [...(before?.seqs ?? []), fact.seq].slice(-mostSeqs),
    days: new Set([...(before?.days ?? []), Math.floor(fact.tMs / dayMs)]),
    cases: new Set([...(before?.cases ?? []), caseNumber]),
  });
  const oldest = state.sought.size > mostSought ? state.sought.keys().next().value : undefined;
  if (oldest !== undefined) state.sought.delete(oldest);
}

/** Who sought which plate on how many days and for how many cases. */
export const patternRoom: Room<PatternState> = {
  name: "search-patterns",
  initial: () => ({ sought: new Map(), cases: new Map(), seen: [] }),
  evolve(state, fact) {
    const key = keyOf(fact);
    if (fact.type === "VehicleSought" && key !== undefined) noteSought(state, fact, key);
    if (fact.type === "PurposeGiven" && fact.data.incidentId !== undefined)
      state.cases.set(`${fact.data.personId}|${fact.data.incidentId}`, fact.data.caseNumber);
    if (fact.type === "SearchPatternSeen") {
      state.seen.push({ seq: fact.seq, tMs: fact.tMs, ...fact.data });
      if (state.seen.length > mostSeen) state.seen.splice(0, state.seen.length - mostSeen);
    }
    return state;
  },
};

/** What follows from a search: somebody else is told, each time that the pattern grows. */
export function patternFacts(state: PatternState, fact: Fact): readonly NewFact[] {
  const key = keyOf(fact);
  const sought = key === undefined ? undefined : state.sought.get(key);
  if (sought === undefined) return [];
  const days = sought.days.size;
  const cases = sought.cases.size;
  if (days < daysNoticed && cases < casesNoticed) return [];
  const { personId, name, seqs } = sought;
  const told = state.seen.findLast((one) => one.personId === personId && one.seqs.some((seq) => seqs.includes(seq)));
  if (told !== undefined && told.days >= days && told.cases >= cases) return [];
  const why = `One plate, sought on ${days} ${days === 1 ? "day" : "days"} for ${cases} ${cases === 1 ? "case" : "cases"}.`;
  return [newFact("SearchPatternSeen", { personId, name, seqs: [...seqs], days, cases, why }, systemActor)];
}

/** Newest first; nobody is shown what was noticed about himself. */
export const patternsFor = (state: PatternState, viewerId: string): readonly SearchPatternView[] =>
  state.seen
    .filter((one) => one.personId !== viewerId)
    .slice(-100)
    .reverse()
    .map(({ personId: _, ...shown }) => shown);
