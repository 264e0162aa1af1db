import type { DecisionView, RoomViews } from "@outrider/contract";
import type { ReactNode } from "react";
import { useRead } from "../../live/index.js";
import {
  GateRow,
  gateOrder,
  gateText,
  Notice,
  shortSpan,
  Tick,
  timeOfDay,
  type Units,
  wordedText,
} from "../../parts/index.js";
import { decisionWord, gatesOf, type ProvenFact, proofRows, provenFacts, shortHash } from "./decisions.js";
import { reasonOf } from "./filters.js";

/** Facts looked through before and after a decision for its proposal and gates. */
const BEFORE = 400;
const AFTER = 20;

/** One decision: its reason, the gates as they stood, and its place in the record. */
export function DecisionCard({
  decision,
  view: { decisions: all, record },
  units,
  children,
}: {
  readonly decision: DecisionView;
  readonly view: Pick<RoomViews["supervisor"], "decisions" | "record">;
  readonly units: Units;
  /** Review acts on it. */
  readonly children: ReactNode;
}): ReactNode {
  const from = Math.max(1, decision.seq - BEFORE);
  const read = useRead(`/records?from=${from}&to=${decision.seq + AFTER}`);
  const facts = provenFacts(read.body);
  const gates = [...gatesOf(facts, decision.launchId)].map((g) => ({
    id: g.gate,
    name: g.name,
    text: wordedText(g, units),
    short: gateText(g, units),
    look: g.state,
    doThis: undefined,
    settledBy: g.settledBy,
  }));
  const order = gateOrder(gates);
  const reason = reasonOf(decision, all);
  return (
    <section className="decision" aria-label="The decision you chose">
      <p className="decision-when" title={decision.launchId}>
        {`${timeOfDay(decision.tMs)}, call ${decision.number}, fact ${decision.seq.toLocaleString("en-US")}`}
      </p>
      <h2>{`${decisionWord(decision.decision)}: ${decision.title}`}</h2>
      <p className="decision-why">{reason === "" ? "No reason was given." : reason}</p>
      <dl>
        {decision.callSign !== undefined && (
          <>
            <dt>Aircraft</dt>
            <dd>{decision.callSign}</dd>
          </>
        )}
        <dt>By</dt>
        <dd>{decision.by}</dd>
        <dt>Time to decide</dt>
        <dd>{decision.secondsToDecide === undefined ? "nobody decided" : shortSpan(decision.secondsToDecide)}</dd>
      </dl>
      {children}
      {gates.length > 0 && (
        <div className="decision-part">
          <h3>Gates as they stood</h3>
          <ul>
            {order.rows.map((g) => (
              <GateRow key={g.id} gate={g} brief />
            ))}
          </ul>
          {order.plain.length > 0 && <p className="card-note">{`Passed: ${order.plain.join(", ")}`}</p>}
          {order.off.length > 0 && <p className="card-note">{`Not configured: ${order.off.join(", ")}`}</p>}
        </div>
      )}
      <Proof
        rows={proofRows(facts, decision)}
        decision={decision}
        record={record}
        waiting={read.waiting}
        problem={read.problem?.title}
        again={read.again}
      />
    </section>
  );
}

function Proof(p: {
  readonly rows: readonly ProvenFact[];
  readonly decision: DecisionView;
  readonly record: RoomViews["supervisor"]["record"];
  readonly waiting: boolean;
  readonly problem: string | undefined;
  readonly again: () => void;
}): ReactNode {
  const whole = p.rows.some((r) => r.fact.seq === p.decision.seq);
  return (
    <div className="decision-part">
      <div className="proof-head">
        <h3>Proof</h3>
        {whole && (
          <span className="green">
            <Tick /> in the record
          </span>
        )}
      </div>
      {p.problem !== undefined && (
        <Notice
          title="The proof did not come"
          text={`${p.problem}. The decision above is from the live view.`}
          tone="caution"
          action={
            <button type="button" className="more" onClick={p.again}>
              Ask again
            </button>
          }
        />
      )}
      {p.waiting && p.rows.length === 0 && <p className="empty">Reading the record. Usual: under 1 s.</p>}
      {!p.waiting && p.problem === undefined && !whole && (
        <p className="amber">
          Fact {p.decision.seq.toLocaleString("en-US")} was not found where it should be. Verify the record.
        </p>
      )}
      <ol className="proof">
        {p.rows.map((r) => (
          <li key={r.fact.seq} className={r.fact.seq === p.decision.seq ? "on" : ""} title={r.hash}>
            <i />
            <span>{shortHash(r.hash)}</span>
            <span>{`${r.fact.seq.toLocaleString("en-US")} ${r.fact.type}`}</span>
          </li>
        ))}
      </ol>
      <p className="card-note">
        {`Head of the record: ${p.record.seq.toLocaleString("en-US")}, ${shortHash(p.record.headHash)}. Each hash covers the fact and the hash before it.`}
      </p>
    </div>
  );
}
