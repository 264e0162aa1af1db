import type { DecisionView, RoomViews } from "@outrider/contract";

export type DecisionKindFilter = "all" | "launched" | "declined" | "refused" | "lapsed" | "notPossible" | "toReview";

export interface DecisionFilter {
  readonly kind: DecisionKindFilter;
  /** Empty for everybody. */
  readonly by: string;
  /** Words that must all stand in call, title, reason or name. */
  readonly find: string;
  /** Undefined for the whole list. */
  readonly sinceMs: number | undefined;
}

export const EVERY_DECISION: DecisionFilter = { kind: "all", by: "", find: "", sinceMs: undefined };

export const KINDS: readonly { readonly id: DecisionKindFilter; readonly title: string }[] = [
  { id: "all", title: "All" },
  { id: "launched", title: "Launched" },
  { id: "declined", title: "Declined" },
  { id: "refused", title: "Refused, stopped" },
  { id: "lapsed", title: "Lapsed" },
  { id: "notPossible", title: "Not proposed" },
  { id: "toReview", title: "Not reviewed" },
];

/** A proposal is a question, not a decision: it stands in the proof of its answer, not in the list. */
export const isDecision = (d: DecisionView): boolean => d.decision !== "proposed";

function isOfKind(d: DecisionView, kind: DecisionKindFilter): boolean {
  switch (kind) {
    case "all":
      return true;
    case "launched":
      return d.decision === "launched" || d.decision === "vetoElapsed";
    case "declined":
      return d.decision === "declined";
    case "refused":
      return d.decision === "refused" || d.decision === "aborted";
    case "lapsed":
      return d.decision === "expired";
    case "notPossible":
      return d.decision === "notPossible";
    case "toReview":
      return d.review === undefined;
  }
}

/** Decisions that pass, newest first as they came. */
export function filterDecisions(all: readonly DecisionView[], f: DecisionFilter): readonly DecisionView[] {
  const words = f.find
    .toLowerCase()
    .split(/\s+/)
    .filter((w) => w !== "");
  return all.filter((d) => {
    if (!isDecision(d) || !isOfKind(d, f.kind)) return false;
    if (f.by !== "" && d.by !== f.by) return false;
    if (f.sinceMs !== undefined && d.tMs < f.sinceMs) return false;
    const text = `${d.callSign ?? ""} ${d.number} ${d.title} ${d.why} ${d.by} ${d.launchId ?? ""}`.toLowerCase();
    return words.every((w) => text.includes(w));
  });
}

/** How many stand behind each filter, before it is pressed. */
export function kindCounts(
  all: readonly DecisionView[],
  f: DecisionFilter,
): Readonly<Record<DecisionKindFilter, number>> {
  const count = (kind: DecisionKindFilter): number => filterDecisions(all, { ...f, kind }).length;
  return {
    all: count("all"),
    launched: count("launched"),
    declined: count("declined"),
    refused: count("refused"),
    lapsed: count("lapsed"),
    notPossible: count("notPossible"),
    toReview: count("toReview"),
  };
}

/** Who decided, each once, in the order of the alphabet. */
export const deciders = (all: readonly DecisionView[]): readonly string[] =>
  [...new Set(all.filter(isDecision).map((d) => d.by))].sort((a, b) => a.localeCompare(b));

/** The reason given, else the rule under which the launch was proposed: a launch without words still has a reason. */
export function reasonOf(d: DecisionView, all: readonly DecisionView[]): string {
  if (d.why !== "") return d.why;
  const proposed = all.find((p) => p.decision === "proposed" && p.launchId !== undefined && p.launchId === d.launchId);
  return proposed?.why ?? "";
}

type Times = RoomViews["supervisor"]["responseTimes"];

export interface Arrivals {
  readonly came: number;
  /** Calls at which nothing will arrive any more, by how they ended. */
  readonly none: readonly { readonly word: string; readonly n: number }[];
  readonly noneCount: number;
  /** Calls that are still open: until a camera comes, the station counts them as late as those that did not arrive. */
  readonly open: number;
}

const OUTCOMES: readonly (readonly [string, string])[] = [
  ["refused", "refused"],
  ["aborted", "stopped"],
  ["declined", "declined"],
  ["expired", "lapsed"],
  ["notPossible", "no aircraft could go"],
];

/** What became of the calls: refused and aborted launches are counted with the rest, never left out. */
export function arrivals(times: Times): Arrivals {
  const came = times.filter((t) => t.seconds !== undefined).length;
  const rest = times.filter((t) => t.seconds === undefined);
  const none = OUTCOMES.flatMap(([id, word]) => {
    const n = rest.filter((t) => t.outcome === id).length;
    return n === 0 ? [] : [{ word, n }];
  });
  const noneCount = none.reduce((sum, o) => sum + o.n, 0);
  return { came, none, noneCount, open: rest.length - noneCount };
}
