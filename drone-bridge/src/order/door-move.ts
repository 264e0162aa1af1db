import type { Clock } from "@outrider/contract";
import type { DockDesk } from "../dock/index.js";
import type { OrderRun } from "./order-run.js";

/** Sends an order to a dock, where it is one; false for any other verb. */
export function moveDoor(docks: DockDesk, run: OrderRun, clock: Clock): boolean {
  const { act, orderId } = run.order;
  if (act.verb !== "openDock" && act.verb !== "closeDock") return false;
  run.sentMs = clock.nowMs();
  docks.moveDoor(act.dockId, orderId, act.verb === "openDock" ? "open" : "closed", (end) => {
    switch (end.kind) {
      case "acknowledged":
        return run.acknowledged();
      case "done":
        return run.done(end.text);
      case "refused":
        return run.refuse(end.reason);
      case "unconfirmed":
        return run.unconfirmed(end.text);
    }
  });
  return true;
}
