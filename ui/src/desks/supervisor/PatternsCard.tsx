import type { RoomViews } from "@outrider/contract";
import type { ReactNode } from "react";
import { timeOfDay } from "../../parts/index.js";
import { patternWords } from "./decisions.js";

const SHOWN = 6;

/** One plate sought by one person again and again: for a supervisor alone, and a question, not a finding. */
export function PatternsCard({
  patterns,
}: {
  readonly patterns: NonNullable<RoomViews["supervisor"]["patterns"]>;
}): ReactNode {
  if (patterns.length === 0) return null;
  return (
    <section className="searches patterns" aria-label="Searched again and again">
      <div className="proof-head">
        <h3>Searched again and again</h3>
        <span>{patterns.length === 1 ? "1 pattern" : `${patterns.length} patterns`}</span>
      </div>
      <ul>
        {patterns.slice(0, SHOWN).map((p) => (
          <li key={p.seq}>
            <b>{p.name}</b>
            <span>{timeOfDay(p.tMs).slice(0, 5)}</span>
            <span>{patternWords(p)}</span>
          </li>
        ))}
      </ul>
      {patterns.length > SHOWN && <p className="card-note">{`and ${patterns.length - SHOWN} older, in the record`}</p>}
      <p className="card-note">
        It may be good work on one case. Ask before you judge; the plate stands in the record only.
      </p>
    </section>
  );
}
