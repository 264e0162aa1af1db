/**
 * What can be broken on purpose. Every fault is reversible by clearing it; `target` names an aircraft (its uid), a
 * dock (its id), a link (a name the composer gives it), or "*" for all.
 */
export type Fault =
  | { readonly kind: "packet-loss"; readonly probability: number }
  | { readonly kind: "duplicate"; readonly probability: number }
  | { readonly kind: "reorder"; readonly probability: number; readonly delayMs: number }
  | { readonly kind: "delay"; readonly delayMs: number; readonly jitterMs: number }
  | { readonly kind: "byte-noise"; readonly probability: number }
  | { readonly kind: "dead-link" }
  /** Commands are executed, their COMMAND_ACK is swallowed; without `command` for all. */
  | { readonly kind: "no-ack"; readonly command?: number }
  /** Commands are executed, the COMMAND_ACK lies. */
  | { readonly kind: "wrong-ack"; readonly command?: number; readonly result: number }
  | { readonly kind: "gps-jump"; readonly northM: number; readonly eastM: number; readonly upM: number }
  | { readonly kind: "gps-stop" }
  /** Charge that is shown and usable falls to this at most, as cold or old cells do it. */
  | { readonly kind: "battery-sag"; readonly toPct: number }
  | { readonly kind: "motor-loss"; readonly rotor: 1 | 2 | 3 | 4 }
  /** The dock's door stops where it is. */
  | { readonly kind: "jammed-dock" }
  | { readonly kind: "duplicate-sysid"; readonly sysid: number }
  /** The target's clock reads this much ahead of run time. */
  | { readonly kind: "clock-skew"; readonly skewMs: number };

export type FaultKind = Fault["kind"];
export type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>;

export type ActiveFault = {
  readonly id: string;
  readonly target: string;
  readonly fault: Fault;
  readonly sinceMs: number;
};

export const faultKinds: readonly FaultKind[] = [
  "packet-loss",
  "duplicate",
  "reorder",
  "delay",
  "byte-noise",
  "dead-link",
  "no-ack",
  "wrong-ack",
  "gps-jump",
  "gps-stop",
  "battery-sag",
  "motor-loss",
  "jammed-dock",
  "duplicate-sysid",
  "clock-skew",
];
