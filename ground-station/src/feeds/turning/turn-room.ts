import type { Actor, CameraAim, CameraTowards, Fact, FactData } from "@outrider/contract";
import type { Room } from "../../kernel/index.js";

/** The last turn of a camera by anybody, people and station alike. */
export type Turn = {
  readonly turnId: string;
  readonly by: Actor;
  readonly atMs: number;
  readonly towards: CameraTowards;
  readonly aim: CameraAim | undefined;
  readonly incidentId: string | undefined;
  readonly outcome: FactData<"CameraTurned">["outcome"] | "asked";
  readonly reason: string;
};

export type TurnedCamera = {
  readonly last: Turn;
  /** Turned by us and not sent home since: it is ours to send it back. */
  readonly away: boolean;
  /** The same before the last turn: one that the camera refused has not moved it. */
  readonly awayBefore: boolean;
};

export type TurnState = ReadonlyMap<string, TurnedCamera>;

/** Who turned which fixed camera last, and what became of it. */
export const turnRoom: Room<TurnState> = {
  name: "turning",
  initial: () => new Map(),
  evolve(state: TurnState, fact: Fact): TurnState {
    switch (fact.type) {
      case "CameraTurnAsked": {
        const { turnId, cameraId, towards, aim, incidentId } = fact.data;
        const { by, tMs } = fact;
        const last: Turn = { turnId, by, atMs: tMs, towards, aim, incidentId, outcome: "asked", reason: "" };
        const awayBefore = state.get(cameraId)?.away ?? false;
        return new Map(state).set(cameraId, { last, away: towards.kind !== "home" || awayBefore, awayBefore });
      }
      case "CameraTurned": {
        const { turnId, cameraId, outcome, reason } = fact.data;
        const before = state.get(cameraId);
        // What the station itself refused, and what another turn has overtaken, is not what the camera did last.
        if (before === undefined || before.last.turnId !== turnId) return state;
        const home = before.last.towards.kind === "home" && outcome === "turned";
        const away = outcome === "refused" ? before.awayBefore : before.away && !home;
        return new Map(state).set(cameraId, { ...before, last: { ...before.last, outcome, reason }, away });
      }
      default:
        return state;
    }
  },
};
