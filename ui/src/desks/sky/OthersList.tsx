import type { SkyView } from "@outrider/contract";
import type { ReactNode } from "react";
import { ageText, Triangle, timeOfDay, type Units, Unknown } from "../../parts/index.js";
import { placelessNotices } from "./restrictions.js";
import { insteadOf, type StrangerRow, silentSources, strangerRows } from "./strangers.js";
import "./sky.css";

interface OthersListProps {
  readonly sky: SkyView | undefined;
  readonly units: Units;
  /** So many at the most; the station names the nearest to trouble first, and the rest is counted. */
  readonly most?: number;
}

/** Aircraft that are none of ours, the most urgent first; and who ought to tell of them and is silent. */
export function OthersList({ sky, units, most = 40 }: OthersListProps): ReactNode {
  if (sky === undefined || sky.sources.length + sky.strangers.length === 0) return null;
  const silent = silentSources(sky, timeOfDay);
  const rows = strangerRows(sky, units);
  const shown = rows.slice(0, most);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: where it scrolls, it must be reachable by keyboard.
    <section className="others" aria-label="Other aircraft" tabIndex={0}>
      <div className="panel-head">
        <h2>Other aircraft</h2>
        {rows.length > most && <span>{`nearest ${most} of ${rows.length}`}</span>}
      </div>
      {rows.length === 0 && silent.every((one) => one.gate !== "traffic") && (
        <p className="empty pad">None is heard. One that comes near appears here and on the map.</p>
      )}
      <ul>
        {shown.filter(isNear).map((row) => (
          <Stranger key={row.id} row={row} />
        ))}
        {silent.map((one) => (
          <li key={one.text} className="stranger caution">
            <span>
              <Triangle size={13} /> {one.text}, {one.when}
            </span>
            <span className="stranger-text">{insteadOf(one.gate)}</span>
          </li>
        ))}
        {placelessNotices(sky).map((text) => (
          <li key={text} className="stranger caution">
            <span>{text}</span>
          </li>
        ))}
        {shown
          .filter((row) => !isNear(row))
          .map((row) => (
            <Stranger key={row.id} row={row} />
          ))}
      </ul>
    </section>
  );
}

const isNear = ({ level }: StrangerRow): boolean => level === "warning" || level === "caution";

function Stranger({ row }: { readonly row: StrangerRow }): ReactNode {
  return (
    <li className={row.doubtful ? `stranger ${row.level} doubtful` : `stranger ${row.level}`} title={row.told}>
      <b>{row.name}</b>
      <span className="stranger-age">{row.doubtful ? `${ageText(row.ageMs)} old` : ageText(row.ageMs)}</span>
      <span className="stranger-flies">{row.flies}</span>
      {row.text !== "" && <span className="stranger-text">{row.text}</span>}
      {row.doubts !== "" && (
        <span className="stranger-text">
          <Unknown /> {row.doubts}
        </span>
      )}
      {row.operator !== "" && <span className="stranger-text">{row.operator}</span>}
    </li>
  );
}
