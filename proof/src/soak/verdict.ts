import type { LinkState } from "@outrider/contract";
import { round } from "../bench/bench.js";

export type SoakEnd = {
  /** Memory of the last third over that of the first, after the warm-up. */
  readonly growth: number;
  /** What the station was last told of each aircraft, by system id. */
  readonly links: ReadonlyMap<number, LinkState>;
  readonly count: number;
  /** System ids that fell silent for good. */
  readonly left: readonly number[];
  readonly factsOutOfOrder: number;
  readonly facts: number;
};

/** Memory may be this much more at the end than at the beginning. */
export const mostGrowth = 1.1;

/** What a soak found wrong, a sentence each; nothing where it held. */
export function soakFaults(end: SoakEnd): readonly string[] {
  const faults: string[] = [];
  if (!(end.growth <= mostGrowth)) faults.push(`memory grew to ${round(end.growth, 3)} of what it was`);
  for (let sysid = 1; sysid <= end.count; sysid++) {
    const wanted: LinkState = end.left.includes(sysid) ? "lost" : "live";
    const link = end.links.get(sysid) ?? "never";
    if (link !== wanted) faults.push(`link of system ${sysid} is ${link}, not ${wanted}`);
  }
  if (end.factsOutOfOrder > 0) faults.push(`${end.factsOutOfOrder} facts came out of order, twice or not at all`);
  if (end.facts < end.count) faults.push(`only ${end.facts} facts came`);
  return faults;
}
