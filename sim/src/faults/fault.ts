import { type SimFault, simFault } from "@outrider/contract";

/**
 * What can be broken on purpose, as the wire says it. Every fault is reversible by clearing it; `target` names an
 * aircraft (its uid), a dock (its id), a link (a name the composer gives it), or "*" for all.
 */
export type Fault = SimFault;

export type FaultKind = Fault["kind"];
export type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>;

export type ActiveFault = {
  readonly id: string;
  readonly target: string;
  readonly fault: Fault;
  readonly sinceMs: number;
};

export const faultKinds: readonly FaultKind[] = simFault.options.map((one) => one.shape.kind.value);
