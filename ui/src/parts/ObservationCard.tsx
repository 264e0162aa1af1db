import type { ReactNode } from "react";
import { Key } from "./Marks.js";

export interface ObservationView {
  readonly id: string;
  readonly sentence: string;
  readonly source: string;
  readonly unitsText: string;
  readonly units: readonly {
    readonly unit: string;
    readonly text: string;
    readonly state: "sent" | "delivered" | "read" | "unread";
    readonly age: string;
  }[];
  readonly state: "draft" | "sent" | "withdrawn";
  readonly withdrawnWhy: string;
  /** Why it cannot be sent as it is; empty when it can. */
  readonly blocked: string;
}

export interface ObservationCardProps {
  readonly view: ObservationView;
  readonly onSend: () => void;
  readonly onWithdraw?: () => void;
  /** The editable sentence, while a draft. */
  readonly editor?: ReactNode;
}

/** What officers are told: one sentence fit for the radio, who confirmed it, who has read it. */
export function ObservationCard({ view, onSend, onWithdraw, editor }: ObservationCardProps): ReactNode {
  return (
    <section className="card observation" aria-label="Tell the officers">
      <div className="card-head">
        <h2>Tell the officers</h2>
        <span>{view.unitsText}</span>
      </div>
      <div className="observation-text">
        {view.state === "withdrawn" ? <s>{view.sentence}</s> : (editor ?? view.sentence)}
      </div>
      <p className="card-note">{view.state === "withdrawn" ? `Withdrawn: ${view.withdrawnWhy}` : view.source}</p>
      {view.state === "draft" && (
        <button type="button" className="btn mine tall" disabled={view.blocked !== ""} onClick={onSend}>
          Send to {view.units.map((u) => u.unit).join(" and ") || "nobody yet"} <Key>Enter</Key>
        </button>
      )}
      {view.blocked !== "" && <p className="amber">{view.blocked}</p>}
      {view.state === "sent" && onWithdraw !== undefined && (
        <button type="button" className="btn quiet" onClick={onWithdraw}>
          Withdraw
        </button>
      )}
      {view.units.length > 0 && view.state !== "draft" && (
        <ul className="observation-units">
          {view.units.map((u) => (
            <li key={u.unit}>
              <span>{u.unit}</span>
              <span>{u.text}</span>
              <span className={u.state === "read" ? "green" : u.state === "unread" ? "amber" : ""}>
                {u.state === "unread" ? `not read ${u.age}: call ${u.unit} by radio` : `${u.state} ${u.age}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
