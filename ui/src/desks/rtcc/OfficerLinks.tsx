import type { IncidentView } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { shortSpan } from "../../parts/index.js";
import { linkAnswer } from "./readAnswers.js";
import type { Acts } from "./useActs.js";

/** Makes a link for one unit's phone. Its address is shown once, to be sent; the station keeps only its hash. */
export function OfficerLinks({
  incident,
  nowMs,
  acts,
}: {
  readonly incident: IncidentView;
  readonly nowMs: number;
  readonly acts: Acts;
}): ReactNode {
  const [unit, setUnit] = useState("");
  const [made, setMade] = useState<{ readonly unit: string; readonly url: string; readonly copied: boolean }>();
  const make = (): void => {
    const name = unit.trim().toUpperCase();
    if (name === "") return;
    acts.send("link", "makeOfficerLink", { incidentId: incident.incidentId }, { unit: name }, (body) => {
      const answer = linkAnswer(body, location.origin);
      if (answer !== undefined) setMade({ unit: name, url: answer.url, copied: false });
      setUnit("");
    });
  };
  return (
    <>
      <form
        className="line-form"
        onSubmit={(e) => {
          e.preventDefault();
          make();
        }}
      >
        <input
          className="field"
          aria-label="Unit for the link, for example 3A21"
          placeholder="Unit, for example 3A21"
          value={unit}
          maxLength={20}
          onChange={(e) => setUnit(e.target.value)}
        />
        <button type="submit" className="btn" disabled={acts.busy("link") || unit.trim() === ""}>
          Make a link
        </button>
      </form>
      {acts.problem("link") !== "" && <p className="amber">{acts.problem("link")}</p>}
      {made !== undefined && (
        <div className="link-made">
          <p>For {made.unit}, shown this once. Whoever opens it first has it.</p>
          <input
            className="field"
            readOnly
            aria-label={`Link for ${made.unit}`}
            value={made.url}
            onFocus={(e) => e.target.select()}
          />
          <button
            type="button"
            className="btn mine"
            onClick={() => {
              // Without a secure context there is no clipboard: the field above can be copied by hand.
              void navigator.clipboard?.writeText(made.url).then(() => setMade({ ...made, copied: true }));
            }}
          >
            {made.copied ? "Copied" : "Copy the link"}
          </button>
        </div>
      )}
      <ul className="links">
        {incident.officerLinks.map((l) => (
          <li key={l.linkId}>
            <b>{l.unit}</b>
            <span className={l.opened ? "green" : ""}>{l.opened ? "opened" : "not opened yet"}</span>
            <span>{l.untilMs > nowMs ? `ends in ${shortSpan((l.untilMs - nowMs) / 1000)}` : "ended"}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
