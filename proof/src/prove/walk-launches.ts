import type { Automaton } from "./automaton.js";
import type { Walked } from "./walk.js";

/** Most states of a single launch; a pair of them and the doors then fit into 32 bits. */
const MOST_SINGLE = 1 << 14;
const NONE = 0;

/** Two launches (the second may be none for ever) and the two doors. */
type Pair = { readonly a: number; readonly b: number; readonly doors: number };
type Visit = (a: number, b: number, doors: number, label: () => string, breach: string | undefined) => void;

const pack = (a: number, b: number, doors: number): number => (a * MOST_SINGLE + b) * 4 + doors;
const unpack = (code: number): Pair => {
  const high = Math.floor(code / 4);
  return { a: Math.floor(high / MOST_SINGLE), b: high % MOST_SINGLE, doors: code % 4 };
};
const turned = (doors: number): number => ((doors & 1) << 1) | (doors >> 1);

/** Grows as it fills; a million states take eight megabytes. */
class Found {
  codes = new Uint32Array(1 << 16);
  parents = new Uint32Array(1 << 16);
  size = 0;

  push(code: number, parent: number): void {
    if (this.size === this.codes.length) {
      const codes = new Uint32Array(this.size * 2);
      const parents = new Uint32Array(this.size * 2);
      codes.set(this.codes);
      parents.set(this.parents);
      this.codes = codes;
      this.parents = parents;
    }
    this.codes[this.size] = code;
    this.parents[this.size] = parent;
    this.size += 1;
  }
}

/** Breadth first over everything that one or two launches and their docks can be, the two aircraft and the two launches merged. */
export function walkLaunches(name: string, one: Automaton, launches: 1 | 2, mostStates = 400_000_000): Walked {
  const seen = new Uint32Array((MOST_SINGLE * MOST_SINGLE * 4) / 32);
  const found = new Found();
  let transitions = 0;
  let depth = 0;
  let whole = true;
  let from = 0;
  let broken: { breach: string; from: number; label: string } | undefined;

  const enter = (a: number, b: number, doors: number): void => {
    const code = smallest(one, a, b, doors);
    const word = Math.floor(code / 32);
    const bits = seen[word] ?? 0;
    const bit = 1 << (code & 31);
    if ((bits & bit) !== 0) return;
    if (found.size >= mostStates) {
      whole = false;
      return;
    }
    seen[word] = bits | bit;
    found.push(code, from);
  };
  const visit: Visit = (a, b, doors, label, breach) => {
    transitions += 1;
    const wrong = breach ?? one.broken(a) ?? one.broken(b);
    if (wrong !== undefined) broken ??= { breach: wrong, from, label: label() };
    else enter(a, b, doors);
  };

  enter(NONE, NONE, 0);
  for (let levelEnd = found.size; from < found.size && broken === undefined; levelEnd = found.size) {
    for (; from < levelEnd && broken === undefined; from += 1) {
      expand(one, launches, unpack(found.codes[from] ?? 0), visit);
      if (one.found > MOST_SINGLE) throw new Error("one launch has more states than this walk can number");
    }
    if (found.size > levelEnd) depth += 1;
  }
  return {
    name,
    states: found.size,
    transitions,
    depth,
    branching: transitions / Math.max(1, found.size),
    whole: whole && broken === undefined,
    counterexample:
      broken === undefined
        ? undefined
        : { breach: broken.breach, steps: pathTo(one, launches, found, broken.from, broken.breach) },
  };
}

/** Which of the equal states stands for all: launches exchanged, aircraft exchanged, both. */
function smallest(one: Automaton, a: number, b: number, doors: number): number {
  const sa = one.swap(a);
  const sb = one.swap(b);
  const straight = a < b ? pack(a, b, doors) : pack(b, a, doors);
  const across = sa < sb ? pack(sa, sb, turned(doors)) : pack(sb, sa, turned(doors));
  return straight < across ? straight : across;
}

function expand(one: Automaton, launches: 1 | 2, { a, b, doors }: Pair, visit: Visit): void {
  if (launches === 2 || b === NONE)
    ofOne(one, a, b, doors, (to, other, label, breach) => visit(to, other, doors, () => `launch 1: ${label}`, breach));
  // Where both are alike, what the second does is what the first does.
  if (a !== b && (launches === 2 || a === NONE))
    ofOne(one, b, a, doors, (to, other, label, breach) => visit(other, to, doors, () => `launch 2: ${label}`, breach));
  const ofA = one.heard(a);
  const ofB = one.heard(b);
  for (let at = 0; at < ofA.length; at += 1) {
    const first = ofA[at];
    const second = ofB[at];
    const event = one.events[at];
    if (first === undefined || second === undefined || event === undefined) continue;
    const bit = event.door?.uid === "B" ? 2 : 1;
    const next =
      event.newRun === true ? 0 : event.door === undefined ? doors : event.door.open ? doors | bit : doors & ~bit;
    if (first.to === a && second.to === b && next === doors) continue;
    visit(first.to, second.to, next, () => event.label, first.breach ?? second.breach);
  }
}

/** The moves of the first launch beside the second, which hears what it is told. */
function ofOne(
  one: Automaton,
  at: number,
  other: number,
  doors: number,
  visit: (to: number, other: number, label: string, breach: string | undefined) => void,
): void {
  for (const arcs of [one.free(at), one.gated(at, one.busy(at, other)), one.steps(at, other, doors)])
    for (const { to, told, label, breach } of arcs) {
      let hearer = other;
      let wrong = breach;
      for (const event of told) {
        const arc = one.heard(hearer)[event];
        hearer = arc?.to ?? hearer;
        wrong ??= arc?.breach;
      }
      visit(to, hearer, label, wrong);
    }
}

/** The way again without exchanging anything, so that the names in it stay the same from step to step. */
function pathTo(one: Automaton, launches: 1 | 2, found: Found, last: number, breach: string): string[] {
  const codes: number[] = [];
  for (let at = last; at > 0; at = found.parents[at] ?? 0) codes.push(found.codes[at] ?? 0);
  let here: Pair = { a: NONE, b: NONE, doors: 0 };
  const steps: string[] = [];
  for (const code of codes.reverse()) {
    let next: Pair | undefined;
    expand(one, launches, here, (a, b, doors, label, wrong) => {
      if (next !== undefined || wrong !== undefined || smallest(one, a, b, doors) !== code) return;
      next = { a, b, doors };
      steps.push(label());
    });
    here = next ?? here;
  }
  let end: string | undefined;
  expand(one, launches, here, (a, b, _doors, label, wrong) => {
    if ((wrong ?? one.broken(a) ?? one.broken(b)) === breach) end ??= label();
  });
  return [...steps, end ?? "?"];
}
