import type { RoomViews, SearchView } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { timeOfDay } from "../../parts/index.js";
import { dayOf, drawByLot } from "./lot.js";

export const DRAWN = 5;

/** Searches to look at: drawn by lot for the day, so that nobody picks whom to look at. */
export function SearchesCard({
  searches,
  nowMs,
  chosen,
  onChoose,
  review,
}: {
  readonly searches: RoomViews["supervisor"]["searches"];
  readonly nowMs: number;
  readonly chosen: SearchView | undefined;
  readonly onChoose: (search: SearchView) => void;
  /** Review acts on the chosen one. */
  readonly review: ReactNode;
}): ReactNode {
  const [all, setAll] = useState(false);
  const drawn = all ? searches : drawByLot(searches, DRAWN, dayOf(nowMs));
  return (
    <section className="searches" aria-label="Searches to look at">
      <div className="proof-head">
        <h3>Searches to look at</h3>
        <span>
          {searches.length === 0
            ? ""
            : all
              ? `all ${searches.length}`
              : `${drawn.length} picked by lot of ${searches.length}`}
        </span>
      </div>
      {searches.length === 0 && (
        <p className="empty">Nobody has looked at plate reads yet. Each look will be listed with its purpose.</p>
      )}
      <ul className={all ? "all" : ""}>
        {drawn.map((s) => (
          <li key={s.seq}>
            <button
              type="button"
              aria-pressed={s.seq === chosen?.seq}
              className={s.seq === chosen?.seq ? "on" : ""}
              onClick={() => onChoose(s)}
            >
              <b>{`Case ${s.caseNumber}`}</b>
              <span>{`${s.by}, ${timeOfDay(s.tMs).slice(0, 5)}`}</span>
              <span className={s.caseNumber === "" ? "amber" : ""}>
                {s.caseNumber === ""
                  ? "No purpose was given"
                  : [s.offence, s.text, `${s.count} shown`].filter((t) => t !== "").join(", ")}
              </span>
              {s.review !== undefined && (
                <span className={s.review.verdict === "legit" ? "green" : "amber"}>
                  {s.review.verdict === "legit" ? "in order" : "asked why"}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {searches.length > DRAWN && (
        <button type="button" className="more" onClick={() => setAll((a) => !a)}>
          {all ? "Only those drawn by lot" : "Show all"}
        </button>
      )}
      {chosen !== undefined && (
        <>
          <p className="card-note">{`Fact ${chosen.seq.toLocaleString("en-US")} by ${chosen.by}`}</p>
          {review}
        </>
      )}
    </section>
  );
}
