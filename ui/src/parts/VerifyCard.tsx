import type { ReactNode } from "react";
import { Key, Octagon, Tick, Triangle } from "./Marks.js";

export interface VerifyView {
  readonly hitId: string;
  readonly plate: string;
  readonly doubtfulIndexes: readonly number[];
  readonly list: string;
  readonly checks: readonly {
    readonly name: string;
    readonly look: "pass" | "caution" | "block";
    readonly text: string;
  }[];
  readonly age: string;
  readonly state: "unread" | "same" | "not-same" | "cannot-tell" | "second-needed" | "expired";
  /** The list is older than policy allows: "same" is off. */
  readonly listTooOld: boolean;
  readonly by: string | undefined;
  readonly note: string;
}

export interface VerifyCardProps {
  readonly view: VerifyView;
  /** The picture of the plate as read. */
  readonly crop: ReactNode;
  readonly onVerdict: (verdict: "same" | "not-same" | "cannot-tell") => void;
}

/** A hit is a lead: a person compares picture and list before anything is said to an officer. */
export function VerifyCard({ view, crop, onVerdict }: VerifyCardProps): ReactNode {
  const open = view.state === "unread" || view.state === "second-needed";
  return (
    <section
      className="card verify"
      aria-label="Is this the same plate?"
      onKeyDown={(e) => {
        // Only while the card has focus: elsewhere N means something else.
        if (!open) return;
        if (e.key === "y" && !view.listTooOld) onVerdict("same");
        else if (e.key === "n") onVerdict("not-same");
        else return;
        e.preventDefault();
        e.stopPropagation();
      }}
    >
      <div className="card-head">
        <h2>Is this the same plate?</h2>
        <span>{view.age}</span>
      </div>
      <Plates view={view} crop={crop} />
      <Checks view={view} />
      {open ? (
        <div className="verify-acts">
          <button type="button" className="btn mine" disabled={view.listTooOld} onClick={() => onVerdict("same")}>
            Same vehicle <Key>Y</Key>
          </button>
          <button type="button" className="btn quiet" onClick={() => onVerdict("not-same")}>
            Not the same <Key>N</Key>
          </button>
          <button type="button" className="btn quiet wide" onClick={() => onVerdict("cannot-tell")}>
            Cannot tell
          </button>
        </div>
      ) : (
        <p className={view.state === "same" ? "verify-done green" : "verify-done"}>{verdictWord(view)}</p>
      )}
      <p className="card-note">
        {view.state === "second-needed"
          ? "A second person must say yes."
          : view.listTooOld
            ? "The list is too old to say yes."
            : view.note}
      </p>
    </section>
  );
}

function Plates({ view, crop }: Pick<VerifyCardProps, "view" | "crop">): ReactNode {
  return (
    <div className="verify-plates">
      <div className="verify-crop">{crop}</div>
      <div className="verify-read">
        <span className="plate">
          {[...view.plate].map((letter, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place in the plate is the letter's identity.
            <span key={i} className={view.doubtfulIndexes.includes(i) ? "doubt" : ""}>
              {letter}
            </span>
          ))}
        </span>
        <span className="list">{view.list}</span>
      </div>
    </div>
  );
}

function Checks({ view }: Pick<VerifyCardProps, "view">): ReactNode {
  return (
    <ul className="checks">
      {view.checks.map((c) => (
        <li key={c.name} className={`gate ${c.look}`}>
          <span className="gate-mark">
            {c.look === "pass" ? <Tick /> : c.look === "caution" ? <Triangle size={15} /> : <Octagon size={15} />}
          </span>
          <span className="gate-name">{c.name}</span>
          <span className="gate-text">{c.text}</span>
        </li>
      ))}
    </ul>
  );
}

function verdictWord(view: VerifyView): string {
  const by = view.by === undefined ? "" : `, said ${view.by}`;
  switch (view.state) {
    case "same":
      return `Same vehicle${by}`;
    case "not-same":
      return `Not the same${by}`;
    case "cannot-tell":
      return `Cannot tell${by}`;
    case "expired":
      return "Too old to verify";
    case "unread":
    case "second-needed":
      return "";
  }
}
