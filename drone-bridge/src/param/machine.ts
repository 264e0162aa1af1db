import { paramTiming } from "./timing.js";

export type ParamState = {
  readonly waiting: readonly string[];
  readonly asked: Readonly<Record<string, { readonly tries: number; readonly untilMs: number }>>;
  readonly values: Readonly<Record<string, number>>;
  readonly missing: readonly string[];
};

export type ParamEvent =
  | { readonly kind: "time"; readonly tMs: number }
  | { readonly kind: "value"; readonly tMs: number; readonly paramName: string; readonly value: number };

export type ParamEffect =
  | { readonly kind: "ask"; readonly paramName: string }
  | { readonly kind: "wake"; readonly atMs: number }
  | { readonly kind: "done"; readonly values: Readonly<Record<string, number>>; readonly missing: readonly string[] };

export const newParamRead = (names: readonly string[]): ParamState => ({
  waiting: [...new Set(names)],
  asked: {},
  values: {},
  missing: [],
});

/** One step of reading parameters by name, a few at a time. Never by index: indices move between firmwares. */
export function stepParams(
  state: ParamState,
  event: ParamEvent,
): { state: ParamState; effects: readonly ParamEffect[] } {
  const asked = { ...state.asked };
  const values = { ...state.values };
  const waiting = [...state.waiting];
  const missing = [...state.missing];
  const effects: ParamEffect[] = [];
  if (event.kind === "value") {
    // Own names only: an aircraft may call a parameter "constructor".
    if (!Object.hasOwn(asked, event.paramName)) return { state, effects };
    delete asked[event.paramName];
    values[event.paramName] = event.value;
  }
  const ask = (paramName: string, tries: number): void => {
    asked[paramName] = { tries, untilMs: event.tMs + paramTiming.answerMs };
    effects.push({ kind: "ask", paramName });
  };
  for (const [paramName, { tries, untilMs }] of Object.entries(asked)) {
    if (event.tMs < untilMs) continue;
    if (tries < paramTiming.tries) ask(paramName, tries + 1);
    else {
      delete asked[paramName];
      missing.push(paramName);
    }
  }
  while (waiting.length > 0 && Object.keys(asked).length < paramTiming.inFlight) ask(waiting.shift() ?? "", 1);
  const open = Object.values(asked);
  if (open.length === 0) effects.push({ kind: "done", values, missing });
  else effects.push({ kind: "wake", atMs: Math.min(...open.map((each) => each.untilMs)) });
  return { state: { waiting, asked, values, missing }, effects };
}
