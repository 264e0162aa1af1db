import type { DecisionView, SearchView } from "@outrider/contract";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Key, Tick, Triangle, timeOfDay } from "../../parts/index.js";
import type { Acts } from "../rtcc/useActs.js";

/** What a supervisor looks at: a decision, or somebody's search. */
export type Subject =
  | { readonly kind: "decision"; readonly of: DecisionView }
  | { readonly kind: "search"; readonly of: SearchView };

export const subjectKey = (s: Subject): string => `${s.kind}:${s.of.seq}`;

/** In order, with the supervisor's name on it. */
export function sayInOrder(acts: Acts, s: Subject): void {
  const params = { seq: String(s.of.seq) };
  if (s.kind === "decision") acts.send(subjectKey(s), "reviewDecision", params, { verdict: "good", text: "" });
  else acts.send(subjectKey(s), "reviewSearch", params, { verdict: "legit", text: "" });
}

/** A question to whoever did it: kept in the record beside the act. */
export function askWhy(acts: Acts, s: Subject, text: string, done: () => void): void {
  const params = { seq: String(s.of.seq) };
  if (s.kind === "decision") acts.send(subjectKey(s), "reviewDecision", params, { verdict: "follow-up", text }, done);
  else acts.send(subjectKey(s), "reviewSearch", params, { verdict: "ask-more", text }, done);
}

export interface ReviewProps {
  readonly subject: Subject;
  readonly acts: Acts;
  readonly mayReview: boolean;
  readonly asking: boolean;
  readonly onAsking: (asking: boolean) => void;
}

/** Two acts on what is chosen, and what was said of it last. */
export function Review(p: ReviewProps): ReactNode {
  const { subject, acts } = p;
  const { review } = subject.of;
  const fine = review?.verdict === "good" || review?.verdict === "legit";
  const problem = acts.problem(subjectKey(subject));
  return (
    <div className="review">
      {review !== undefined && (
        <p className={fine ? "green" : "amber"}>
          {fine ? <Tick /> : <Triangle size={14} />}{" "}
          {`${fine ? "In order" : `Asked why: ${review.text}`}, ${review.by}, ${timeOfDay(review.tMs)}`}
        </p>
      )}
      {!p.mayReview ? (
        <p className="card-note">An auditor reads. Reviews are a supervisor’s.</p>
      ) : p.asking ? (
        <AskForm key={subjectKey(subject)} {...p} />
      ) : (
        <div className="review-acts">
          <button type="button" className="btn" onClick={() => p.onAsking(true)}>
            Ask why <Key>W</Key>
          </button>
          <button
            type="button"
            className="btn quiet"
            disabled={acts.busy(subjectKey(subject))}
            onClick={() => sayInOrder(acts, subject)}
          >
            In order <Key>Y</Key>
          </button>
        </div>
      )}
      {problem !== "" && (
        <p className="amber" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function AskForm({ subject, acts, onAsking }: ReviewProps): ReactNode {
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = (e: FormEvent): void => {
    e.preventDefault();
    if (text.trim() !== "") askWhy(acts, subject, text.trim(), () => onAsking(false));
  };
  return (
    <form className="review-form" onSubmit={submit}>
      <label>
        {`What do you ask ${subject.of.by}?`}
        <textarea
          ref={field}
          className="field"
          rows={2}
          maxLength={400}
          value={text}
          onChange={(e) => setText(e.target.value)}
        />
      </label>
      <div className="review-acts">
        <button type="submit" className="btn" disabled={text.trim() === "" || acts.busy(subjectKey(subject))}>
          Ask
        </button>
        <button type="button" className="btn quiet" onClick={() => onAsking(false)}>
          Leave it
        </button>
      </div>
    </form>
  );
}
