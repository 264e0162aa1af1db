import { type FormEvent, type ReactNode, type RefObject, useState } from "react";
import { Key, listText, useHotkeys } from "../../parts/index.js";
import type { Trainer } from "./useTrainer.js";

/** Marks, notes, a replay of what was so far, and the end. A run ends only when nothing of it still flies. */
export function EndOfRun(p: {
  readonly t: Trainer;
  readonly flying: readonly string[];
  readonly note: RefObject<HTMLInputElement | null>;
}): ReactNode {
  const { t, flying, note } = p;
  const [text, setText] = useState("");
  useHotkeys({ "/": () => note.current?.focus() });
  const problem = t.acts.problem("end") || t.acts.problem("mark") || t.acts.problem("pause") || t.acts.problem("rate");
  const submit = (e: FormEvent): void => {
    e.preventDefault();
    if (text.trim() === "") return;
    t.note(text.trim().slice(0, 200));
    setText("");
    note.current?.blur();
  };
  return (
    <div className="trainer-end">
      <form className="line-form" onSubmit={submit}>
        <input
          ref={note}
          className="field"
          aria-label="Note into the run"
          placeholder="Note into the run ( / )"
          maxLength={200}
          disabled={!t.running}
          value={text}
          onChange={(e) => setText(e.target.value)}
        />
      </form>
      <button type="button" className="btn quiet" disabled={!t.running} onClick={t.mark}>
        Mark this <Key>M</Key>
      </button>
      <button type="button" className="btn quiet" disabled={!t.running} onClick={t.soFar}>
        Replay so far
      </button>
      <button
        type="button"
        className="btn quiet wide"
        disabled={!t.running || flying.length > 0 || t.acts.busy("end")}
        onClick={t.end}
      >
        End and debrief
      </button>
      {t.running && flying.length > 0 && (
        <p className="card-note">{`${listText(flying)} in the air: a run ends when every aircraft is home.`}</p>
      )}
      {problem !== "" && (
        <p className="amber" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
