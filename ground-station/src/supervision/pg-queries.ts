import { type Fact, parseFact } from "@outrider/contract";
import { z } from "zod";
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

/** One PostgreSQL, wherever it runs: in a worker of this process or on a machine of its own. */
export type Sql = {
  query(text: string, params: readonly unknown[], done: (answer: Asked<readonly unknown[]>) => void): void;
  close(): void;
};

/** PostgreSQL holds no NUL in a text; a fact that has one says the same without it. */
const plain = (value: unknown): string => JSON.stringify(value).replaceAll("\\u0000", "");

const like = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (one) => `\\${one}`)}%`;

class Where {
  readonly params: unknown[] = [];
  readonly #terms: string[] = [];

  /** `?` stands for the value, which never becomes part of the statement. */
  add(term: string, value: unknown): void {
    if (value === undefined) return;
    this.params.push(value);
    this.#terms.push(term.replaceAll("?", `$${this.params.length}`));
  }

  say(term: string): void {
    this.#terms.push(term);
  }

  text(): string {
    return this.#terms.length === 0 ? "" : `where ${this.#terms.join(" and ")}`;
  }
}

function narrow(where: Where, filter: Pick<FactFilter, "who" | "fromMs" | "toMs" | "before">): void {
  where.add("f.t_ms >= ?", filter.fromMs);
  where.add("f.t_ms <= ?", filter.toMs);
  where.add("f.seq < ?", filter.before);
  if (filter.who !== undefined) {
    where.params.push(filter.who.toLowerCase(), like(filter.who));
    const at = where.params.length;
    where.say(`(lower(f.who_id) = $${at - 1} or f.who ilike $${at})`);
  }
}

const factRow = z.object({ fact: z.string() });
const countRow = z.object({ day: z.string(), type: z.string(), count: z.coerce.number() });
const searchRow = z.object({
  seq: z.coerce.number(),
  t_ms: z.number(),
  who: z.string(),
  what: z.string(),
  count: z.coerce.number(),
  purpose: z.unknown(),
  verdict: z.enum(["legit", "ask-more"]).nullable(),
  review_text: z.string().nullable(),
  review_by: z.string().nullable(),
});

/** Questions in SQL, the same for PGlite and a PostgreSQL server. */
export class PgQueries implements QueryStore {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  add(rows: readonly StoredFact[], done: (error?: Error) => void): void {
    const json = plain(
      rows.map(({ fact, day, whoId, who, incidentId, uid }) => ({
        seq: fact.seq,
        t_ms: fact.tMs,
        day,
        type: fact.type,
        who_id: whoId,
        who,
        incident_id: incidentId,
        uid,
        data: fact.data,
        fact: plain(fact),
      })),
    );
    const text = `insert into facts
      select * from jsonb_to_recordset($1::jsonb) as r(seq bigint, t_ms double precision, day text, type text,
        who_id text, who text, incident_id text, uid text, data jsonb, fact text)
      on conflict (seq) do nothing`;
    this.#sql.query(text, [json], (answer) => done(answer.kind === "error" ? answer.error : undefined));
  }

  facts(filter: FactFilter, done: (answer: Asked<Page<Fact>>) => void): void {
    const where = new Where();
    narrow(where, filter);
    where.add("f.type = any(?)", filter.types === undefined ? undefined : [...filter.types]);
    where.add("f.incident_id = ?", filter.incidentId);
    where.add("f.uid = ?", filter.uid);
    where.add("f.fact ilike ?", filter.text === undefined ? undefined : like(filter.text));
    const text = `select f.fact from facts f ${where.text()} order by f.seq desc limit ${filter.limit + 1}`;
    this.#rows(text, where.params, factRow, done, (rows) => {
      const facts = rows.flatMap((row) => {
        const parsed = parseFact(JSON.parse(row.fact));
        return parsed.kind === "ok" ? [parsed.fact] : [];
      });
      return cut(facts, filter.limit, (fact) => fact.seq);
    });
  }

  searches(filter: SearchFilter, done: (answer: Asked<Page<SearchRow>>) => void): void {
    const where = new Where();
    where.say("f.type = 'SearchMade'");
    narrow(where, filter);
    where.add("p.data->>'caseNumber' = ?", filter.caseNumber);
    if (filter.reviewed !== undefined) where.say(filter.reviewed ? "r.seq is not null" : "r.seq is null");
    const text = `select f.seq, f.t_ms, f.who, f.data->>'what' as what, f.data->>'count' as count, p.data as purpose,
        r.data->>'verdict' as verdict, r.data->>'text' as review_text, r.who as review_by
      from facts f
      left join lateral (select q.data from facts q where q.type = 'PurposeGiven'
        and q.data->>'purposeId' = f.data->>'purposeId' order by q.seq desc limit 1) p on true
      left join lateral (select q.seq, q.data, q.who from facts q where q.type = 'SearchReviewed'
        and q.data->>'seq' = f.seq::text order by q.seq desc limit 1) r on true
      ${where.text()} order by f.seq desc limit ${filter.limit + 1}`;
    this.#rows(text, where.params, searchRow, done, (rows) => cut(rows.map(searchOf), filter.limit, (row) => row.seq));
  }

  counts(fromMs: number, toMs: number, done: (answer: Asked<readonly CountRow[]>) => void): void {
    const text = `select day, type, count(*) as count from facts where t_ms between $1 and $2
      group by day, type order by day collate "C", type collate "C"`;
    this.#rows(text, [fromMs, toMs], countRow, done, (rows) => rows);
  }

  #rows<R, T>(
    text: string,
    params: readonly unknown[],
    schema: z.ZodType<R>,
    done: (answer: Asked<T>) => void,
    show: (rows: readonly R[]) => T,
  ): void {
    this.#sql.query(text, params, (answer) => {
      if (answer.kind === "error") return done(answer);
      const read = z.array(schema).safeParse(answer.value);
      if (!read.success) return done({ kind: "error", error: new Error("the database answered in another form") });
      done({ kind: "ok", value: show(read.data) });
    });
  }

  close(): void {
    this.#sql.close();
  }
}

/** One row more than the page was asked for: where it is there, another page follows. */
function cut<T>(rows: readonly T[], limit: number, seqOf: (row: T) => number): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? seqOf(last) : undefined };
}

function searchOf(row: z.infer<typeof searchRow>): SearchRow {
  const { verdict, review_text: text, review_by: by } = row;
  return {
    seq: row.seq,
    tMs: row.t_ms,
    by: row.who,
    what: row.what,
    count: row.count,
    // Written by add from a fact of this very type.
    purpose: (row.purpose ?? undefined) as SearchRow["purpose"],
    review: verdict === null ? undefined : { verdict, text: text ?? "", by: by ?? "" },
  };
}
