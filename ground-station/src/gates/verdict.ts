import type { GateId, GateResult } from "@outrider/contract";

export type Verdict =
  | { readonly kind: "clear" }
  /** Unknown gates that nobody has settled: a human has to look; an automatic launch stops. */
  | { readonly kind: "needsHuman"; readonly gates: readonly GateResult[] }
  | { readonly kind: "blocked"; readonly gates: readonly GateResult[] };

/** What all gates together say. A settled unknown counts as looked at; a block can be settled by nobody. */
export function verdictOf(gates: readonly GateResult[]): Verdict {
  const blocked = gates.filter((gate) => gate.state === "block");
  if (blocked.length > 0) return { kind: "blocked", gates: blocked };
  const open = gates.filter((gate) => gate.state === "unknown" && gate.settledBy === undefined);
  return open.length > 0 ? { kind: "needsHuman", gates: open } : { kind: "clear" };
}

/** A gate's finding where no table names it: in a reason, in a refusal, on the timeline. */
export const gateSaid = ({ name, text }: GateResult): string => `${name}: ${text}`;

/** Carries a person's word over to newly measured gates; it holds only while the gate is still unknown. */
export function withSettled(gates: readonly GateResult[], settled: ReadonlyMap<GateId, string>): GateResult[] {
  return gates.map((gate) => {
    const by = settled.get(gate.gate);
    return by === undefined || gate.state !== "unknown" ? gate : { ...gate, settledBy: by };
  });
}

/** Whether a reader would see a difference: values may tremble, words and states may not. */
export function gatesDiffer(before: readonly GateResult[], after: readonly GateResult[]): boolean {
  return (
    before.length !== after.length ||
    after.some((gate, at) => {
      const old = before[at];
      return (
        old === undefined || old.gate !== gate.gate || old.state !== gate.state || old.settledBy !== gate.settledBy
      );
    })
  );
}
