import { paramTiming } from "./timing.js";

/** One parameter as the aircraft listed it. `type` is MAV_PARAM_TYPE. */
export type ParamRow = {
  readonly paramName: string;
  readonly value: number;
  readonly type: number;
  readonly index: number;
};

/** What a list ends with. `hash`: PX4's _HASH_CHECK as the aircraft gave it, opaque to us; undefined where it has none. */
export type ParamListResult =
  | { readonly kind: "whole"; readonly rows: readonly ParamRow[]; readonly hash: number | undefined }
  /** The aircraft holds what the copy with this hash holds: nothing else was read. */
  | { readonly kind: "unchanged"; readonly hash: number }
  /** Some never came, in spite of being asked for one by one. */
  | { readonly kind: "gaps"; readonly rows: readonly ParamRow[]; readonly missing: readonly number[] }
  | { readonly kind: "silent" };

type Asked = { readonly index: number; readonly tries: number; readonly untilMs: number };

export type ParamListState = {
  readonly phase: "idle" | "comparing" | "listing" | "repairing" | "over";
  /** Hash of the copy that the asker holds. */
  readonly known: number | undefined;
  readonly hash: number | undefined;
  readonly count: number | undefined;
  readonly rows: readonly (ParamRow | undefined)[];
  /** How many of `rows` are there. */
  readonly held: number;
  readonly asked: readonly Asked[];
  readonly tries: number;
  readonly untilMs: number;
};

export type ParamListEvent =
  | { readonly kind: "start"; readonly tMs: number }
  | { readonly kind: "hash"; readonly tMs: number; readonly hash: number }
  | { readonly kind: "row"; readonly tMs: number; readonly row: ParamRow; readonly count: number }
  | { readonly kind: "time"; readonly tMs: number };

export type ParamListEffect =
  | { readonly kind: "askHash" }
  | { readonly kind: "askList" }
  | { readonly kind: "askIndex"; readonly index: number }
  | { readonly kind: "wake"; readonly atMs: number }
  | { readonly kind: "result"; readonly result: ParamListResult };

export type ParamListStep = { readonly state: ParamListState; readonly effects: readonly ParamListEffect[] };

export const newParamList = (known?: number): ParamListState => ({
  phase: "idle",
  known,
  hash: undefined,
  count: undefined,
  rows: [],
  held: 0,
  asked: [],
  tries: 0,
  untilMs: 0,
});

/**
 * One step of reading every parameter: first whether the copy at hand is still the aircraft's (_HASH_CHECK), else the
 * list, then each gap by its index. Indices are used only within one list, whose count stays the same throughout.
 */
export function stepParamList(state: ParamListState, event: ParamListEvent): ParamListStep {
  if (state.phase === "over") return { state, effects: [] };
  switch (event.kind) {
    case "start":
      if (state.phase !== "idle") return { state, effects: [] };
      return state.known === undefined ? askList(state, event.tMs) : askHash(state, event.tMs);
    case "hash":
      return onHash(state, event.hash, event.tMs);
    case "row":
      return onRow(state, event.row, event.count, event.tMs);
    case "time":
      return onTime(state, event.tMs);
  }
}

function askHash(state: ParamListState, tMs: number): ParamListStep {
  const untilMs = tMs + paramTiming.answerMs;
  return {
    state: { ...state, phase: "comparing", tries: state.tries + 1, untilMs },
    effects: [{ kind: "askHash" }, { kind: "wake", atMs: untilMs }],
  };
}

function askList(state: ParamListState, tMs: number): ParamListStep {
  const untilMs = tMs + paramTiming.listMs;
  return {
    state: { ...state, phase: "listing", tries: state.tries + 1, untilMs },
    effects: [{ kind: "askList" }, { kind: "wake", atMs: untilMs }],
  };
}

function onHash(state: ParamListState, hash: number, tMs: number): ParamListStep {
  if (state.phase === "comparing")
    return hash === state.known
      ? over(state, { kind: "unchanged", hash })
      : askList({ ...state, known: undefined, tries: 0 }, tMs);
  if (state.phase === "idle" || state.hash === hash) return { state, effects: [] };
  // Another hash inside one list: somebody set a parameter meanwhile, and what came before may be old.
  if (state.hash !== undefined && state.tries < paramTiming.listTries) return again({ ...state, hash }, tMs);
  return settle({ ...state, hash: state.hash === undefined ? hash : undefined }, tMs);
}

function onRow(state: ParamListState, row: ParamRow, count: number, tMs: number): ParamListStep {
  if (state.phase !== "listing" && state.phase !== "repairing") return { state, effects: [] };
  if (count < 1 || count > paramTiming.mostParameters || row.index < 0 || row.index >= count)
    return { state, effects: [] };
  if (state.count !== undefined && state.count !== count)
    // The set itself changed (PX4 counts those in use): indices mean something else now.
    return state.tries < paramTiming.listTries ? again(state, tMs) : over(state, gapsOf(state));
  const rows = state.rows.slice();
  const held = state.held + (rows[row.index] === undefined ? 1 : 0);
  rows[row.index] = row;
  const asked = state.asked.filter((each) => each.index !== row.index);
  return settle({ ...state, count, rows, held, asked }, tMs);
}

/** Whole, or what to do next. Called for every value: it must stay cheap. */
function settle(state: ParamListState, tMs: number): ParamListStep {
  if (state.phase === "repairing") return repair(state, tMs);
  if (state.phase !== "listing") return { state, effects: [] };
  const whole = state.held === state.count;
  // PX4 sends the hash after the last one; where there is none, quiet ends the list.
  if (whole && state.hash !== undefined) return over(state, wholeOf(state));
  const ending = state.count !== undefined && (whole || state.rows[state.count - 1] !== undefined);
  const quietMs = ending ? paramTiming.endMs : paramTiming.quietMs;
  const untilMs = state.count === undefined ? state.untilMs : tMs + quietMs;
  return { state: { ...state, untilMs }, effects: [{ kind: "wake", atMs: untilMs }] };
}

function repair(state: ParamListState, tMs: number): ParamListStep {
  const effects: ParamListEffect[] = [];
  const asked: Asked[] = [];
  const ask = (index: number, tries: number): void => {
    // Each further wait doubles: a slow link answers too, only later.
    const waitMs = Math.min(paramTiming.slowestMs, paramTiming.answerMs * 2 ** (tries - 1));
    asked.push({ index, tries, untilMs: tMs + waitMs });
    effects.push({ kind: "askIndex", index });
  };
  for (const each of state.asked) {
    if (tMs < each.untilMs) asked.push(each);
    else if (each.tries < paramTiming.indexTries) ask(each.index, each.tries + 1);
    else return over(state, gapsOf(state));
  }
  const count = state.count ?? 0;
  for (let index = 0; index < count && asked.length < paramTiming.indexInFlight; index++)
    if (state.rows[index] === undefined && !asked.some((each) => each.index === index)) ask(index, 1);
  if (asked.length === 0) return over(state, wholeOf(state));
  effects.push({ kind: "wake", atMs: Math.min(...asked.map((each) => each.untilMs)) });
  return { state: { ...state, asked }, effects };
}

function onTime(state: ParamListState, tMs: number): ParamListStep {
  if (state.phase === "repairing") return repair(state, tMs);
  if (state.phase === "idle" || tMs < state.untilMs) return { state, effects: [] };
  if (state.phase === "comparing")
    // An aircraft without a hash is read whole: a copy that cannot be compared is worth nothing.
    return state.tries < paramTiming.tries
      ? askHash(state, tMs)
      : askList({ ...state, known: undefined, tries: 0 }, tMs);
  if (state.count !== undefined) return repair({ ...state, phase: "repairing" }, tMs);
  return state.tries < paramTiming.listTries ? askList(state, tMs) : over(state, { kind: "silent" });
}

function again(state: ParamListState, tMs: number): ParamListStep {
  return askList({ ...state, count: undefined, rows: [], held: 0, asked: [], hash: undefined }, tMs);
}

const rowsOf = (state: ParamListState): ParamRow[] => state.rows.filter((row) => row !== undefined);

const wholeOf = (state: ParamListState): ParamListResult => ({
  kind: "whole",
  rows: rowsOf(state),
  hash: state.hash,
});

function gapsOf(state: ParamListState): ParamListResult {
  const missing: number[] = [];
  for (let index = 0; index < (state.count ?? 0); index++) if (state.rows[index] === undefined) missing.push(index);
  return { kind: "gaps", rows: rowsOf(state), missing };
}

function over(state: ParamListState, result: ParamListResult): ParamListStep {
  return { state: { ...state, phase: "over", rows: [], asked: [] }, effects: [{ kind: "result", result }] };
}
