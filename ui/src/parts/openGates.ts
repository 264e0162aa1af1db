import type { GateView } from "./GateRow.js";

/** Gates that wait for a person's look; their place in this list is their key. */
export function openGates(gates: readonly GateView[]): readonly GateView[] {
  return gates.filter((g) => g.look === "unknown" && g.settledBy === undefined).slice(0, 9);
}
