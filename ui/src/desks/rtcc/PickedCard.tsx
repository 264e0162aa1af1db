import type { AircraftView, IncidentView } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { distanceText, type Units } from "../../parts/index.js";
import type { PickedPlace } from "./regionScene.js";
import type { Acts } from "./useActs.js";

/** A place somebody pointed at: what can be asked or said about it. */
export function PickedCard({
  picked,
  incident,
  aircraft,
  me,
  units,
  acts,
  onDone,
}: {
  readonly picked: PickedPlace;
  readonly incident: IncidentView;
  readonly aircraft: AircraftView | undefined;
  readonly me: string;
  readonly units: Units;
  readonly acts: Acts;
  readonly onDone: () => void;
}): ReactNode {
  const [seen, setSeen] = useState<string>();
  const { incidentId } = incident;
  const { point } = picked;
  const label = picked.label === "" ? "the place picked" : picked.label;
  const look = (): void => {
    if (aircraft === undefined) return;
    if (aircraft.cameraHeldBy === me)
      acts.send("picked", "camera", { uid: aircraft.uid }, { verb: "look", point }, onDone);
    else acts.send("picked", "ask", { incidentId }, { kind: "look", uid: aircraft.uid, point, label }, onDone);
  };
  const say = (): void => {
    if (seen === undefined || seen.trim() === "") return;
    const seenBy = picked.from === "picture" ? (aircraft?.callSign ?? "camera") : "operator";
    acts.send("picked", "observe", { incidentId }, { text: seen.trim(), point, seenBy }, onDone);
  };
  return (
    <section className="picked-card" aria-label="The place you picked">
      <p>
        <b>{picked.label === "" ? "Here" : picked.label}</b> within {distanceText(picked.errorM, units)}, from the{" "}
        {picked.from}
      </p>
      {seen === undefined ? (
        <div className="picked-acts">
          {aircraft !== undefined && (
            <button type="button" className="btn mine" disabled={acts.busy("picked")} onClick={look}>
              {aircraft.cameraHeldBy === me ? `Look there with ${aircraft.callSign}` : `Ask the pilot to look there`}
            </button>
          )}
          <button type="button" className="btn" onClick={() => setSeen("")}>
            Say what is seen here
          </button>
          <button type="button" className="btn quiet" onClick={onDone}>
            Done
          </button>
        </div>
      ) : (
        <form
          className="line-form"
          onSubmit={(e) => {
            e.preventDefault();
            say();
          }}
        >
          <input
            className="field"
            aria-label="What is seen here"
            placeholder="Two casings, north-west corner"
            value={seen}
            maxLength={300}
            onChange={(e) => setSeen(e.target.value)}
          />
          <button type="submit" className="btn mine" disabled={acts.busy("picked") || seen.trim() === ""}>
            Seen here
          </button>
          <button type="button" className="btn quiet" onClick={() => setSeen(undefined)}>
            Back
          </button>
        </form>
      )}
      {acts.problem("picked") !== "" && <p className="amber">{acts.problem("picked")}</p>}
    </section>
  );
}
