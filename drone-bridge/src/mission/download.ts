import type { MavMessage } from "@outrider/mavlink";
import type { PlanItem, PlanList } from "./item.js";
import { missionTiming } from "./timing.js";
import type { TransferEffect, TransferEvent } from "./upload.js";

export type DownloadResult =
  | { readonly kind: "read"; readonly items: readonly PlanItem[] }
  | { readonly kind: "silent" }
  /** More than anybody put there: what is aboard is not known. */
  | { readonly kind: "tooMany"; readonly count: number };

export type DownloadState = {
  readonly phase: "idle" | "listing" | "reading" | "over";
  readonly count: number;
  readonly items: readonly PlanItem[];
  readonly tries: number;
  readonly untilMs: number;
};

export const newDownload: DownloadState = { phase: "idle", count: 0, items: [], tries: 0, untilMs: 0 };

type Step = { readonly state: DownloadState; readonly effects: readonly TransferEffect<DownloadResult>[] };

/** One step of reading a list back. Here we pull: an item that does not come is asked for again. */
export function stepDownload(type: PlanList["type"], state: DownloadState, event: TransferEvent): Step {
  switch (event.kind) {
    case "start":
      return state.phase === "idle" ? askList(state, event.tMs) : { state, effects: [] };
    case "message":
      return onMessage(type, state, event.message, event.tMs);
    case "time":
      return onTime(state, event.tMs);
  }
}

function askList(state: DownloadState, tMs: number): Step {
  const untilMs = tMs + missionTiming.stepMs;
  return {
    state: { ...state, phase: "listing", tries: state.tries + 1, untilMs },
    effects: [{ kind: "askList" }, { kind: "wake", atMs: untilMs }],
  };
}

/** The first wait is 250 ms; each further one doubles up to a step's, since a slow link answers too, only later. */
function askItem(state: DownloadState, tMs: number): Step {
  const untilMs = tMs + Math.min(missionTiming.stepMs, missionTiming.itemMs * 2 ** state.tries);
  return {
    state: { ...state, phase: "reading", tries: state.tries + 1, untilMs },
    effects: [
      { kind: "askItem", seq: state.items.length },
      { kind: "wake", atMs: untilMs },
    ],
  };
}

function onMessage(type: PlanList["type"], state: DownloadState, message: MavMessage, tMs: number): Step {
  if (state.phase === "listing" && message.name === "MISSION_COUNT" && message.missionType === type) {
    if (message.count === 0) return finish(state, []);
    // What we put there is never that long. An empty list would read like one of ours, and nothing is known of this one.
    if (message.count > missionTiming.mostItems)
      return {
        state: { ...state, phase: "over" },
        effects: [{ kind: "result", result: { kind: "tooMany", count: message.count } }],
      };
    return askItem({ ...state, count: message.count, tries: 0 }, tMs);
  }
  if (state.phase !== "reading" || message.name !== "MISSION_ITEM_INT" || message.missionType !== type)
    return { state, effects: [] };
  // Late and doubled ones are dropped: the next in order is asked for anyway.
  if (message.seq !== state.items.length) return { state, effects: [] };
  const { command, frame, param1, param2, param3, param4, x, y, z } = message;
  const items = [...state.items, { command, frame, params: [param1, param2, param3, param4] as const, x, y, z }];
  return items.length === state.count ? finish(state, items) : askItem({ ...state, items, tries: 0 }, tMs);
}

function onTime(state: DownloadState, tMs: number): Step {
  if ((state.phase !== "listing" && state.phase !== "reading") || tMs < state.untilMs) return { state, effects: [] };
  if (state.tries > missionTiming.retries)
    return { state: { ...state, phase: "over" }, effects: [{ kind: "result", result: { kind: "silent" } }] };
  return state.phase === "listing" ? askList(state, tMs) : askItem(state, tMs);
}

function finish(state: DownloadState, items: readonly PlanItem[]): Step {
  return {
    state: { ...state, phase: "over", items },
    effects: [{ kind: "ack" }, { kind: "result", result: { kind: "read", items } }],
  };
}
