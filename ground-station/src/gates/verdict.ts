import type { GateId, GateResult } from "@outrider/contract";
import { type Said, worded } from "./worded.js";

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

/** The same with its figures, for readers with other units. */
export const gateWorded = ({ name, text, wording }: GateResult): Said =>
  wording === undefined ? `${name}: ${text}` : worded`${name}: ${{ text, wording }}`;

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
        old === undefined ||
        old.gate !== gate.gate ||
        old.state !== gate.state ||
        old.settledBy !== gate.settledBy ||
        wordsDiffer(old.text, gate.text) ||
        hasMoved(old, gate)
      );
    })
  );
}

/** Whether two texts say different things: figures alone are the same thing measured again. */
export const wordsDiffer = (before: string, after: string): boolean => plain(before) !== plain(after);

const plain = (text: string): string => text.replace(/[-−]?\d+(?:[.,:]\d+)*/g, "#");

/** Of what it is held against. Less is trembling; ages move by themselves and are shown where they are read. */
const MOVED_SHARE = 0.3;
const hasMoved = (before: GateResult, { measured, limit, unit }: GateResult): boolean =>
  before.measured !== undefined &&
  measured !== undefined &&
  limit !== undefined &&
  unit !== "s" &&
  before.unit === unit &&
  Math.abs(measured - before.measured) > MOVED_SHARE * Math.abs(limit);
