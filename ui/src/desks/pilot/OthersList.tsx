import type { SkyView } from "@outrider/contract";
import type { ReactNode } from "react";
import { ageText, type Units } from "../../parts/index.js";
import { silentSources, strangerRows } from "./strangers.js";

/** Aircraft that are none of ours, the most urgent first; and who ought to tell of them and is silent. */
export function OthersList({ sky, units }: { readonly sky: SkyView | undefined; readonly units: Units }): ReactNode {
  if (sky === undefined || sky.sources.length + sky.strangers.length === 0) return null;
  const silent = silentSources(sky, () => "");
  const rows = strangerRows(sky, units);
  return (
    <section className="docks others" aria-label="Other aircraft">
      <div className="panel-head">
        <h2>Other aircraft</h2>
      </div>
      {rows.length === 0 && silent.every((one) => one.gate !== "traffic") && (
        <p className="empty pad">None is heard.</p>
      )}
      <ul>
        {silent.map((one) => (
          <li key={one.text} className="stranger caution">
            <span>{one.text}</span>
          </li>
        ))}
        {rows.map((row) => (
          <li key={row.id} className={`stranger ${row.level}`} title={row.told}>
            <b>{row.name}</b>
            <span className="stranger-age">{ageText(row.ageMs)}</span>
            <span className="stranger-flies">{row.flies}</span>
            {row.text !== "" && <span className="stranger-text">{row.text}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
