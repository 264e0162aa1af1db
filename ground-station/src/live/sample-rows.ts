import type { AircraftSample } from "@outrider/contract";

/** What of a row must be sent again: its moment and what the station itself adds to it. */
type Mark = Pick<AircraftSample, "link" | "control" | "turnInS" | "homeInS"> & { readonly capturedMs: number };

/** Two looks at one sample compute its moment from ages that were rounded on the way. */
const sameMomentMs = 3;

/** Finds the rows that changed since the last tick; an aircraft that says nothing new costs nothing. */
export class SampleRows {
  readonly #marks = new Map<string, Mark>();

  changed(all: ReadonlyMap<string, AircraftSample>, nowMs: number): readonly AircraftSample[] {
    const rows: AircraftSample[] = [];
    for (const [uid, sample] of all) {
      const held = this.#marks.get(uid);
      const capturedMs = nowMs - sample.ageMs;
      if (
        held !== undefined &&
        Math.abs(held.capturedMs - capturedMs) <= sameMomentMs &&
        held.link === sample.link &&
        held.control === sample.control &&
        held.turnInS === sample.turnInS &&
        held.homeInS === sample.homeInS
      )
        continue;
      const { link, control, turnInS, homeInS } = sample;
      this.#marks.set(uid, { link, control, turnInS, homeInS, capturedMs });
      rows.push(sample);
    }
    return rows;
  }
}
