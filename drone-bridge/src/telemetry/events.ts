/** Times and bounds of the events interface (MAVLink events service). */
export const eventTiming = { askAgainMs: 1_000, tries: 4, mostMissing: 64 } as const;

/** Which events of one component have come, and which are still to be asked for. Sequence numbers are 16 bit. */
export type EventsState = {
  readonly highest: number | undefined;
  readonly missing: readonly number[];
  readonly tries: number;
  readonly askAtMs: number;
};

export type EventsEvent =
  | { readonly kind: "event"; readonly tMs: number; readonly seq: number }
  /** CURRENT_EVENT_SEQUENCE; `reset`: the component began to count anew. */
  | { readonly kind: "current"; readonly tMs: number; readonly seq: number; readonly reset: boolean }
  /** RESPONSE_EVENT_ERROR: older than this is not kept there. */
  | { readonly kind: "gone"; readonly tMs: number; readonly oldest: number }
  | { readonly kind: "time"; readonly tMs: number };

export type EventsEffect =
  /** New. `late`: it was lost at first and is no explanation of what happens now. */
  | { readonly kind: "take"; readonly late: boolean }
  | { readonly kind: "ask"; readonly first: number; readonly last: number };

export const newEvents: EventsState = { highest: undefined, missing: [], tries: 0, askAtMs: 0 };

type Step = { readonly state: EventsState; readonly effects: readonly EventsEffect[] };

/** One step of hearing events: each is taken once and at once, what is missing is asked for, a few times. */
export function stepEvents(state: EventsState, event: EventsEvent): Step {
  switch (event.kind) {
    case "event":
      return heard(state, event.seq, event.tMs);
    case "current": {
      if (state.highest === undefined || event.reset)
        return { state: { ...newEvents, highest: event.seq }, effects: [] };
      const ahead = (event.seq - state.highest) & 0xffff;
      return ahead === 0 || ahead >= 0x8000
        ? { state, effects: [] }
        : { state: opened(state, event.seq, ahead, event.tMs), effects: [] };
    }
    case "gone":
      return {
        state: { ...state, missing: state.missing.filter((seq) => ((seq - event.oldest) & 0xffff) < 0x8000) },
        effects: [],
      };
    case "time":
      return ask(state, event.tMs);
  }
}

function heard(state: EventsState, seq: number, tMs: number): Step {
  if (state.highest === undefined)
    return { state: { ...state, highest: seq }, effects: [{ kind: "take", late: false }] };
  const ahead = (seq - state.highest) & 0xffff;
  if (ahead === 0 || ahead >= 0x8000) {
    if (!state.missing.includes(seq)) return { state, effects: [] };
    const missing = state.missing.filter((each) => each !== seq);
    return { state: { ...state, missing, tries: 0 }, effects: [{ kind: "take", late: true }] };
  }
  const next = opened(state, seq, ahead, tMs);
  return {
    state: { ...next, missing: next.missing.filter((each) => each !== seq) },
    effects: [{ kind: "take", late: false }],
  };
}

/** Everything up to `seq` is owed; a gap beyond reason is a component that began anew. */
function opened(state: EventsState, seq: number, ahead: number, tMs: number): EventsState {
  if (ahead > eventTiming.mostMissing) return { ...newEvents, highest: seq };
  const owed = Array.from({ length: ahead }, (_, n) => (seq - ahead + 1 + n) & 0xffff);
  const missing = [...state.missing, ...owed].slice(-eventTiming.mostMissing);
  return { highest: seq, missing, tries: 0, askAtMs: state.missing.length > 0 ? state.askAtMs : tMs };
}

function ask(state: EventsState, tMs: number): Step {
  const first = state.missing[0];
  if (first === undefined || tMs < state.askAtMs) return { state, effects: [] };
  let last = first;
  for (const seq of state.missing) if (((seq - last) & 0xffff) === 1) last = seq;
  if (state.tries >= eventTiming.tries) {
    const missing = state.missing.filter((seq) => ((seq - last) & 0xffff) < 0x8000 && seq !== last);
    return ask({ ...state, missing, tries: 0 }, tMs);
  }
  return {
    state: { ...state, tries: state.tries + 1, askAtMs: tMs + eventTiming.askAgainMs },
    effects: [{ kind: "ask", first, last }],
  };
}
