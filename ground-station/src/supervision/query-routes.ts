import type { Fact, HttpRequest, Role } from "@outrider/contract";
import type { Reply, Route } from "../kernel/index.js";
import type { QueryDesk } from "./query-desk.js";
import type { Asked, CountRow, FactFilter, Page, QueryStore, SearchFilter, SearchRow } from "./query-store.js";

const readers: readonly Role[] = ["supervisor", "auditor"];
const pageOf = 100;
const mostOfPage = 500;
const dayMs = 86_400_000;
/** Where nobody says since when a report is wanted. */
const reportDays = 30;

type Query = HttpRequest["query"];

const factNames = ["type", "who", "incidentId", "uid", "text", "fromMs", "toMs", "before", "limit"];

/** Whether a request for the record asks for what is in it rather than for a range of sequences. */
export const asksByContent = (query: Query): boolean => factNames.some((name) => query[name] !== undefined);

/** Undefined where it is absent, NaN where it is no number or time. */
function timeOf(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  return /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
}

type Paged = Pick<FactFilter, "who" | "fromMs" | "toMs" | "before" | "limit">;

function paged(query: Query): Paged | undefined {
  const fromMs = timeOf(query["fromMs"]);
  const toMs = timeOf(query["toMs"]);
  const before = query["before"] === undefined ? undefined : Number(query["before"]);
  const limit = query["limit"] === undefined ? pageOf : Number(query["limit"]);
  const who = query["who"];
  const whole = (value: number): boolean => Number.isInteger(value) && value >= 1;
  if (Number.isNaN(fromMs) || Number.isNaN(toMs) || !whole(limit) || (before !== undefined && !whole(before)))
    return undefined;
  return {
    limit: Math.min(limit, mostOfPage),
    ...(who === undefined ? {} : { who: who.slice(0, 80) }),
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
    ...(before === undefined ? {} : { before }),
  };
}

function factFilter(query: Query): FactFilter | undefined {
  const some = paged(query);
  const { type, incidentId, uid, text } = query;
  return (
    some && {
      ...some,
      ...(type === undefined ? {} : { types: type.split(",").slice(0, 20) }),
      ...(incidentId === undefined ? {} : { incidentId }),
      ...(uid === undefined ? {} : { uid }),
      ...(text === undefined ? {} : { text: text.slice(0, 200) }),
    }
  );
}

function searchFilter(query: Query): SearchFilter | undefined {
  const some = paged(query);
  const { caseNumber, reviewed } = query;
  if (reviewed !== undefined && reviewed !== "yes" && reviewed !== "no") return undefined;
  return (
    some && {
      ...some,
      ...(caseNumber === undefined ? {} : { caseNumber }),
      ...(reviewed === undefined ? {} : { reviewed: reviewed === "yes" }),
    }
  );
}

const badFilter = (reply: Reply): void =>
  reply.problem(
    422,
    "Bad filter",
    "fromMs and toMs are times (Unix ms or RFC 3339), before and limit whole numbers from 1, reviewed yes or no.",
  );

/** Opens the cache if need be, asks it, and says so where it cannot answer: nothing else depends on it. */
function answer<T>(
  desk: QueryDesk,
  reply: Reply,
  ask: (store: QueryStore, done: (answered: Asked<T>) => void) => void,
  show: (value: T) => unknown,
): void {
  const failed = (error: Error): void =>
    reply.problem(
      503,
      "No answer",
      `The query failed: ${error.message}.`,
      "Ask again; the record itself is not touched.",
    );
  desk.ask((opened) => {
    if (opened.kind === "error") return failed(opened.error);
    ask(opened.value, (answered) => (answered.kind === "ok" ? reply.ok(show(answered.value)) : failed(answered.error)));
  });
}

/** `GET /records` with a filter: facts newest first, a page at a time. */
export function answerRecords(desk: QueryDesk, query: Query, reply: Reply): void {
  const filter = factFilter(query);
  if (filter === undefined) return badFilter(reply);
  answer<Page<Fact>>(
    desk,
    reply,
    (store, done) => store.facts(filter, done),
    ({ rows, next }) => ({ facts: rows, next }),
  );
}

/** Numbers of a time by day and kind, and their sums. Counts only: no plate and no place. */
export function reportOf(rows: readonly CountRow[]) {
  const totals = new Map<string, number>();
  const days = new Map<string, Record<string, number>>();
  for (const { day, type, count } of rows) {
    totals.set(type, (totals.get(type) ?? 0) + count);
    days.set(day, { ...days.get(day), [type]: count });
  }
  return {
    totals: Object.fromEntries([...totals].sort(([a], [b]) => (a < b ? -1 : 1))),
    days: [...days].map(([day, counts]) => ({ day, counts })),
  };
}

/** What a supervisor or an auditor asks over the whole record, with filters, times and pages. */
export function queryRoutes(desk: QueryDesk, nowMs: () => number): readonly Route[] {
  return [
    {
      kind: "get",
      path: "/searches",
      roles: readers,
      summary:
        "Searches with their purpose and review, newest first (`who`, `caseNumber`, `reviewed` yes or no, `fromMs`, `toMs`, `limit`; `before` goes on where `next` says)",
      handle: ({ request }, reply) => {
        const filter = searchFilter(request.query);
        if (filter === undefined) return badFilter(reply);
        answer<Page<SearchRow>>(
          desk,
          reply,
          (store, done) => store.searches(filter, done),
          ({ rows, next }) => ({ searches: rows, next }),
        );
      },
    },
    {
      kind: "get",
      path: "/reports",
      roles: readers,
      summary: "Facts counted by day and type (`fromMs`, `toMs`; the last 30 days where nothing is said)",
      handle: ({ request }, reply) => {
        const toMs = timeOf(request.query["toMs"]) ?? nowMs();
        const fromMs = timeOf(request.query["fromMs"]) ?? toMs - reportDays * dayMs;
        if (Number.isNaN(toMs) || Number.isNaN(fromMs)) return badFilter(reply);
        answer<readonly CountRow[]>(
          desk,
          reply,
          (store, done) => store.counts(fromMs, toMs, done),
          (rows) => ({ fromMs, toMs, ...reportOf(rows) }),
        );
      },
    },
  ];
}
