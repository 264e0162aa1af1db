import type { AircraftView, IncidentView, RoomViews } from "@outrider/contract";
import { type ReactNode, useState } from "react";
import { distanceText, PrivacyWhy, type Units, usePrivacyWhy } from "../../parts/index.js";
import type { PickedPlace } from "./regionScene.js";
import type { Acts } from "./useActs.js";
import type { Turning } from "./useTurning.js";

/** A place somebody pointed at: what can be asked or said about it. */
export function PickedCard({
  picked,
  incident,
  aircraft,
  me,
  units,
  acts,
  turning,
  shownId,
  privacyZones,
  onDone,
}: {
  readonly picked: PickedPlace;
  readonly incident: IncidentView;
  readonly aircraft: AircraftView | undefined;
  readonly me: string;
  readonly units: Units;
  readonly acts: Acts;
  readonly turning: Turning;
  /** The fixed camera in the large picture: it is offered first. */
  readonly shownId: string | undefined;
  readonly privacyZones: RoomViews["site"]["privacyZones"];
  readonly onDone: () => void;
}): ReactNode {
  const privacy = usePrivacyWhy(picked.point, privacyZones);
  const mine = aircraft?.cameraHeldBy === me;
  const [seen, setSeen] = useState<string>();
  const { incidentId } = incident;
  const { point } = picked;
  const label = picked.label === "" ? "the place picked" : picked.label;
  const look = (): void => {
    if (aircraft === undefined) return;
    if (mine) acts.send("picked", "camera", { uid: aircraft.uid }, { verb: "look", point, ...privacy.body }, onDone);
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
      {mine && seen === undefined && <PrivacyWhy why={privacy.why} onReason={privacy.onReason} />}
      {seen === undefined ? (
        <div className="picked-acts">
          {aircraft !== undefined && (
            <button
              type="button"
              className="btn mine"
              disabled={acts.busy("picked") || (mine && !privacy.ready)}
              onClick={look}
            >
              {mine ? `Look there with ${aircraft.callSign}` : `Ask the pilot to look there`}
            </button>
          )}
          {turnable(incident, shownId).map(({ cameraId, name }) => (
            <button
              type="button"
              className="btn"
              key={cameraId}
              onClick={() => turning.send({ cameraId, name }, { verb: "look", point })}
            >
              {`Turn ${name} here`}
            </button>
          ))}
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
      {turnable(incident, shownId)
        .map(({ cameraId }) => turning.problem(cameraId))
        .filter((words) => words !== "")
        .map((words) => (
          <p className="amber" key={words}>
            {words}
          </p>
        ))}
      {acts.problem("picked") !== "" && <p className="amber">{acts.problem("picked")}</p>}
    </section>
  );
}

const MOST_TURNED = 2;

/** Cameras that can be turned and stand near, the one that is looked through first. */
function turnable(incident: IncidentView, shownId: string | undefined): IncidentView["cameras"] {
  return incident.cameras
    .filter((c) => c.turns === true)
    .sort((a, b) => Number(b.cameraId === shownId) - Number(a.cameraId === shownId) || a.distanceM - b.distanceM)
    .slice(0, MOST_TURNED);
}
