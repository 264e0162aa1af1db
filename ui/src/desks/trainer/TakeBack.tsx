import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { clockSpan } from "../../parts/index.js";
import type { Acts } from "../rtcc/useActs.js";

export interface TakeBackProps {
  readonly runId: string;
  readonly marks: readonly { readonly seq: number; readonly tMs: number; readonly text: string }[];
  readonly fromMs: number;
  readonly acts: Acts;
  /** Why it cannot be done now; empty where it can. */
  readonly off: string;
  readonly onTaken: () => void;
}

/** Back to a mark: which one, then what that means for whoever flies, then the deed. */
export function TakeBack(p: TakeBackProps): ReactNode {
  const [open, setOpen] = useState(false);
  if (open) return <Asked {...p} onClose={() => setOpen(false)} />;
  return (
    <button
      type="button"
      className="btn quiet"
      disabled={p.off !== "" || p.marks.length === 0}
      title={p.off}
      onClick={() => setOpen(true)}
    >
      Take back
    </button>
  );
}

function Asked(p: TakeBackProps & { readonly onClose: () => void }): ReactNode {
  const newest = [...p.marks].reverse();
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => first.current?.focus(), []);
  // The debrief's own Esc leaves it: here it closes this alone.
  const close = (e: KeyboardEvent): void => {
    if (e.key !== "Escape") return;
    e.stopPropagation();
    p.onClose();
  };
  const [seq, choose] = useState<number>();
  const mark = p.marks.find((m) => m.seq === seq) ?? newest[0];
  const take = (): void => {
    if (mark === undefined) return;
    p.acts.send("rewind", "rewindRun", { runId: p.runId }, { markSeq: mark.seq }, () => {
      p.onClose();
      p.onTaken();
    });
  };
  return (
    <div className="take-back" role="dialog" aria-label="Take the run back to a mark" onKeyDown={close}>
      <h3>Take the run back</h3>
      <label>
        To
        <select ref={first} value={mark?.seq} onChange={(e) => choose(Number(e.target.value))}>
          {newest.map((m) => (
            <option key={m.seq} value={m.seq}>
              {`${clockSpan((m.tMs - p.fromMs) / 1000)} ${m.text}`}
            </option>
          ))}
        </select>
      </label>
      <p>{WHAT_IT_MEANS}</p>
      <div>
        <button
          type="button"
          className="btn mine"
          disabled={mark === undefined || p.acts.busy("rewind")}
          onClick={take}
        >
          Take it back
        </button>
        <button type="button" className="btn quiet" onClick={p.onClose}>
          Leave it
        </button>
      </div>
      {p.acts.problem("rewind") !== "" && (
        <p className="amber" role="alert">
          {p.acts.problem("rewind")}
        </p>
      )}
    </div>
  );
}

const WHAT_IT_MEANS =
  "The same night is lived again up to there, fast, and then stands paused. Aircraft are carried home. Where somebody had decided on a launch before the mark, it begins at that card: nobody’s decision is made again for him. What you did after that waits on the timeline. This run stays in the record.";
