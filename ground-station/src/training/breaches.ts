import type { Config, DebriefBreach, TrackRow, TrackView } from "@outrider/contract";
import { siteRules } from "./limit-rules.js";
import { LimitWatch } from "./limit-watch.js";

/**
 * Times during which flown tracks broke the site's own limits: above the ceiling, outside the fence, inside an
 * exclusion zone, two of ours too near to each other, or the middle of the picture inside a privacy zone. On flat ground
 * under the aircraft: good to a few metres near the scene, and said so in the debrief.
 */
export function breachesOf(tracks: readonly TrackView[], site: Config["site"]): readonly DebriefBreach[] {
  const watch = new LimitWatch(siteRules(site));
  for (const { uid, callSign, row } of rowsInOrder(tracks)) watch.row(uid, callSign, row);
  return watch.breaches();
}

export type FlownRow = { readonly uid: string; readonly callSign: string; readonly row: TrackRow };

/** Rows of all tracks as they were flown, oldest first. */
export const rowsInOrder = (tracks: readonly TrackView[]): readonly FlownRow[] =>
  tracks
    .flatMap(({ uid, callSign, rows }) => rows.map((row) => ({ uid, callSign, row })))
    .sort((a, b) => a.row.tMs - b.row.tMs);
