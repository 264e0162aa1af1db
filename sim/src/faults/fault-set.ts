import type { ActiveFault, Fault, FaultKind, FaultOf } from "./fault.js";

/** The faults active in one run. Parts ask it each time; nothing is remembered by those who ask. */
export class FaultSet {
  readonly #active = new Map<string, ActiveFault>();
  #next = 1;

  /** Breaks something; the id clears it again. */
  inject(target: string, fault: Fault, tMs: number): string {
    const id = `fault_${this.#next++}`;
    this.#active.set(id, { id, target, fault, sinceMs: tMs });
    return id;
  }

  /** True when there was such a fault. */
  clear(id: string): boolean {
    return this.#active.delete(id);
  }

  clearTarget(target: string): void {
    for (const [id, active] of this.#active) if (active.target === target) this.#active.delete(id);
  }

  clearAll(): void {
    this.#active.clear();
  }

  list(): readonly ActiveFault[] {
    return [...this.#active.values()];
  }

  /** The latest fault of a kind on a target or on "*". */
  find<K extends FaultKind>(target: string, kind: K): FaultOf<K> | undefined {
    if (this.#active.size === 0) return undefined;
    let found: FaultOf<K> | undefined;
    for (const { target: on, fault } of this.#active.values()) {
      if (isOfKind(fault, kind) && (on === target || on === "*")) found = fault;
    }
    return found;
  }

  has(target: string, kind: FaultKind): boolean {
    return this.find(target, kind) !== undefined;
  }
}

function isOfKind<K extends FaultKind>(fault: Fault, kind: K): fault is FaultOf<K> {
  return fault.kind === kind;
}
