import type { ReactNode } from "react";
import { AGE_LIMITS } from "../theme/index.js";
import { EnergyBar } from "./EnergyBar.js";
import type { EnergyInput } from "./energy.js";
import { Painted } from "./io/Painted.js";
import { Octagon, Triangle } from "./Marks.js";
import { heightParts, type Units } from "./units.js";
import { clockSpan } from "./words.js";

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
  /** Age of the link whenever it is asked: what stands on screen is written from this, not from the line above. */
  readonly linkAgeNow?: () => number | undefined;
  readonly link: StripLook;
  readonly energy: EnergyInput | undefined;
  /** What comes next, one line. */
  readonly next: string;
  /** Another station or the aircraft's own failsafe flies it; said in words. */
  readonly flownBy: string | undefined;
  /** Somebody else's orders move it: said before anything else on the strip. */
  readonly notOurs?: boolean;
  readonly noVideo: boolean;
  /** For a lost link: what it does by itself, computed. */
  readonly failsafe: { readonly text: string; readonly landsInS: number | undefined } | undefined;
}

export interface AircraftStripProps {
  readonly strip: StripView;
  readonly units: Units;
  readonly selected: boolean;
  readonly onSelect: (uid: string) => void;
  /** Tells when samples came, so that ages fall at once. */
  readonly onNews?: (listener: () => void) => () => void;
  /** Actions of the selected one. */
  readonly children?: ReactNode;
}

export function AircraftStrip({ strip, units, selected, onSelect, onNews, children }: AircraftStripProps): ReactNode {
  const lost = strip.link === "lost";
  const ageMs = strip.linkAgeNow ?? (() => strip.linkAgeMs);
  return (
    <li className={`strip${selected ? " selected" : ""}${strip.notOurs === true ? " not-ours" : ""} ${strip.link}`}>
      <button type="button" className="strip-main" aria-pressed={selected} onClick={() => onSelect(strip.uid)}>
        <span className="strip-head">
          <span className="call">{strip.callSign}</span>
          <span className={`phase ${lost ? "warning" : strip.phaseTone}`}>
            {lost && <Octagon size={17} />}
            {lost ? <Painted read={() => ` Link lost ${clockSpan((ageMs() ?? 0) / 1000)}`} /> : strip.phase}
          </span>
        </span>
        {strip.notOurs === true && (
          <span className="strip-not-ours">
            <Triangle size={16} /> <b>Not ours now.</b> {strip.flownBy}
          </span>
        )}
        <span className="strip-job">{lost && strip.failsafe !== undefined ? strip.failsafe.text : strip.job}</span>
        {strip.flownBy !== undefined && strip.notOurs !== true && <span className="strip-by">{strip.flownBy}</span>}
        <StripFigures strip={strip} units={units} ageMs={ageMs} onNews={onNews} />
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

interface FiguresProps {
  readonly strip: StripView;
  readonly units: Units;
  readonly ageMs: () => number | undefined;
  readonly onNews: ((listener: () => void) => () => void) | undefined;
}

function StripFigures({ strip, units, ageMs, onNews }: FiguresProps): ReactNode {
  const [height, unit] = strip.aglM === undefined ? ["–", ""] : heightParts(strip.aglM, units);
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
        <span>
          {strip.link === "lost" ? (
            <Painted read={() => `${Math.round((ageMs() ?? 0) / 1000)} s ago`} />
          ) : (
            "above ground"
          )}
        </span>
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
          <Painted read={() => ageFigure(ageMs())} onNews={onNews} />
        </b>
        <i>s</i>
        <span className={linkTone}>{linkWord}</span>
      </span>
    </span>
  );
}

/** Tenths while they still tell something; a link that is gone is counted in whole seconds. */
function ageFigure(ageMs: number | undefined): string {
  if (ageMs === undefined) return "–";
  const s = ageMs / 1000;
  return ageMs < AGE_LIMITS.aircraft.lostMs * 3 ? s.toFixed(1) : String(Math.round(s));
}
