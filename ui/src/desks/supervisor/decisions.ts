import {
  assertNever,
  type DecisionView,
  type Fact,
  type GateResult,
  parseFact,
  type SearchPatternView,
} from "@outrider/contract";

/** A decision as a person says it. */
export function decisionWord(decision: DecisionView["decision"]): string {
  switch (decision) {
    case "launched":
      return "Launched";
    case "vetoElapsed":
      return "Launched, nobody said no";
    case "declined":
      return "Declined";
    case "expired":
      return "Lapsed";
    case "refused":
      return "Refused";
    case "aborted":
      return "Stopped";
    case "notPossible":
      return "Not proposed";
    case "proposed":
      return "Proposed";
    default:
      return assertNever(decision);
  }
}

/** Which mark stands before it: an octagon where a gate said no, a triangle where nobody answered. */
export function decisionMark(decision: DecisionView["decision"]): "octagon" | "triangle" | undefined {
  if (decision === "refused" || decision === "aborted") return "octagon";
  return decision === "expired" ? "triangle" : undefined;
}

export interface ProvenFact {
  readonly fact: Fact;
  readonly hash: string;
}

/** `GET /records?from&to`: `{ facts: [{ fact, hash }] }`; what is not a fact of this version is left out. */
export function provenFacts(body: unknown): readonly ProvenFact[] {
  const rows: unknown =
    typeof body === "object" && body !== null ? (body as Readonly<Record<string, unknown>>)["facts"] : undefined; // Any JSON object.
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row: unknown): ProvenFact[] => {
    if (typeof row !== "object" || row === null) return [];
    const { fact, hash } = row as Readonly<Record<string, unknown>>; // Any JSON object.
    const parsed = parseFact(fact);
    return parsed.kind === "ok" && typeof hash === "string" ? [{ fact: parsed.fact, hash }] : [];
  });
}

/** Gates as they stood for this decision: of its own proposal, or as last measured before it. */
export function gatesOf(facts: readonly ProvenFact[], launchId: string | undefined): readonly GateResult[] {
  let gates: readonly GateResult[] = [];
  for (const { fact } of facts) {
    if (fact.type !== "LaunchProposed" && fact.type !== "GatesMeasured") continue;
    if (fact.data.launchId === launchId) gates = fact.data.gates;
  }
  return gates;
}

/** The decision's own fact with those of the same launch around it. */
export function proofRows(facts: readonly ProvenFact[], decision: DecisionView): readonly ProvenFact[] {
  const same = facts.filter(
    ({ fact }) =>
      fact.seq === decision.seq ||
      ("launchId" in fact.data && fact.data.launchId !== undefined && fact.data.launchId === decision.launchId),
  );
  const at = same.findIndex((f) => f.fact.seq === decision.seq);
  return same.slice(Math.max(0, at - 3), at + 4);
}

/** What the station noticed, and which facts of the record it rests on. */
export function patternWords({ why, seqs }: Pick<SearchPatternView, "seqs" | "why">): string {
  const newest = seqs.slice(-NAMED).map((s) => s.toLocaleString("en-US"));
  const more = seqs.length > NAMED ? ` and ${seqs.length - NAMED} before` : "";
  return `${why} ${seqs.length === 1 ? "Fact" : "Facts"} ${newest.join(", ")}${more}.`.trim();
}
const NAMED = 3;

/** "3be8 91aa … 07f3": enough of a hash to compare by eye. */
export function shortHash(hash: string): string {
  return hash.length < 16 ? hash : `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}`;
}

/** `GET /records/verify`: words about the whole record. Whatever is not a plain yes of this version is no yes. */
export function verifyWords(body: unknown): { readonly ok: boolean; readonly text: string } | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const b = body as Readonly<Record<string, unknown>>; // Any JSON object.
  const count = b["count"];
  if (b["kind"] === "ok" && typeof count === "number")
    return { ok: true, text: `Record verified, ${count.toLocaleString("en-US")} facts, no gaps` };
  const where = typeof b["badSeq"] === "number" ? ` at fact ${b["badSeq"].toLocaleString("en-US")}` : "";
  return {
    ok: false,
    text: `The record does not hold${where}: ${String(b["why"] ?? "the verifier’s answer was not understood")}`,
  };
}
