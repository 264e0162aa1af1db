import type { DockDoor } from "@outrider/contract";
import { dockTiming } from "./timing.js";

export type DoorOrder = {
  readonly orderId: string;
  readonly want: "open" | "closed";
  readonly sentMs: number;
  readonly phase: "sent" | "accepted" | "over";
};

export type DoorEvent =
  | { readonly kind: "answer"; readonly accepted: boolean; readonly reason: string }
  | { readonly kind: "door"; readonly door: DockDoor }
  | { readonly kind: "gone" }
  | { readonly kind: "time"; readonly tMs: number };

export type DoorEnd =
  | { readonly kind: "acknowledged" }
  | { readonly kind: "done"; readonly text: string }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "unconfirmed"; readonly text: string };

/** One step of one order to a door. It is sent once; only the door's own state says that it moved. */
export function stepDoor(order: DoorOrder, event: DoorEvent): { order: DoorOrder; ends: readonly DoorEnd[] } {
  if (order.phase === "over") return { order, ends: [] };
  const over = (end: DoorEnd): { order: DoorOrder; ends: readonly DoorEnd[] } => ({
    order: { ...order, phase: "over" },
    ends: [end],
  });
  switch (event.kind) {
    case "answer":
      if (!event.accepted) return over({ kind: "refused", reason: event.reason });
      if (order.phase === "accepted") return { order, ends: [] };
      return { order: { ...order, phase: "accepted" }, ends: [{ kind: "acknowledged" }] };
    case "door":
      // A pad has no door: it is as open as it will ever be.
      if (event.door === order.want || event.door === "none") return over({ kind: "done", text: `door ${event.door}` });
      if (event.door === "jammed") return over({ kind: "refused", reason: "the door is jammed" });
      return { order, ends: [] };
    case "gone":
      return over({ kind: "unconfirmed", text: "the dock's connection was lost; the door may have moved" });
    case "time": {
      const waitedMs = event.tMs - order.sentMs;
      if (order.phase === "sent" && waitedMs > dockTiming.answerMs)
        return over({ kind: "unconfirmed", text: "the dock did not answer; the door may move" });
      if (waitedMs > dockTiming.doorMs)
        return over({ kind: "unconfirmed", text: `the door is not ${order.want} after ${dockTiming.doorMs / 1000} s` });
      return { order, ends: [] };
    }
  }
}
