import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { distanceText, Key, Triangle, type Units } from "../../parts/index.js";
import type { CityModel } from "../../world/index.js";
import { cornersFor, DOUBTS, type Placeless } from "./placing.js";
import type { Placing, PlacingDeeds } from "./usePlacing.js";
import "./placing.css";

export interface PlaceFormProps {
  readonly of: Placeless;
  readonly placing: PlacingDeeds;
  readonly mayPlace: boolean;
  readonly units: Units;
  readonly city: CityModel | undefined;
  /** Shows the corner that was chosen. */
  readonly onLook: (at: { readonly latDeg: number; readonly lonDeg: number }) => void;
  /** Called before the map takes clicks for this. */
  readonly onStart: () => void;
}

/** A call with an address and no position: said as such, and put on the map by a person. */
export function PlaceForm(p: PlaceFormProps): ReactNode {
  const { of, placing, mayPlace } = p;
  const mine = placing.now?.incidentId === of.incidentId ? placing.now : undefined;
  return (
    <section className="place-form" aria-label={`Needs a place: ${of.needsPlace}`}>
      <p className="place-needs">
        <Triangle size={15} /> Needs a place: <b>{of.needsPlace}</b>
      </p>
      {mine === undefined ? (
        <>
          <p className="place-why">An address only. No aircraft is proposed until it is on the map.</p>
          {mayPlace && (
            <button
              type="button"
              className="btn mine"
              onClick={() => {
                p.onStart();
                placing.start(of.incidentId);
              }}
            >
              Set the place
            </button>
          )}
        </>
      ) : (
        <Setting {...p} now={mine} />
      )}
    </section>
  );
}

function Setting(p: PlaceFormProps & { readonly now: Placing }): ReactNode {
  const { placing, now, units } = p;
  const how = useRef<HTMLParagraphElement>(null);
  useEffect(() => how.current?.focus(), []);
  return (
    <>
      <p className="place-why" ref={how} tabIndex={-1}>
        {now.point === undefined ? "Click the map where it is" : "Click again to move the mark"}
        {now.keys.arrows
          ? `, or use the arrow keys: ${distanceText(10, units)} a press, with Shift ${distanceText(100, units)}.`
          : ". The arrow keys fly the aircraft."}
      </p>
      <Corners {...p} />
      <fieldset className="place-doubt">
        <legend>How well is it known?</legend>
        {DOUBTS.map((d) => (
          <button
            type="button"
            key={d.radiusM}
            aria-pressed={d.radiusM === now.radiusM}
            onClick={() => placing.doubt(d.radiusM)}
          >
            {d.words} <span>±{distanceText(d.radiusM, units)}</span>
          </button>
        ))}
      </fieldset>
      <div className="two">
        <button type="button" className="btn mine" disabled={now.point === undefined || now.busy} onClick={placing.set}>
          Set here <Key>Enter</Key>
        </button>
        <button type="button" className="btn quiet" onClick={placing.cancel}>
          Cancel {now.keys.escape && <Key>Esc</Key>}
        </button>
      </div>
      {now.problem !== "" && (
        <p className="amber problem" role="alert">
          {now.problem}
        </p>
      )}
    </>
  );
}

/** The street's corners, where the map knows the street: a quick way to the right block, chosen by a person. */
function Corners({ of, placing, city, onLook }: PlaceFormProps): ReactNode {
  const corners = useMemo(() => (city === undefined ? [] : cornersFor(city, of.needsPlace)), [city, of.needsPlace]);
  if (corners.length === 0) return null;
  return (
    <label className="place-corners">
      <span>Or a corner of that street</span>
      <select
        className="field"
        defaultValue=""
        onChange={(e) => {
          const corner = corners[Number(e.target.value)];
          if (e.target.value === "" || corner === undefined) return;
          placing.aim(corner.at);
          onLook(corner.at);
        }}
      >
        <option value="">choose</option>
        {corners.map((c, i) => (
          <option key={c.label} value={i}>
            {c.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Over the map, while it takes clicks for a place. */
export function PlacingChip({ now }: { readonly now: Placing | undefined }): ReactNode {
  if (now === undefined) return null;
  return (
    <p className="placing-chip" data-over-map="" role="status">
      {now.point === undefined ? "Click where it is: " : "Set here, or click again: "}
      <b>{now.address}</b>
    </p>
  );
}
