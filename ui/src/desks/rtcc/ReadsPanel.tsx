import type { IncidentView, ReadView } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { problemText, readStation } from "../../live/index.js";
import { AskForReason, agoText, distanceText, timeOfDay, type Units } from "../../parts/index.js";
import { readsAnswer, vehicleWords } from "./readAnswers.js";
import type { Acts } from "./useActs.js";

const OFFENCES = [
  "Shots fired",
  "Robbery",
  "Burglary",
  "Vehicle theft",
  "Hit and run",
  "Assault",
  "Kidnapping",
  "Missing person",
  "Vehicle pursuit",
  "Homicide",
] as const;

export interface ReadsPanelProps {
  readonly incident: IncidentView;
  readonly units: Units;
  readonly nowMs: number;
  readonly acts: Acts;
  readonly onSeek: (read: ReadView) => void;
}

interface Found {
  readonly reads: readonly ReadView[];
  readonly atMs: number;
  readonly withinM: number;
}

/** Plate reads around the place. Each look is a search in the record, so none is made by itself. */
export function ReadsPanel(p: ReadsPanelProps): ReactNode {
  const [asking, setAsking] = useState(false);
  const [found, setFound] = useState<Found>();
  const [problem, setProblem] = useState("");
  const [waiting, setWaiting] = useState(false);
  const { incident, acts } = p;
  const look = (withinM: number): void => {
    setWaiting(true);
    void readStation(`/incidents/${encodeURIComponent(incident.incidentId)}/reads?withinM=${withinM}&minutes=15`).then(
      (answer) => {
        setWaiting(false);
        if (answer.kind === "problem") return setProblem(problemText(answer.problem));
        setProblem("");
        setFound({ reads: readsAnswer(answer.body).reads, atMs: p.nowMs, withinM });
      },
    );
  };
  if (incident.purposeNeeded)
    return asking ? (
      <AskForReason
        title="Why look at plate reads?"
        explain="Your name, the case and these words go into the record before anything is shown. It holds for one hour."
        caseNumber={incident.number}
        offences={OFFENCES}
        problem={acts.problem("purpose")}
        onGive={(purpose) =>
          acts.send("purpose", "givePurpose", { incidentId: incident.incidentId }, purpose, () => setAsking(false))
        }
        onCancel={() => setAsking(false)}
      />
    ) : (
      <>
        <p className="card-note">Plate reads are shown only for a purpose, given once for this incident.</p>
        <button type="button" className="btn" onClick={() => setAsking(true)}>
          Give the purpose
        </button>
      </>
    );
  return (
    <>
      <div className="two">
        <button type="button" className="btn" disabled={waiting} onClick={() => look(400)}>
          Reads within {distanceText(400, p.units)}
        </button>
        <button type="button" className="btn quiet" disabled={waiting} onClick={() => look(1600)}>
          within {distanceText(1600, p.units)}
        </button>
      </div>
      {problem !== "" && <p className="amber">{problem}</p>}
      {found !== undefined && <Reads {...p} found={found} />}
    </>
  );
}

function Reads({ found, nowMs, units, onSeek }: ReadsPanelProps & { readonly found: Found }): ReactNode {
  return (
    <>
      <p className="card-note">
        {found.reads.length === 0
          ? `Nothing was read within ${distanceText(found.withinM, units)} in 15 min.`
          : `${found.reads.length} in 15 min, looked up ${agoText(nowMs - found.atMs)}. A read is a lead, not a fact.`}
      </p>
      <ul className="reads">
        {found.reads.slice(0, 40).map((r) => (
          <li key={r.readId}>
            <button type="button" onClick={() => onSeek(r)} aria-label={`Seek ${r.plate}`}>
              <time>{timeOfDay(r.atMs)}</time>
              <b>{r.plate}</b>
              <span>{vehicleWords(r.vehicle)}</span>
              <span>{`${r.readerName}, ${distanceText(r.distanceM, units)}`}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
