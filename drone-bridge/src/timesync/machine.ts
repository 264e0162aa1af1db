import { timesyncTiming } from "./timing.js";

/** One round: how far the aircraft's clock was ahead of ours, give or take half the time on the way. */
type Sample = { readonly tMs: number; readonly offsetMs: number; readonly roundTripMs: number };

export type TimesyncState = {
  readonly sentNs: bigint | undefined;
  readonly sent: number;
  readonly nextMs: number;
  readonly askedMs: number;
  readonly samples: readonly Sample[];
  /** A sample that contradicts the others; a second one like it, and the others go. */
  readonly odd: Sample | undefined;
  /** Stamps of the last questions: an answer to any of them tells how long there and back took. */
  readonly asked: readonly bigint[];
  /** How long there and back took, newest last. Also of answers that are too old to tell the time by. */
  readonly roundsMs: readonly number[];
};

export type TimesyncEvent =
  /** `often`: somebody flies by hand, and must know soon how long the way is. */
  | { readonly kind: "time"; readonly tMs: number; readonly often?: boolean }
  /** TIMESYNC with tc1 set: `ts1` is ours, mirrored. */
  | { readonly kind: "answer"; readonly tMs: number; readonly tc1: bigint; readonly ts1: bigint }
  | { readonly kind: "reset"; readonly tMs: number };

/** `ts1`: our time, ns, unique for each question. */
export type TimesyncEffect = { readonly kind: "ask"; readonly ts1: bigint };

/** The aircraft's clock against ours. Its time in ms + nothing = `atMs + offsetMs`. */
export type ClockEstimate = {
  /** Aircraft's clock minus ours, ms. */
  readonly offsetMs: number;
  /** One way, taken as half of the quickest round. */
  readonly delayMs: number;
  /** The offset is right to this, whatever the two ways' shares of the round were. */
  readonly uncertaintyMs: number;
};

export const newTimesync: TimesyncState = {
  sentNs: undefined,
  sent: 0,
  nextMs: Number.NEGATIVE_INFINITY,
  askedMs: Number.NEGATIVE_INFINITY,
  samples: [],
  odd: undefined,
  asked: [],
  roundsMs: [],
};

const nsPerMs = 1_000_000;

/** One step of comparing clocks (MAVLink time synchronisation protocol v2). Only the answer to the last question counts. */
export function stepTimesync(
  state: TimesyncState,
  event: TimesyncEvent,
): { state: TimesyncState; effects: readonly TimesyncEffect[] } {
  switch (event.kind) {
    case "reset":
      // Another clock, and the same way to it.
      return { state: { ...newTimesync, roundsMs: state.roundsMs }, effects: [] };
    case "time": {
      const soonMs = event.often === true ? state.askedMs + timesyncTiming.firstMs : Number.POSITIVE_INFINITY;
      if (event.tMs < Math.min(state.nextMs, soonMs)) return { state, effects: [] };
      const waitMs =
        state.samples.length < timesyncTiming.firstSamples && state.sent < 4 * timesyncTiming.firstSamples
          ? timesyncTiming.firstMs
          : timesyncTiming.everyMs;
      const ts1 = BigInt(Math.round(event.tMs * nsPerMs));
      return {
        state: {
          ...{ ...state, sentNs: ts1, sent: state.sent + 1, nextMs: event.tMs + waitMs },
          askedMs: event.tMs,
          asked: [...state.asked, ts1].slice(-timesyncTiming.askedKept),
        },
        effects: [{ kind: "ask", ts1 }],
      };
    }
    case "answer":
      return { state: answered(timed(state, event), event), effects: [] };
  }
}

/** Each question once: a doubled answer tells nothing new, and one that nobody asked nothing at all. */
function timed(state: TimesyncState, { tMs, ts1 }: Extract<TimesyncEvent, { kind: "answer" }>): TimesyncState {
  if (!state.asked.includes(ts1)) return state;
  const asked = state.asked.filter((stamp) => stamp !== ts1);
  const roundMs = tMs - Number(ts1) / nsPerMs;
  if (roundMs < 0 || roundMs > timesyncTiming.longestRoundMs) return { ...state, asked };
  return { ...state, asked, roundsMs: [...state.roundsMs, roundMs].slice(-timesyncTiming.rounds) };
}

function answered(state: TimesyncState, event: Extract<TimesyncEvent, { kind: "answer" }>): TimesyncState {
  // Doubled, forged and overtaken answers carry another stamp.
  if (state.sentNs === undefined || event.ts1 !== state.sentNs || event.tc1 <= 0n) return state;
  const sentMs = Number(event.ts1) / nsPerMs;
  const roundTripMs = event.tMs - sentMs;
  const next = { ...state, sentNs: undefined };
  if (roundTripMs < 0 || roundTripMs > timesyncTiming.oldestAnswerMs) return next;
  const sample: Sample = {
    tMs: event.tMs,
    roundTripMs,
    offsetMs: Number(event.tc1) / nsPerMs - (sentMs + event.tMs) / 2,
  };
  const before = quickest(state, event.tMs);
  if (before === undefined || !contradicts(sample, before))
    return { ...next, samples: kept(state.samples, sample), odd: undefined };
  if (
    state.odd === undefined ||
    Math.abs(sample.offsetMs - state.odd.offsetMs) > sample.roundTripMs + timesyncTiming.jumpMs
  )
    return { ...next, odd: sample };
  return { ...next, samples: [state.odd, sample], odd: undefined };
}

const contradicts = (sample: Sample, before: ClockEstimate): boolean =>
  Math.abs(sample.offsetMs - before.offsetMs) > sample.roundTripMs / 2 + before.uncertaintyMs + timesyncTiming.jumpMs;

const kept = (samples: readonly Sample[], sample: Sample): Sample[] =>
  [...samples, sample].slice(-timesyncTiming.window);

/**
 * By the quickest round of the window, since its uncertainty is the smallest. Undefined before the first, when stale, and
 * while a round contradicts the others: until a second one decides, nobody knows which clock is true.
 */
export function clockEstimate(state: TimesyncState, tMs: number): ClockEstimate | undefined {
  return state.odd === undefined ? quickest(state, tMs) : undefined;
}

function quickest(state: TimesyncState, tMs: number): ClockEstimate | undefined {
  let best: Sample | undefined;
  for (const sample of state.samples)
    if (tMs - sample.tMs <= timesyncTiming.staleMs && (best === undefined || sample.roundTripMs <= best.roundTripMs))
      best = sample;
  if (best === undefined) return undefined;
  return { offsetMs: best.offsetMs, delayMs: best.roundTripMs / 2, uncertaintyMs: best.roundTripMs / 2 };
}
