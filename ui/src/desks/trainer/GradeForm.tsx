import type { DebriefTrainee } from "@outrider/contract";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Acts } from "../rtcc/useActs.js";

export interface GradeFormProps {
  readonly runId: string;
  readonly trainee: DebriefTrainee;
  readonly acts: Acts;
  readonly onGraded: () => void;
}

/** The trainer's own word on one trainee: it stands above what was computed, with his name on it. */
export function GradeForm(p: GradeFormProps): ReactNode {
  const [open, setOpen] = useState(false);
  if (open) return <Word {...p} onClose={() => setOpen(false)} />;
  return (
    <button type="button" className="btn quiet" onClick={() => setOpen(true)}>
      {p.trainee.grade === undefined ? `Your word on ${p.trainee.name}` : "Change your word"}
    </button>
  );
}

function Word({
  runId,
  trainee,
  acts,
  onGraded,
  onClose,
}: GradeFormProps & { readonly onClose: () => void }): ReactNode {
  const [passed, setPassed] = useState<boolean>();
  const [points, setPoints] = useState("");
  const [text, setText] = useState("");
  const key = `grade:${trainee.personId}`;
  const given = points.trim() === "" ? undefined : Number(points);
  const bad = given !== undefined && !(given >= 0 && given <= 100);
  const whole = passed !== undefined && !bad && text.trim() !== "";
  const submit = (e: FormEvent): void => {
    e.preventDefault();
    if (!whole || passed === undefined) return;
    const body = { personId: trainee.personId, passed, text: text.trim() };
    acts.send(key, "gradeRun", { runId }, given === undefined ? body : { ...body, points: given }, () => {
      onClose();
      onGraded();
    });
  };
  const problem = bad ? "Points are a number from 0 to 100." : acts.problem(key);
  return (
    <form className="grade" onSubmit={submit}>
      <PassedOrNot name={trainee.name} passed={passed} onPassed={setPassed} points={points} onPoints={setPoints} />
      <textarea
        className="field"
        aria-label="What you say of it"
        placeholder="What was good, what to do again"
        rows={2}
        maxLength={1000}
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
      <div className="grade-end">
        <button type="submit" className="btn mine" disabled={!whole || acts.busy(key)}>
          Into the record
        </button>
        <button type="button" className="btn quiet" onClick={onClose}>
          Not now
        </button>
      </div>
      {problem !== "" && (
        <p className="amber" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

function PassedOrNot(p: {
  readonly name: string;
  readonly passed: boolean | undefined;
  readonly onPassed: (passed: boolean) => void;
  readonly points: string;
  readonly onPoints: (points: string) => void;
}): ReactNode {
  return (
    <fieldset className="debrief-which">
      <legend className="sr-only">{`Whether ${p.name} passed`}</legend>
      <button type="button" aria-pressed={p.passed === true} onClick={() => p.onPassed(true)}>
        Passed
      </button>
      <button type="button" aria-pressed={p.passed === false} onClick={() => p.onPassed(false)}>
        Not passed
      </button>
      <input
        className="field"
        inputMode="numeric"
        aria-label="Points of 100"
        placeholder="points"
        value={p.points}
        onChange={(e) => p.onPoints(e.target.value)}
      />
    </fieldset>
  );
}
