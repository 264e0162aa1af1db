import { type MavMessage, MavMissionResult, nameOf } from "@outrider/mavlink";
import type { PlanList } from "./item.js";
import { missionTiming } from "./timing.js";

export type TransferEvent =
  | { readonly kind: "start"; readonly tMs: number }
  | { readonly kind: "message"; readonly tMs: number; readonly message: MavMessage }
  | { readonly kind: "time"; readonly tMs: number };

export type TransferEffect<R> =
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "item"; readonly seq: number }
  | { readonly kind: "askList" }
  | { readonly kind: "askItem"; readonly seq: number }
  | { readonly kind: "ack" }
  | { readonly kind: "wake"; readonly atMs: number }
  | { readonly kind: "result"; readonly result: R };

export type UploadResult =
  | { readonly kind: "sent" }
  /** All items went out and no word came back: reading it back decides. */
  | { readonly kind: "unsure" }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "silent" };

export type UploadState = {
  readonly phase: "idle" | "offering" | "giving" | "over";
  readonly tries: number;
  readonly uploads: number;
  readonly highestSeq: number;
  readonly untilMs: number;
};

export const newUpload: UploadState = { phase: "idle", tries: 0, uploads: 0, highestSeq: -1, untilMs: 0 };

type Step = { readonly state: UploadState; readonly effects: readonly TransferEffect<UploadResult>[] };

/** One step of giving a list to the aircraft. It pulls the items; we only offer, answer and notice silence. */
export function stepUpload(list: PlanList, state: UploadState, event: TransferEvent): Step {
  switch (event.kind) {
    case "start":
      return state.phase === "idle" ? offer(list, { ...state, uploads: 1 }, event.tMs) : { state, effects: [] };
    case "message":
      return onMessage(list, state, event.message, event.tMs);
    case "time":
      return onTime(list, state, event.tMs);
  }
}

function offer(list: PlanList, state: UploadState, tMs: number): Step {
  const untilMs = tMs + missionTiming.stepMs;
  return {
    state: { ...state, phase: "offering", tries: state.tries + 1, untilMs },
    effects: [
      { kind: "count", count: list.items.length },
      { kind: "wake", atMs: untilMs },
    ],
  };
}

function onMessage(list: PlanList, state: UploadState, message: MavMessage, tMs: number): Step {
  if (state.phase !== "offering" && state.phase !== "giving") return { state, effects: [] };
  // PX4 asks in the old form after it has once heard it: both are answered with the item.
  if (message.name === "MISSION_REQUEST_INT" || message.name === "MISSION_REQUEST") {
    if (message.missionType !== list.type || message.seq >= list.items.length) return { state, effects: [] };
    // With the last item out only its answer is missing; when that is lost, reading back is the quicker way to know.
    const isLast = Math.max(state.highestSeq, message.seq) >= list.items.length - 1;
    const untilMs = tMs + (isLast ? missionTiming.stepMs : missionTiming.stalledMs);
    return {
      state: { ...state, phase: "giving", highestSeq: Math.max(state.highestSeq, message.seq), untilMs },
      effects: [
        { kind: "item", seq: message.seq },
        { kind: "wake", atMs: untilMs },
      ],
    };
  }
  if (message.name !== "MISSION_ACK" || message.missionType !== list.type) return { state, effects: [] };
  if (message.type !== MavMissionResult.ACCEPTED)
    return over(state, {
      kind: "refused",
      reason: nameOf(MavMissionResult, message.type).toLowerCase().replaceAll("_", " "),
    });
  // An acceptance before the last item was pulled belongs to an earlier transfer.
  const whole = state.highestSeq >= list.items.length - 1;
  return whole ? over(state, { kind: "sent" }) : { state, effects: [] };
}

function onTime(list: PlanList, state: UploadState, tMs: number): Step {
  if (state.phase === "idle" || state.phase === "over" || tMs < state.untilMs) return { state, effects: [] };
  if (state.phase === "offering") {
    if (state.tries <= missionTiming.retries) return offer(list, state, tMs);
    return over(state, { kind: "silent" });
  }
  if (state.highestSeq >= list.items.length - 1) return over(state, { kind: "unsure" });
  if (state.uploads < missionTiming.uploads)
    return offer(list, { ...state, tries: 0, uploads: state.uploads + 1, highestSeq: -1 }, tMs);
  return over(state, { kind: "silent" });
}

function over(state: UploadState, result: UploadResult): Step {
  return { state: { ...state, phase: "over" }, effects: [{ kind: "result", result }] };
}
