import { type Fact, type NewFact, newFact } from "@outrider/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Asked, type FactFilter, type Page, type QueryStore, stored } from "../query-store.js";

const day = 86_400_000;
/** 23:00 in the evening of the site: another day already by UTC. */
const startMs = Date.UTC(2026, 0, 2, 7, 0, 0);
const operator = { kind: "person", personId: "op-1", name: "Operator 1", role: "rtcc" } as const;
const other = { kind: "person", personId: "op-2", name: "Operator 2", role: "rtcc" } as const;
const supervisor = { kind: "person", personId: "sup", name: "Supervisor", role: "supervisor" } as const;

const purpose = (purposeId: string, caseNumber: string, by: typeof operator | typeof other): NewFact =>
  newFact(
    "PurposeGiven",
    { purposeId, personId: by.personId, caseNumber, offence: "Robbery", text: "Asked by 911", untilMs: 0 },
    by,
  );
const search = (purposeId: string, count: number, by: typeof operator | typeof other): NewFact =>
  newFact("SearchMade", { purposeId, personId: by.personId, what: "reads", count }, by);
const note = (incidentId: string, text: string): NewFact =>
  newFact("IncidentNoteAdded", { incidentId, text }, operator);

const news: readonly (readonly [number, NewFact])[] = [
  [0, note("i_1", "Caller says a 100% red_car left")],
  [1, purpose("p_1", "26-1", operator)],
  [2, search("p_1", 4, operator)],
  [3, purpose("p_2", "26-2", other)],
  [4, search("p_2", 0, other)],
  [day, note("i_2", "Nul \u0000 and ' quote; drop table facts")],
  [day + 1, newFact("SearchReviewed", { seq: 3, personId: "op-1", verdict: "ask-more", text: "why?" }, supervisor)],
  [day + 2, newFact("SearchReviewed", { seq: 3, personId: "op-1", verdict: "legit", text: "" }, supervisor)],
  [day + 3, search("p_1", 1, operator)],
];

const facts: readonly Fact[] = news.map(
  ([afterMs, one], i): Fact => ({ ...one, seq: i + 1, id: `f_${i + 1}`, tMs: startMs + afterMs, prov: "sim" }),
);

const value = <T>(ask: (done: (answer: Asked<T>) => void) => void): Promise<T> =>
  new Promise((done, fail) => ask((answer) => (answer.kind === "ok" ? done(answer.value) : fail(answer.error))));

type Bench = { readonly store: QueryStore; readonly seqs: (filter: Omit<FactFilter, "limit">) => Promise<number[]> };

async function filled(open: () => Promise<QueryStore>): Promise<Bench> {
  const store = await open();
  const rows = facts.map(stored("America/Los_Angeles"));
  const add = (some: typeof rows): Promise<void> =>
    new Promise((done, fail) => store.add(some, (error) => (error ? fail(error) : done())));
  await add(rows.slice(0, 5));
  // A fact that comes twice is there once.
  await add(rows.slice(3));
  const seqs: Bench["seqs"] = async (filter) =>
    (await value<Page<Fact>>((done) => store.facts({ limit: 100, ...filter }, done))).rows.map((fact) => fact.seq);
  return { store, seqs };
}

/** What every QueryStore does, whatever it is made of. */
export function queryStoreContract(name: string, open: () => Promise<QueryStore>): void {
  describe(`queries in ${name}`, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await filled(open);
    });
    afterAll(() => bench.store.close());
    asksFacts(() => bench);
    asksSearches(() => bench);
  });
}

function asksFacts(bench: () => Bench): void {
  const seqs: Bench["seqs"] = (filter) => bench().seqs(filter);
  it("gives facts newest first, by any of the filters and by all of them together", async () => {
    expect(await seqs({})).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(await seqs({ types: ["SearchMade", "PurposeGiven"] })).toEqual([9, 5, 4, 3, 2]);
    expect(await seqs({ who: "op-2" })).toEqual([5, 4]);
    expect(await seqs({ who: "OPERATOR" })).toEqual([9, 6, 5, 4, 3, 2, 1]);
    expect(await seqs({ incidentId: "i_2" })).toEqual([6]);
    expect(await seqs({ fromMs: startMs + 3, toMs: startMs + day })).toEqual([6, 5, 4]);
    expect(await seqs({ who: "op-1", types: ["SearchMade"], before: 9 })).toEqual([3]);
    expect(await seqs({ uid: "none" })).toEqual([]);
  });

  it("takes what is looked for as words, never as a pattern or a statement", async () => {
    expect(await seqs({ text: "RED_CAR" })).toEqual([1]);
    expect(await seqs({ text: "100%" })).toEqual([1]);
    expect(await seqs({ text: "r%d" })).toEqual([]);
    expect(await seqs({ text: "' quote; drop" })).toEqual([6]);
    expect(await seqs({ who: "'; drop table facts; --" })).toEqual([]);
    expect(await seqs({})).toHaveLength(9);
  });

  it("goes on from page to page without gap or repeat", async () => {
    const seen: number[] = [];
    let before: number | undefined;
    for (let page = 0; page < 10; page++) {
      const more = before === undefined ? {} : { before };
      const got = await value<{ rows: readonly Fact[]; next: number | undefined }>((done) =>
        bench().store.facts({ limit: 2, ...more }, done),
      );
      seen.push(...got.rows.map((fact) => fact.seq));
      before = got.next;
      if (before === undefined) break;
    }
    expect(seen).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });
}

function asksSearches(bench: () => Bench): void {
  it("gives searches with their purpose and the last review", async () => {
    const ask = (filter: object) =>
      value<{ rows: readonly object[] }>((done) => bench().store.searches({ limit: 10, ...filter }, done));
    const all = await ask({});
    expect(all.rows).toMatchObject([
      { seq: 9, count: 1, by: "Operator 1" },
      { seq: 5, count: 0, by: "Operator 2", purpose: { caseNumber: "26-2" } },
      { seq: 3, count: 4, purpose: { caseNumber: "26-1" }, review: { verdict: "legit", by: "Supervisor" } },
    ]);
    expect((await ask({ reviewed: true })).rows).toMatchObject([{ seq: 3 }]);
    expect((await ask({ reviewed: false, caseNumber: "26-1" })).rows).toMatchObject([{ seq: 9 }]);
    expect((await ask({ who: "op-2" })).rows).toMatchObject([{ seq: 5 }]);
  });

  it("counts by the site's own days", async () => {
    const counts = await value<readonly object[]>((done) => bench().store.counts(startMs, startMs + day + 2, done));
    expect(counts).toEqual([
      { day: "2026-01-01", type: "IncidentNoteAdded", count: 1 },
      { day: "2026-01-01", type: "PurposeGiven", count: 2 },
      { day: "2026-01-01", type: "SearchMade", count: 2 },
      { day: "2026-01-02", type: "IncidentNoteAdded", count: 1 },
      { day: "2026-01-02", type: "SearchReviewed", count: 2 },
    ]);
  });
}
