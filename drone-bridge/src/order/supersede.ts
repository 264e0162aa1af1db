import type { Order, VerbName } from "@outrider/contract";
import type { OrderRun } from "./order-run.js";

const flight: readonly VerbName[] = [
  "startMission",
  "goto",
  "orbit",
  "changeHeight",
  "hold",
  "return",
  "land",
  "emergencyStop",
  "takeStick",
  "releaseStick",
];

/** Verbs that want the same thing moved: of one set only the latest can hold. Motors stopped are not taken back. */
const sets: readonly { readonly by: ReadonlySet<VerbName>; readonly over: ReadonlySet<VerbName> }[] = [
  { by: new Set(flight), over: new Set(flight.filter((verb) => verb !== "emergencyStop")) },
  // What brings it to rest comes after an arming that has not left yet: then it does not leave.
  { by: new Set<VerbName>(["hold", "return", "land", "emergencyStop"]), over: new Set<VerbName>(["arm"]) },
  {
    by: new Set<VerbName>(["pointCamera", "aimCamera", "levelCamera"]),
    over: new Set<VerbName>(["pointCamera", "aimCamera", "levelCamera"]),
  },
  { by: new Set<VerbName>(["zoomCamera"]), over: new Set<VerbName>(["zoomCamera"]) },
];

/**
 * A newer order for the same thing ends the waiting of those before it: what they asked for will not be seen now. One
 * that has not left does not leave any more. `runs` in the order in which they came.
 */
export function supersede(runs: Iterable<OrderRun>, by: OrderRun): void {
  for (const run of runs) {
    if (run === by) return;
    if (run.order.uid === by.order.uid && takesPlaceOf(by.order, run.order)) run.replace(by);
  }
}

const takesPlaceOf = (by: Order, other: Order): boolean =>
  sets.some((set) => set.by.has(by.act.verb) && set.over.has(other.act.verb));
