import type { DecisionView, RoomViews } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { Key, Octagon, shortSpan, Tick, Triangle, timeOfDay } from "../../parts/index.js";
import { decisionMark, decisionWord } from "./decisions.js";
import {
  type DecisionFilter,
  deciders,
  EVERY_DECISION,
  filterDecisions,
  isDecision,
  KINDS,
  kindCounts,
  reasonOf,
} from "./filters.js";

type View = RoomViews["supervisor"];
const FEW = 60;
const HOUR_MS = 3_600_000;
const SINCE: readonly (readonly [string, number | undefined])[] = [
  ["Any time", undefined],
  ["Last hour", HOUR_MS],
  ["Last 12 h", 12 * HOUR_MS],
  ["Last 24 h", 24 * HOUR_MS],
];

export interface DecisionsProps {
  readonly view: View;
  readonly nowMs: number;
  readonly chosen: DecisionView | undefined;
  readonly onChoose: (seq: number) => void;
  readonly onExport: (format: "json" | "csv") => void;
}

/** Every decision with its reason, and the ways to find one. */
export function Decisions(p: DecisionsProps): ReactNode {
  const [filter, setFilter] = useState<DecisionFilter>(EVERY_DECISION);
  const [sinceI, setSince] = useState(0);
  const [most, setMost] = useState(FEW);
  const spanMs = SINCE[sinceI]?.[1];
  // Whole minutes: a list that is filtered anew each second would move under the reader's hand.
  const sinceMs = spanMs === undefined ? undefined : Math.floor((p.nowMs - spanMs) / 60_000) * 60_000;
  const now = { ...filter, sinceMs };
  const rows = filterDecisions(p.view.decisions, now);
  const total = p.view.decisions.filter(isDecision).length;
  return (
    <section aria-label="Every decision">
      <div className="decisions-head">
        <h2>Every decision</h2>
        <span>{`${rows.length === total ? total : `${rows.length} of ${total}`}, each with its reason`}</span>
        <span className="grow" />
        <button type="button" className="btn quiet" onClick={() => p.onExport("csv")}>
          Export table
        </button>
        <button type="button" className="btn quiet" onClick={() => p.onExport("json")}>
          Export with proof <Key>E</Key>
        </button>
      </div>
      <Filters
        view={p.view}
        filter={now}
        since={sinceI}
        onFilter={(change) => setFilter((f) => ({ ...f, ...change }))}
        onSince={setSince}
      />
      {rows.length === 0 ? (
        <p className="empty">
          {total === 0
            ? "No decision yet. Each proposal will be listed here with who decided, and why."
            : "None fits these filters."}
        </p>
      ) : (
        <Table {...p} rows={rows.slice(0, most)} />
      )}
      {rows.length > most && (
        <button type="button" className="more" onClick={() => setMost((n) => n + FEW)}>
          {`${rows.length - most} earlier`}
        </button>
      )}
    </section>
  );
}

function Table(p: DecisionsProps & { readonly rows: readonly DecisionView[] }): ReactNode {
  return (
    <table>
      <thead>
        <tr>
          {["Time", "Call", "What and where", "Decision", "By", "Took", "Reason"].map((h) => (
            <th key={h} scope="col">
              {h}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {p.rows.map((d) => (
          <Row
            key={d.seq}
            d={d}
            reason={reasonOf(d, p.view.decisions)}
            on={d.seq === p.chosen?.seq}
            onChoose={p.onChoose}
          />
        ))}
      </tbody>
    </table>
  );
}

function Filters(p: {
  readonly view: View;
  readonly filter: DecisionFilter;
  readonly since: number;
  readonly onFilter: (change: Partial<DecisionFilter>) => void;
  readonly onSince: (i: number) => void;
}): ReactNode {
  const counts = kindCounts(p.view.decisions, p.filter);
  return (
    <div className="filters">
      <fieldset className="filter">
        <legend className="sr-only">Which decisions</legend>
        {KINDS.filter((k) => k.id === "all" || k.id === p.filter.kind || counts[k.id] > 0).map((k) => (
          <button
            type="button"
            key={k.id}
            aria-pressed={k.id === p.filter.kind}
            onClick={() => p.onFilter({ kind: k.id })}
          >
            {k.title} <span>{counts[k.id]}</span>
          </button>
        ))}
      </fieldset>
      <div className="filter-more">
        <input
          className="field"
          type="search"
          aria-label="Find in calls, reasons and names"
          placeholder="Find a call, a reason, a name"
          value={p.filter.find}
          onChange={(e) => p.onFilter({ find: e.target.value })}
        />
        <select aria-label="Decided by" value={p.filter.by} onChange={(e) => p.onFilter({ by: e.target.value })}>
          <option value="">Everybody</option>
          {deciders(p.view.decisions).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <select aria-label="Since" value={p.since} onChange={(e) => p.onSince(Number(e.target.value))}>
          {SINCE.map(([title], i) => (
            <option key={title} value={i}>
              {title}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

function Row(p: {
  readonly d: DecisionView;
  readonly reason: string;
  readonly on: boolean;
  readonly onChoose: (seq: number) => void;
}): ReactNode {
  const { d } = p;
  const mark = decisionMark(d.decision);
  return (
    <tr className={p.on ? "on" : ""} onClick={() => p.onChoose(d.seq)}>
      <td>
        <button type="button" aria-pressed={p.on}>
          {timeOfDay(d.tMs)}
        </button>
      </td>
      <td>{d.number}</td>
      <td className="strong">{d.callSign === undefined ? d.title : `${d.callSign}: ${d.title}`}</td>
      <td className="word">
        {mark === "octagon" && <Octagon size={14} />}
        {mark === "triangle" && (
          <span className="amber">
            <Triangle size={14} />
          </span>
        )}{" "}
        {decisionWord(d.decision)}
      </td>
      <td className="short">{d.by}</td>
      <td className="short">{d.secondsToDecide === undefined ? "" : shortSpan(d.secondsToDecide)}</td>
      <td className="why">
        {p.reason}
        {d.review !== undefined && (
          <span className={d.review.verdict === "good" ? "green reviewed" : "amber reviewed"}>
            {d.review.verdict === "good" ? <Tick /> : <Triangle size={14} />}{" "}
            {d.review.verdict === "good" ? "in order" : "asked why"}
          </span>
        )}
      </td>
    </tr>
  );
}
