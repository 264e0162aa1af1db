import type { ReactNode } from "react";
import { AGE_LIMITS } from "../theme/index.js";
import { EnergyBar } from "./EnergyBar.js";
import type { EnergyInput } from "./energy.js";
import { Octagon } from "./Marks.js";
import { clockSpan, heightParts, type Units } from "./words.js";

export type StripLook = "live" | "late" | "lost" | "never";

/** One aircraft as its strip shows it. */
export interface StripView {
  readonly uid: string;
  readonly callSign: string;
  readonly phase: string;
  /** Confirmed green, plain grey, or a warning red. */
  readonly phaseTone: "engaged" | "plain" | "warning";
  readonly job: string;
  readonly aglM: number | undefined;
  readonly turnInS: number | undefined;
  readonly linkAgeMs: number | undefined;
  readonly link: StripLook;
  readonly energy: EnergyInput | undefined;
  /** What comes next, one line. */
  readonly next: string;
  /** Another station or the aircraft's own failsafe flies it; said in words. */
  readonly flownBy: string | undefined;
  readonly noVideo: boolean;
  /** For a lost link: what it does by itself, computed. */
  readonly failsafe: { readonly text: string; readonly landsInS: number | undefined } | undefined;
}

export interface AircraftStripProps {
  readonly strip: StripView;
  readonly units: Units;
  readonly selected: boolean;
  readonly onSelect: (uid: string) => void;
  /** Actions of the selected one. */
  readonly children?: ReactNode;
}

export function AircraftStrip({ strip, units, selected, onSelect, children }: AircraftStripProps): ReactNode {
  const lost = strip.link === "lost";
  return (
    <li className={`strip${selected ? " selected" : ""} ${strip.link}`}>
      <button type="button" className="strip-main" aria-pressed={selected} onClick={() => onSelect(strip.uid)}>
        <span className="strip-head">
          <span className="call">{strip.callSign}</span>
          <span className={`phase ${lost ? "warning" : strip.phaseTone}`}>
            {lost && <Octagon size={17} />}
            {lost ? ` Link lost ${clockSpan((strip.linkAgeMs ?? 0) / 1000)}` : strip.phase}
          </span>
        </span>
        <span className="strip-job">{lost && strip.failsafe !== undefined ? strip.failsafe.text : strip.job}</span>
        {strip.flownBy !== undefined && <span className="strip-by">{strip.flownBy}</span>}
        <StripFigures strip={strip} units={units} />
        {!lost && <EnergyBar energy={strip.energy} />}
        <span className="strip-next">
          {strip.next}
          {strip.noVideo && <span className="amber">{strip.next === "" ? "" : ". "}No picture</span>}
        </span>
      </button>
      {selected && children !== undefined && <div className="strip-acts">{children}</div>}
    </li>
  );
}

function StripFigures({ strip, units }: { readonly strip: StripView; readonly units: Units }): ReactNode {
  const [height, unit] = strip.aglM === undefined ? ["–", ""] : heightParts(strip.aglM, units);
  const age = strip.linkAgeMs;
  const linkWord = { live: "link age", late: "link late", lost: "link lost", never: "no data yet" }[strip.link];
  const linkTone = strip.link === "late" ? "amber" : strip.link === "lost" ? "red" : "";
  const turnTone =
    strip.turnInS !== undefined && strip.turnInS <= 0
      ? "red"
      : strip.turnInS !== undefined && strip.turnInS < 120
        ? "amber"
        : "";
  const landing = strip.link === "lost" ? strip.failsafe?.landsInS : undefined;
  return (
    <span className="strip-values">
      <span className="value">
        {strip.link === "lost" ? <s className="figure">{height}</s> : <b className="figure">{height}</b>}
        <i>{unit}</i>
        <span>{strip.link === "lost" ? `${Math.round((age ?? 0) / 1000)} s ago` : "above ground"}</span>
      </span>
      {landing !== undefined ? (
        <span className="value">
          <b className="figure magenta">{clockSpan(landing)}</b>
          <span>to land, computed</span>
        </span>
      ) : (
        <span className="value">
          <b className={`figure ${turnTone}`}>{strip.turnInS === undefined ? "–" : clockSpan(strip.turnInS)}</b>
          <span>until it must turn</span>
        </span>
      )}
      <span className="value right">
        <b className={`figure ${linkTone}`}>
          {age === undefined
            ? "–"
            : age < AGE_LIMITS.aircraft.lostMs * 3
              ? (age / 1000).toFixed(1)
              : Math.round(age / 1000)}
        </b>
        <i>s</i>
        <span className={linkTone}>{linkWord}</span>
      </span>
    </span>
  );
}
