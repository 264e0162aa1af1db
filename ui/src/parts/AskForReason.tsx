import { type ReactNode, useState } from "react";

export interface Purpose {
  readonly caseNumber: string;
  readonly offence: string;
  readonly text: string;
}

export interface AskForReasonProps {
  readonly title: string;
  /** What will be shown and to whom it is reported. */
  readonly explain: string;
  readonly caseNumber: string;
  readonly offences: readonly string[];
  /** Why the server refused the last one; empty at first. */
  readonly problem: string;
  readonly onGive: (purpose: Purpose) => void;
  readonly onCancel: () => void;
}

const VAGUE =
  /^(investigation|police|law enforcement|lookup|look up|search|check|test|case|asdf|n\/?a|none|[.\-x\s]*)$/i;

/** Vague words are refused here at once and again by the server, which is the one that counts. */
export function purposeProblem(p: Purpose): string {
  if (p.caseNumber.trim().length < 4) return "Give the incident or case number.";
  if (p.offence.trim() === "") return "Choose the offence.";
  if (p.text.trim().length < 8 || VAGUE.test(p.text.trim())) return "Say what you look for and why, in a few words.";
  return "";
}

/** No look at reads without a structured reason: who, which case, which offence, why. */
export function AskForReason(props: AskForReasonProps): ReactNode {
  const [purpose, setPurpose] = useState<Purpose>({ caseNumber: props.caseNumber, offence: "", text: "" });
  const [tried, setTried] = useState(false);
  const problem = purposeProblem(purpose);
  const shown = tried && problem !== "" ? problem : props.problem;
  return (
    <form
      className="card reason"
      aria-label={props.title}
      onSubmit={(e) => {
        e.preventDefault();
        setTried(true);
        if (problem === "") props.onGive(purpose);
      }}
    >
      <div className="card-head">
        <h2>{props.title}</h2>
      </div>
      <p className="card-note">{props.explain}</p>
      <label>
        Case or incident number
        <input value={purpose.caseNumber} onChange={(e) => setPurpose({ ...purpose, caseNumber: e.target.value })} />
      </label>
      <label>
        Offence
        <select value={purpose.offence} onChange={(e) => setPurpose({ ...purpose, offence: e.target.value })}>
          <option value="">Choose</option>
          {props.offences.map((o) => (
            <option key={o}>{o}</option>
          ))}
        </select>
      </label>
      <label>
        What you look for and why
        <textarea rows={2} value={purpose.text} onChange={(e) => setPurpose({ ...purpose, text: e.target.value })} />
      </label>
      {shown !== "" && (
        <p className="amber" role="alert">
          {shown}
        </p>
      )}
      <div className="two">
        <button type="submit" className="btn mine">
          Look, on the record
        </button>
        <button type="button" className="btn quiet" onClick={props.onCancel}>
          Do not look
        </button>
      </div>
    </form>
  );
}
