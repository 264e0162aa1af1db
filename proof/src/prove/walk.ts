/** One step of a model: what was done, where it leads, and which rule it broke on the way. */
export type Step<S> = { readonly label: string; readonly state: S; readonly breach?: string | undefined };

export type Model<S> = {
  readonly name: string;
  readonly initial: S;
  next(state: S): Iterable<Step<S>>;
  /** Equal for states that no rule can tell apart: ids renamed, times as what they are compared with. */
  key(state: S): string;
};

export type Walked = {
  readonly name: string;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly branching: number;
  /** False where the limit of states was reached before the end of the space. */
  readonly whole: boolean;
  readonly counterexample: { readonly breach: string; readonly steps: readonly string[] } | undefined;
};

/** Breadth first, so that the first breach found is the shortest. */
export function walk<S>(model: Model<S>, mostStates: number): Walked {
  const parents: number[] = [-1];
  const labels: string[] = ["start"];
  const seen = new Set<string>([model.key(model.initial)]);
  let level: { state: S; at: number }[] = [{ state: model.initial, at: 0 }];
  let transitions = 0;
  let depth = 0;
  let whole = true;
  const result = (counterexample: Walked["counterexample"]): Walked => ({
    name: model.name,
    states: seen.size,
    transitions,
    depth,
    branching: transitions / Math.max(1, seen.size),
    whole: whole && counterexample === undefined,
    counterexample,
  });
  while (level.length > 0) {
    const following: { state: S; at: number }[] = [];
    for (const { state, at } of level) {
      for (const step of model.next(state)) {
        transitions += 1;
        if (step.breach !== undefined)
          return result({ breach: step.breach, steps: [...path(parents, labels, at), step.label] });
        if (step.state === state) continue;
        const key = model.key(step.state);
        if (seen.has(key)) continue;
        if (seen.size >= mostStates) {
          whole = false;
          continue;
        }
        seen.add(key);
        parents.push(at);
        labels.push(step.label);
        following.push({ state: step.state, at: parents.length - 1 });
      }
    }
    if (following.length > 0) depth += 1;
    level = following;
  }
  return result(undefined);
}

function path(parents: readonly number[], labels: readonly string[], at: number): string[] {
  const steps: string[] = [];
  for (let here = at; here > 0; here = parents[here] ?? -1) steps.push(labels[here] ?? "?");
  return steps.reverse();
}
