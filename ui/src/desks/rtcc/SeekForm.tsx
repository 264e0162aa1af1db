import type { ActBody, GeoPoint, IncidentView, ReadView } from "@outrider/contract";
import { type ReactNode, useEffect, useState } from "react";
import { timeOfDay } from "../../parts/index.js";
import type { Acts } from "./useActs.js";

export interface SeekInput {
  readonly plate: string;
  readonly color: string;
  readonly make: string;
  readonly body: string;
  readonly towards: string;
}

const EMPTY: SeekInput = { plate: "", color: "", make: "", body: "", towards: "" };
const WAYS: Readonly<Record<string, number>> = { north: 0, east: 90, south: 180, west: 270 };

/** What is missing before a vehicle can be sought: a plate, or two of colour, make and kind. Empty when nothing is. */
export function seekProblem(s: SeekInput): string {
  const said = [s.color, s.make, s.body].filter((w) => w.trim() !== "").length;
  return s.plate.trim() === "" && said < 2 ? "Give the plate, or two of colour, make and kind." : "";
}

export function seekBody(s: SeekInput, point: GeoPoint, seenAtMs: number): ActBody<"seekVehicle"> {
  const heading = WAYS[s.towards];
  const word = <K extends string>(key: K, value: string) =>
    value.trim() === "" ? {} : ({ [key]: value.trim() } as Readonly<Partial<Record<K, string>>>); // One key, named by K.
  return {
    point,
    seenAtMs,
    ...word("plate", s.plate.toUpperCase().replace(/[^A-Z0-9]/g, "")),
    ...word("color", s.color.toLowerCase()),
    ...word("make", s.make),
    ...word("body", s.body.toLowerCase()),
    ...(heading === undefined ? {} : { headingDeg: heading }),
  };
}

/** Names a vehicle, where and when it was last seen: from then on the map says where it could be. */
export function SeekForm({
  incident,
  from,
  picked,
  nowMs,
  acts,
}: {
  readonly incident: IncidentView;
  /** The read that was chosen, if any. */
  readonly from: ReadView | undefined;
  readonly picked: GeoPoint | undefined;
  readonly nowMs: number;
  readonly acts: Acts;
}): ReactNode {
  const [s, setS] = useState<SeekInput>(EMPTY);
  const [tried, setTried] = useState(false);
  useEffect(() => {
    if (from !== undefined)
      setS({
        ...EMPTY,
        plate: from.plate,
        color: from.vehicle.color ?? "",
        make: from.vehicle.make ?? "",
        body: from.vehicle.body ?? "",
      });
  }, [from]);
  // A call without a position must not start a search from the middle of the city.
  const point = from?.point ?? picked ?? (incident.needsPlace === undefined ? incident.place.point : undefined);
  const where =
    from !== undefined
      ? `${from.readerName}, ${timeOfDay(from.atMs)}`
      : picked !== undefined
        ? "at the place you picked, now"
        : point === undefined
          ? "somewhere: click the map where it was, or set the place of the call"
          : `at ${incident.place.label}, when it began`;
  const seenAtMs = from?.atMs ?? (picked === undefined ? incident.clock.eventMs : nowMs);
  const problem = seekProblem(s);
  const field = (key: keyof SeekInput, label: string): ReactNode => (
    <input
      className="field"
      aria-label={label}
      placeholder={label}
      value={s[key]}
      onChange={(e) => setS({ ...s, [key]: e.target.value })}
    />
  );
  return (
    <form
      className="seek"
      onSubmit={(e) => {
        e.preventDefault();
        setTried(true);
        if (problem === "" && point !== undefined)
          acts.send("seek", "seekVehicle", { incidentId: incident.incidentId }, seekBody(s, point, seenAtMs), () =>
            setS(EMPTY),
          );
      }}
    >
      <p className="card-note">Last seen {where}.</p>
      <div className="two">
        {field("plate", "Plate")}
        {field("color", "Colour")}
        {field("make", "Make")}
        {field("body", "Kind: sedan, truck")}
      </div>
      <select
        className="field"
        aria-label="Went towards"
        value={s.towards}
        onChange={(e) => setS({ ...s, towards: e.target.value })}
      >
        <option value="">Direction not seen</option>
        {Object.keys(WAYS).map((w) => (
          <option key={w} value={w}>
            went {w}
          </option>
        ))}
      </select>
      {tried && problem !== "" && <p className="amber">{problem}</p>}
      {acts.problem("seek") !== "" && <p className="amber">{acts.problem("seek")}</p>}
      <button type="submit" className="btn" disabled={acts.busy("seek") || point === undefined}>
        Seek this vehicle
      </button>
    </form>
  );
}
