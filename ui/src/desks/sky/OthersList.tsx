import type { SkyView } from "@outrider/contract";
import type { ReactNode } from "react";
import { ageText, type Units } from "../../parts/index.js";
import { placelessNotices } from "./restrictions.js";
import { silentSources, strangerRows } from "./strangers.js";
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
  const silent = silentSources(sky, () => "");
  const rows = strangerRows(sky, units);
  return (
    <section className="others" aria-label="Other aircraft">
      <div className="panel-head">
        <h2>Other aircraft</h2>
        {rows.length > most && <span>{`nearest ${most} of ${rows.length}`}</span>}
      </div>
      {rows.length === 0 && silent.every((one) => one.gate !== "traffic") && (
        <p className="empty pad">None is heard. One that comes near appears here and on the map.</p>
      )}
      <ul>
        {silent.map((one) => (
          <li key={one.text} className="stranger caution">
            <span>{one.text}</span>
          </li>
        ))}
        {placelessNotices(sky).map((text) => (
          <li key={text} className="stranger caution">
            <span>{text}</span>
          </li>
        ))}
        {rows.slice(0, most).map((row) => (
          <li
            key={row.id}
            className={row.doubtful ? `stranger ${row.level} doubtful` : `stranger ${row.level}`}
            title={row.told}
          >
            <b>{row.name}</b>
            <span className="stranger-age">{row.doubtful ? `${ageText(row.ageMs)} old` : ageText(row.ageMs)}</span>
            <span className="stranger-flies">{row.flies}</span>
            {row.text !== "" && <span className="stranger-text">{row.text}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
