import type { Fact } from "@outrider/contract";

/** State that is nothing but a fold of facts. `evolve` is total: a fact that does not concern the room returns the state as it is. */
export type Room<S> = { readonly name: string; initial(): S; evolve(state: S, fact: Fact): S };
