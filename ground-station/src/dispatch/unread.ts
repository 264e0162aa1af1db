import type { DispatchState } from "./dispatch-room.js";

/** A card not read by then is called out by radio. */
export const unreadAfterMs = 30_000;

export type UnreadCard = {
  readonly adviceId: string;
  readonly incidentId: string;
  readonly unit: string;
  readonly ageS: number;
  readonly text: string;
};

/** Cards that a unit has not read in time: what the desk shows in amber until it is read or taken back. */
export function unreadCards(state: DispatchState, nowMs: number, afterMs = unreadAfterMs): readonly UnreadCard[] {
  return [...state.incidents.values()]
    .filter((incident) => incident.closedMs === undefined)
    .flatMap(({ incidentId, advice }) =>
      advice
        .filter((one) => one.withdrawn === undefined && nowMs - one.sentMs >= afterMs)
        .flatMap(({ data, sentMs, readBy }) =>
          data.units
            .filter((unit) => !readBy.some((one) => one.unit === unit))
            .map((unit) => ({
              adviceId: data.adviceId,
              incidentId,
              unit,
              ageS: Math.floor((nowMs - sentMs) / 1000),
              text: `${unit} has not read the card: call ${unit} by radio.`,
            })),
        ),
    );
}
