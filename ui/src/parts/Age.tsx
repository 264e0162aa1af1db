import type { ReactNode } from "react";
import { type AgeLimit, freshness } from "../theme/index.js";
import { ageText, clockSpan } from "./words.js";

export interface AgeProps {
  readonly value: string;
  readonly unit?: string;
  readonly label?: string;
  /** Undefined when nothing was ever heard: that is not "fine". */
  readonly ageMs: number | undefined;
  readonly limit: AgeLimit;
}

/** A value with its age. Live, late, lost and never seen are four looks; the last value stays, struck. */
export function Age({ value, unit = "", label, ageMs, limit }: AgeProps): ReactNode {
  const look = freshness(ageMs, limit);
  const age = ageMs ?? 0;
  const below = {
    live: ageText(age),
    late: `late ${ageText(age)}`,
    lost: `lost ${clockSpan(age / 1000)}`,
    never: "no data yet",
  }[look];
  return (
    <div className={`value ${look}`}>
      {look === "lost" ? <s className="figure">{value}</s> : <b className="figure">{look === "never" ? "–" : value}</b>}
      {unit !== "" && look !== "never" && <i>{unit}</i>}
      <span>{label ?? below}</span>
    </div>
  );
}
