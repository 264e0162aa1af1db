import { MavResult, nameOf } from "@outrider/mavlink";
import type { CommandSpec } from "./spec.js";
import { commandTiming } from "./timing.js";

export type CommandOutcome =
  | { readonly kind: "accepted" }
  | { readonly kind: "refused"; readonly result: string; readonly reason: string }
  /** It was at it and stopped because it was told to. */
  | { readonly kind: "cancelled" }
  /** Nobody answered: it may have happened. */
  | { readonly kind: "unanswered" }
  /** Nothing was sent: there is no way to the aircraft. */
  | { readonly kind: "unsent" };

type Text = { readonly tMs: number; readonly text: string };

export type CommandState =
  | { readonly phase: "idle"; readonly texts: readonly Text[] }
  | {
      readonly phase: "waiting";
      readonly tries: number;
      readonly untilMs: number;
      readonly texts: readonly Text[];
      /** It is told to stop as soon as it says that it is at it: before that there is nothing to cancel. */
      readonly unwanted?: boolean;
    }
  | { readonly phase: "working"; readonly untilMs: number; readonly texts: readonly Text[] }
  | { readonly phase: "cancelling"; readonly untilMs: number; readonly texts: readonly Text[] }
  | { readonly phase: "settling"; readonly untilMs: number; readonly texts: readonly Text[] }
  | {
      readonly phase: "explaining";
      readonly result: number;
      readonly refusedMs: number;
      readonly untilMs: number;
      readonly texts: readonly Text[];
    }
  | { readonly phase: "over"; readonly outcome: CommandOutcome; readonly texts: readonly Text[] };

export type CommandEvent =
  | { readonly kind: "start"; readonly tMs: number }
  | { readonly kind: "answer"; readonly tMs: number; readonly result: number }
  | { readonly kind: "text"; readonly tMs: number; readonly text: string }
  | { readonly kind: "time"; readonly tMs: number }
  | { readonly kind: "cancel"; readonly tMs: number }
  | { readonly kind: "noWay"; readonly tMs: number };

export type CommandEffect =
  | { readonly kind: "send"; readonly confirmation: number }
  | { readonly kind: "sendCancel" }
  | { readonly kind: "wake"; readonly atMs: number }
  | { readonly kind: "outcome"; readonly outcome: CommandOutcome };

export type CommandStep = { readonly state: CommandState; readonly effects: readonly CommandEffect[] };

export const newCommand: CommandState = { phase: "idle", texts: [] };

/** One step of one command. Pure: the same events give the same sends, however the link behaved. */
export function stepCommand(spec: CommandSpec, state: CommandState, event: CommandEvent): CommandStep {
  switch (event.kind) {
    case "start":
      return state.phase === "idle" ? send(state, 0, event.tMs) : { state, effects: [] };
    case "text":
      return {
        state: { ...state, texts: [...state.texts, { tMs: event.tMs, text: event.text }].slice(-8) },
        effects: [],
      };
    case "answer":
      return onAnswer(spec, state, event.result, event.tMs);
    case "time":
      return onTime(spec, state, event.tMs);
    case "cancel":
      return onCancel(state, event.tMs);
    case "noWay":
      return state.phase === "over" ? { state, effects: [] } : over(state, { kind: "unsent" });
  }
}

function send(state: CommandState, tries: number, tMs: number): CommandStep {
  const untilMs = tMs + commandTiming.answerMs;
  return {
    state: { phase: "waiting", tries: tries + 1, untilMs, texts: state.texts },
    effects: [
      { kind: "send", confirmation: tries },
      { kind: "wake", atMs: untilMs },
    ],
  };
}

/** COMMAND_CANCEL goes out once, and only to what has said that it is at it (MAVLink, command protocol). */
function onCancel(state: CommandState, tMs: number): CommandStep {
  if (state.phase === "waiting") return { state: { ...state, unwanted: true }, effects: [] };
  if (state.phase !== "working") return { state, effects: [] };
  const untilMs = tMs + commandTiming.answerMs;
  return {
    state: { phase: "cancelling", untilMs, texts: state.texts },
    effects: [{ kind: "sendCancel" }, { kind: "wake", atMs: untilMs }],
  };
}

function onProgress(state: CommandState, tMs: number): CommandStep {
  // What it says of its progress is no answer to being told to stop.
  if (state.phase === "cancelling") return { state, effects: [] };
  const untilMs = tMs + commandTiming.progressMs;
  const working: CommandState = { phase: "working", untilMs, texts: state.texts };
  if (state.phase === "waiting" && state.unwanted === true) return onCancel(working, tMs);
  // Being worked on: sending it again now would be a second command.
  return { state: working, effects: [{ kind: "wake", atMs: untilMs }] };
}

const answerable: ReadonlySet<CommandState["phase"]> = new Set(["waiting", "working", "cancelling", "settling"]);

function onAnswer(spec: CommandSpec, state: CommandState, result: number, tMs: number): CommandStep {
  if (!answerable.has(state.phase)) return { state, effects: [] };
  if (result === MavResult.IN_PROGRESS) return onProgress(state, tMs);
  if (result === MavResult.CANCELLED && state.phase === "cancelling") return over(state, { kind: "cancelled" });
  if (result === MavResult.ACCEPTED) {
    if (!spec.answersTwice) return over(state, { kind: "accepted" });
    if (state.phase === "settling") return over(state, { kind: "accepted" });
    const untilMs = tMs + commandTiming.secondAnswerMs;
    return { state: { phase: "settling", untilMs, texts: state.texts }, effects: [{ kind: "wake", atMs: untilMs }] };
  }
  const untilMs = tMs + commandTiming.reasonAfterMs;
  return {
    state: { phase: "explaining", result, refusedMs: tMs, untilMs, texts: state.texts },
    effects: [{ kind: "wake", atMs: untilMs }],
  };
}

function onTime(spec: CommandSpec, state: CommandState, tMs: number): CommandStep {
  if (state.phase === "idle" || state.phase === "over" || tMs < state.untilMs) return { state, effects: [] };
  switch (state.phase) {
    case "waiting":
      if (state.tries < spec.tries) return send(state, state.tries, tMs);
      return over(state, { kind: "unanswered" });
    case "working":
    case "cancelling":
      return over(state, { kind: "unanswered" });
    case "settling":
      return over(state, { kind: "accepted" });
    case "explaining":
      return over(state, {
        kind: "refused",
        result: nameOf(MavResult, state.result),
        reason: reasonFrom(state.texts, state.refusedMs, nameOf(MavResult, state.result)),
      });
  }
}

function over(state: CommandState, outcome: CommandOutcome): CommandStep {
  return { state: { phase: "over", outcome, texts: state.texts }, effects: [{ kind: "outcome", outcome }] };
}

/** The autopilot's own words around the refusal, else the bare result: "denied" alone helps nobody. */
function reasonFrom(texts: readonly Text[], refusedMs: number, result: string): string {
  const near = texts.filter((text) => text.tMs >= refusedMs - commandTiming.reasonBeforeMs).map((text) => text.text);
  const words = [...new Set(near)].join("; ");
  const plain = result.toLowerCase().replaceAll("_", " ");
  return words === "" ? `the autopilot answered: ${plain}` : `${words} (${plain})`;
}
