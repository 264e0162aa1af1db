import type { GeoPoint } from "@outrider/contract";
import { type FormEvent, type ReactNode, useEffect, useMemo, useState } from "react";
import { wallClockMs } from "../../live/index.js";
import { type CityModel, toLatLon } from "../../world/index.js";
import { askedPlace, type Crossing, streetNames } from "./crossings.js";
import { fieldOf, momentOf } from "./zoneTime.js";

export interface Question {
  readonly at: GeoPoint;
  readonly label: string;
  readonly tMs: number;
}

export interface AskProps {
  readonly city: CityModel | undefined;
  /** When the newest published flight began: the time that most questions are about. */
  readonly latest: number | undefined;
  readonly timeZone: string | undefined;
  readonly question: Question | undefined;
  readonly onAsk: (q: Question) => void;
}

/** The one question: where and when. A street alone is answered with its corners, never with a guess. */
export function Ask(p: AskProps): ReactNode {
  const a = useAsk(p);
  return (
    <form className="public-ask" onSubmit={a.submit}>
      <h2>Was a drone over my street?</h2>
      <label>
        Street, address or crossing
        <input
          className="field"
          list="public-streets"
          autoComplete="street-address"
          placeholder="Haight & Masonic"
          value={a.place}
          onChange={(e) => a.setPlace(e.target.value)}
        />
      </label>
      <datalist id="public-streets">
        {a.streets.map((s) => (
          <option key={s} value={s} />
        ))}
      </datalist>
      <div>
        <label>
          Day and time
          <input className="field" type="datetime-local" value={a.time} onChange={(e) => a.setTime(e.target.value)} />
        </label>
        <button type="submit" className="btn mine">
          Ask
        </button>
      </div>
      {a.problem !== "" && (
        <p className="amber" role="alert">
          {a.problem}
        </p>
      )}
      {a.corners.length > 0 && <Corners corners={a.corners} onChoose={a.choose} />}
    </form>
  );
}

/** What was typed, and what becomes of it. */
function useAsk({ city, latest, timeZone, question, onAsk }: AskProps) {
  const [place, setPlace] = useState("");
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState("");
  const [corners, setCorners] = useState<readonly Crossing[]>([]);
  const streets = useMemo(() => (city === undefined ? [] : streetNames(city)), [city]);
  const [openedMs] = useState(wallClockMs);
  const time = typed ?? fieldOf(latest ?? openedMs, timeZone);
  useEffect(() => {
    if (question === undefined) return;
    setPlace(question.label);
    setTyped(fieldOf(question.tMs, timeZone));
  }, [question, timeZone]);
  const choose = (at: Crossing): void => {
    const tMs = momentOf(time, timeZone);
    if (city === undefined || tMs === undefined) return;
    setCorners([]);
    onAsk({ at: toLatLon(city.frame, at.xM, at.yM), label: at.label, tMs });
  };
  const submit = (e: FormEvent): void => {
    e.preventDefault();
    setCorners([]);
    setProblem("");
    const tMs = momentOf(time, timeZone);
    if (tMs === undefined) return setProblem("Give the day and the time.");
    if (question !== undefined && place === question.label) return onAsk({ ...question, tMs });
    if (city === undefined)
      return setProblem("The map did not come, so streets cannot be looked up here. The log below can be read.");
    const asked = askedPlace(city, place);
    if (asked.kind === "crossing") choose(asked.at);
    else if (asked.kind === "street") setCorners(asked.corners);
    else setProblem("No such street on this map. Try the name alone, or touch the map.");
  };
  return { place, setPlace, time, setTime: setTyped, problem, corners, streets, choose, submit };
}

function Corners(p: { readonly corners: readonly Crossing[]; readonly onChoose: (at: Crossing) => void }): ReactNode {
  return (
    <section className="public-corners" aria-label="Which corner" aria-live="polite">
      <p>{`Which corner of ${p.corners[0]?.label.split(" & ")[0] ?? "it"} is nearest to you?`}</p>
      <ul>
        {p.corners.map((c) => (
          <li key={c.label}>
            <button type="button" className="btn quiet" aria-label={c.label} onClick={() => p.onChoose(c)}>
              {c.label.split(" & ")[1] ?? c.label}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
