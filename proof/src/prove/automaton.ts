import { busyWith, type LaunchState, launchRoom } from "@outrider/ground-station";
import { canonical, swapped } from "./canonical.js";
import {
  brokenState,
  freeMoves,
  gatedMoves,
  type Move,
  type Shared,
  type Size,
  sharedEvents,
  stepMoves,
} from "./moves.js";
import { aircraft } from "./offers.js";
import { type Deciders, noSingle, type Single, SingleRules } from "./single.js";

/** A move from one numbered state of a launch to another. */
export type Arc = {
  readonly to: number;
  readonly label: string;
  readonly breach: string | undefined;
  /** Which shared events the other launches hear of it. */
  readonly told: readonly number[];
};

/** Doors of A and B as bits 1 and 2. */
export type Doors = number;
const doorsOf = (bits: Doors) => ({ A: (bits & 1) !== 0, B: (bits & 2) !== 0 });

/**
 * The states that one launch can be in, numbered as they are found, with what leads where. Several launches meet only in
 * facts that both hear, in doors, and in whether the other has the aircraft: so each decider is asked once for each
 * state of one launch, however many states of two there are.
 */
export class Automaton {
  readonly events: readonly Shared[];
  readonly #rules: SingleRules;
  readonly #size: Size;
  readonly #numbers = new Map<string, number>();
  readonly #states: Single[] = [];
  readonly #free: (readonly Arc[] | undefined)[] = [];
  readonly #gated: (readonly Arc[] | undefined)[] = [];
  readonly #steps: (readonly Arc[] | undefined)[] = [];
  readonly #heard: (readonly Arc[] | undefined)[] = [];
  readonly #swaps: (number | undefined)[] = [];
  readonly #uid: number[] = [];
  readonly #holds: number[] = [];
  readonly #armed: number[] = [];
  readonly #broken: (string | undefined)[] = [];

  constructor(size: Size, deciders: Deciders) {
    this.#size = size;
    this.#rules = new SingleRules(deciders);
    this.events = sharedEvents(size);
    this.number(noSingle);
  }

  get found(): number {
    return this.#states.length;
  }

  state(at: number): Single {
    return this.#states[at] ?? noSingle;
  }

  number(wild: Single): number {
    const { key, single } = canonical(wild);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const at = this.#states.length;
    this.#numbers.set(key, at);
    this.#states.push(single);
    const uid = single.launch?.offer.choice.uid;
    this.#uid.push(uid === undefined ? 0 : uid === "A" ? 1 : 2);
    this.#holds.push(heldBy(single));
    this.#armed.push(single.launch?.mayBeArmed === true ? (uid === "A" ? 1 : 2) : 0);
    this.#broken.push(brokenState(this.#rules, single));
    return at;
  }

  /** Which rule about states this one breaks. */
  broken(at: number): string | undefined {
    return this.#broken[at];
  }

  swap(at: number): number {
    const known = this.#swaps[at];
    if (known !== undefined) return known;
    const other = this.number(swapped(this.state(at)));
    this.#swaps[at] = other;
    this.#swaps[other] = at;
    return other;
  }

  /** Whether the other launch has the aircraft of this one. */
  busy(at: number, other: number): boolean {
    return ((this.#uid[at] ?? 0) & (this.#holds[other] ?? 0)) !== 0;
  }

  free(at: number): readonly Arc[] {
    const known = this.#free[at];
    if (known !== undefined) return known;
    const arcs = this.#arcs(at, freeMoves(this.#rules, this.state(at), this.#size));
    this.#free[at] = arcs;
    return arcs;
  }

  gated(at: number, busy: boolean): readonly Arc[] {
    const place = at * 2 + (busy ? 1 : 0);
    const known = this.#gated[place];
    if (known !== undefined) return known;
    const arcs = this.#arcs(at, gatedMoves(this.#rules, this.state(at), { busy }, this.#size));
    this.#gated[place] = arcs;
    return arcs;
  }

  steps(at: number, other: number, doors: Doors): readonly Arc[] {
    const busy = this.busy(at, other);
    const twin = ((this.#uid[at] ?? 0) & (this.#armed[other] ?? 0)) !== 0;
    const place = at * 16 + doors * 4 + (busy ? 2 : 0) + (twin ? 1 : 0);
    const known = this.#steps[place];
    if (known !== undefined) return known;
    const arcs = this.#arcs(at, stepMoves(this.#rules, this.state(at), { doors: doorsOf(doors), busy, twin }));
    this.#steps[place] = arcs;
    return arcs;
  }

  /** Where each shared event leads, by its number; here also arcs that lead nowhere. */
  heard(at: number): readonly Arc[] {
    const known = this.#heard[at];
    if (known !== undefined) return known;
    const arcs = this.events.map(({ label, fact }) => this.#arc({ ...this.#rules.hear(this.state(at), fact), label }));
    this.#heard[at] = arcs;
    return arcs;
  }

  #arc(move: Move): Arc {
    const told = move.told.map((one) => {
      const text = JSON.stringify(one.data);
      return this.events.findIndex(({ fact }) => fact.type === one.type && JSON.stringify(fact.data) === text);
    });
    const deaf = told.includes(-1) ? "a launch tells the others what this model does not pass on" : undefined;
    return { to: this.number(move.single), label: move.label, breach: move.breach ?? deaf, told };
  }

  #arcs(at: number, moves: Iterable<Move>): readonly Arc[] {
    const arcs: Arc[] = [];
    for (const move of moves) {
      const arc = this.#arc(move);
      const idle = arc.to === at && arc.breach === undefined && arc.told.length === 0;
      const twice = arcs.some(
        (one) => one.to === arc.to && one.breach === arc.breach && one.told.join() === arc.told.join(),
      );
      if (!idle && !twice) arcs.push(arc);
    }
    return arcs;
  }
}

/** Which aircraft no other launch may have, asked of the station's own rule. */
function heldBy(single: Single): number {
  if (single.launch === undefined) return 0;
  const state: LaunchState = { ...launchRoom.initial(), launches: new Map([["other", single.launch]]) };
  return aircraft.reduce((bits, uid, at) => (busyWith(state, uid, "this") === undefined ? bits : bits | (1 << at)), 0);
}
