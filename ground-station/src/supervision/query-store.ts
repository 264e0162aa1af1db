import type { Fact, FactData } from "@outrider/contract";

/** Which facts; what is absent does not narrow. Newest first, `before` the sequence where the last page ended. */
export type FactFilter = {
  readonly types?: readonly string[];
  /** Person's id, or part of the name as the record has it. */
  readonly who?: string;
  readonly incidentId?: string;
  readonly uid?: string;
  /** Somewhere in the fact, whatever the case of its letters. */
  readonly text?: string;
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly before?: number;
  readonly limit: number;
};

export type SearchFilter = Pick<FactFilter, "who" | "fromMs" | "toMs" | "before" | "limit"> & {
  readonly caseNumber?: string;
  readonly reviewed?: boolean;
};

/** One search with what it was for and what a supervisor said of it last. */
export type SearchRow = {
  readonly seq: number;
  readonly tMs: number;
  readonly by: string;
  readonly what: string;
  readonly count: number;
  readonly purpose: FactData<"PurposeGiven"> | undefined;
  readonly review: { readonly verdict: "legit" | "ask-more"; readonly text: string; readonly by: string } | undefined;
};

export type CountRow = { readonly day: string; readonly type: string; readonly count: number };

/** A page, and the sequence from which the next one goes on; undefined at the end. */
export type Page<T> = { readonly rows: readonly T[]; readonly next: number | undefined };

export type Asked<T> = { readonly kind: "ok"; readonly value: T } | { readonly kind: "error"; readonly error: Error };

/**
 * Questions over the whole record. A cache: filled from the record when first needed, thrown away at the end, never
 * asked by anything that flies. Adding a fact twice is adding it once.
 */
export type QueryStore = {
  add(rows: readonly StoredFact[], done: (error?: Error) => void): void;
  facts(filter: FactFilter, done: (answer: Asked<Page<Fact>>) => void): void;
  searches(filter: SearchFilter, done: (answer: Asked<Page<SearchRow>>) => void): void;
  /** Facts by day (of the site's time zone) and type. */
  counts(fromMs: number, toMs: number, done: (answer: Asked<readonly CountRow[]>) => void): void;
  close(): void;
};

/** A fact with what is asked for most beside it. */
export type StoredFact = {
  readonly fact: Fact;
  readonly day: string;
  readonly whoId: string;
  readonly who: string;
  readonly incidentId: string;
  readonly uid: string;
};

const textOf = (data: object, name: string): string => {
  const value: unknown = Object.hasOwn(data, name) ? (data as Readonly<Record<string, unknown>>)[name] : undefined; // Any fact's data.
  return typeof value === "string" ? value : "";
};

/** Days by the site's own midnight. */
export function stored(timeZone: string): (fact: Fact) => StoredFact {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  return (fact) => ({
    fact,
    day: format.format(fact.tMs),
    whoId: fact.by.kind === "person" ? fact.by.personId : fact.by.kind === "source" ? fact.by.sourceId : fact.by.part,
    who: fact.by.kind === "person" ? fact.by.name : "",
    incidentId: textOf(fact.data, "incidentId"),
    uid: textOf(fact.data, "uid"),
  });
}
