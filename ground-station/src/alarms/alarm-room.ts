import type { AlarmView, Fact } from "@outrider/contract";
import type { Room } from "../kernel/index.js";

export type AlarmState = {
  readonly open: ReadonlyMap<string, AlarmView>;
  /** The last few that ended: they stay on screen for a moment, struck through. */
  readonly ended: readonly AlarmView[];
  /** Sources that lately sent more than is usual of them, with when that was last said. */
  readonly floods: ReadonlyMap<string, { readonly perMinute: number; readonly tMs: number }>;
};

const KEPT_ENDED = 20;

/** Alarms that stand. Acknowledging quiets one; only the end of its cause ends it. */
export const alarmRoom: Room<AlarmState> = {
  name: "alarms",
  initial: () => ({ open: new Map(), ended: [], floods: new Map() }),
  evolve: (state, fact) => evolve(state, fact),
};

function evolve(state: AlarmState, fact: Fact): AlarmState {
  switch (fact.type) {
    case "AlarmRaised": {
      const view: AlarmView = { ...fact.data, sinceMs: fact.tMs, acknowledgedBy: undefined, endedMs: undefined };
      return { ...state, open: new Map(state.open).set(view.alarmId, view) };
    }
    case "AlarmAcknowledged": {
      const view = state.open.get(fact.data.alarmId);
      if (view === undefined || view.acknowledgedBy !== undefined) return state;
      const acknowledgedBy = fact.by.kind === "person" ? fact.by.name : "ground-station";
      return { ...state, open: new Map(state.open).set(view.alarmId, { ...view, acknowledgedBy }) };
    }
    case "AlarmEnded": {
      const view = state.open.get(fact.data.alarmId);
      if (view === undefined) return state;
      const open = new Map(state.open);
      open.delete(view.alarmId);
      return { ...state, open, ended: [...state.ended, { ...view, endedMs: fact.tMs }].slice(-KEPT_ENDED) };
    }
    case "SourceFlooding": {
      const { sourceId, perMinute } = fact.data;
      return { ...state, floods: new Map(state.floods).set(sourceId, { perMinute, tMs: fact.tMs }) };
    }
    default:
      return state;
  }
}

/** The cause is part of the id, so that after a restart the open alarms still know what they stand for. */
export const alarmIdOf = (id: string, cause: string, subject: string): string => `${id}:${cause}:${subject}`;
export const causeOf = (alarmId: string): string => alarmId.slice(alarmId.indexOf(":") + 1);
