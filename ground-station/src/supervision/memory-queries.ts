import type { Fact, FactData, FactOf } from "@outrider/contract";
import type {
  Asked,
  CountRow,
  FactFilter,
  Page,
  QueryStore,
  SearchFilter,
  SearchRow,
  StoredFact,
} from "./query-store.js";

const ok = <T>(value: T): Asked<T> => ({ kind: "ok", value });

/** The same questions without a database: for simulated runs, and where the database is not installed. */
export class MemoryQueries implements QueryStore {
  readonly #rows: StoredFact[] = [];
  readonly #purposes = new Map<string, FactData<"PurposeGiven">>();
  readonly #reviews = new Map<number, FactOf<"SearchReviewed">>();
  #lastSeq = 0;

  add(rows: readonly StoredFact[], done: (error?: Error) => void): void {
    for (const row of rows) {
      const { fact } = row;
      if (fact.seq <= this.#lastSeq) continue;
      this.#lastSeq = fact.seq;
      this.#rows.push(row);
      if (fact.type === "PurposeGiven") this.#purposes.set(fact.data.purposeId, fact.data);
      if (fact.type === "SearchReviewed") this.#reviews.set(fact.data.seq, fact);
    }
    done();
  }

  facts(filter: FactFilter, done: (answer: Asked<Page<Fact>>) => void): void {
    const text = filter.text?.toLowerCase();
    const fits = (row: StoredFact): boolean =>
      (filter.types === undefined || filter.types.includes(row.fact.type)) &&
      (filter.incidentId === undefined || row.incidentId === filter.incidentId) &&
      (filter.uid === undefined || row.uid === filter.uid) &&
      within(row, filter) &&
      (text === undefined || JSON.stringify(row.fact).toLowerCase().includes(text));
    done(ok(page(this.#rows, filter, fits, (row) => row.fact)));
  }

  searches(filter: SearchFilter, done: (answer: Asked<Page<SearchRow>>) => void): void {
    const fits = (row: StoredFact): boolean => {
      const search = this.#search(row);
      return (
        search !== undefined &&
        within(row, filter) &&
        (filter.caseNumber === undefined || search.purpose?.caseNumber === filter.caseNumber) &&
        (filter.reviewed === undefined || (search.review !== undefined) === filter.reviewed)
      );
    };
    done(ok(page(this.#rows, filter, fits, (row) => this.#search(row))));
  }

  #search({ fact }: StoredFact): SearchRow | undefined {
    if (fact.type !== "SearchMade") return undefined;
    const review = this.#reviews.get(fact.seq);
    return {
      seq: fact.seq,
      tMs: fact.tMs,
      by: fact.by.kind === "person" ? fact.by.name : "",
      what: fact.data.what,
      count: fact.data.count,
      purpose: this.#purposes.get(fact.data.purposeId),
      review: review && {
        verdict: review.data.verdict,
        text: review.data.text,
        by: review.by.kind === "person" ? review.by.name : "",
      },
    };
  }

  counts(fromMs: number, toMs: number, done: (answer: Asked<readonly CountRow[]>) => void): void {
    const byKey = new Map<string, CountRow>();
    for (const { fact, day } of this.#rows) {
      if (fact.tMs < fromMs || fact.tMs > toMs) continue;
      const key = `${day} ${fact.type}`;
      byKey.set(key, { day, type: fact.type, count: (byKey.get(key)?.count ?? 0) + 1 });
    }
    done(ok([...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)));
  }

  close(): void {
    this.#rows.length = 0;
  }
}

function within(row: StoredFact, filter: Pick<FactFilter, "who" | "fromMs" | "toMs">): boolean {
  const { tMs } = row.fact;
  const who = filter.who?.toLowerCase();
  return (
    tMs >= (filter.fromMs ?? Number.NEGATIVE_INFINITY) &&
    tMs <= (filter.toMs ?? Number.POSITIVE_INFINITY) &&
    (who === undefined || row.whoId.toLowerCase() === who || row.who.toLowerCase().includes(who))
  );
}

/** From the newest back, until the page is full. */
function page<T>(
  rows: readonly StoredFact[],
  { before = Number.POSITIVE_INFINITY, limit }: { readonly before?: number; readonly limit: number },
  fits: (row: StoredFact) => boolean,
  show: (row: StoredFact) => T | undefined,
): Page<T> {
  const found: T[] = [];
  let last = 0;
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i];
    if (row === undefined || row.fact.seq >= before || !fits(row)) continue;
    if (found.length === limit) return { rows: found, next: last };
    const shown = show(row);
    if (shown !== undefined) found.push(shown);
    last = row.fact.seq;
  }
  return { rows: found, next: undefined };
}
