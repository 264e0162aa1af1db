import type { Clearable } from "@outrider/contract";

type Standing = { readonly what: Clearable; readonly target: string; readonly end: () => void };

/** What injects began and has not ended: each is ended by its own name and target, and takes nothing else with it. */
export class StandingInjects {
  #all: readonly Standing[] = [];

  /** Remembers how to end it; what it gives back ends this one, once. */
  begin(what: Clearable, target: string, end: () => void): () => void {
    const one: Standing = { what, target, end };
    this.#all = [...this.#all, one];
    return () => {
      if (this.#all.includes(one)) this.#end([one]);
    };
  }

  /** Ends all of that name, of one target or of all; how many there were. */
  end(what: Clearable, target?: string): number {
    const meant = this.#all.filter((one) => one.what === what && (target === undefined || one.target === target));
    this.#end(meant);
    return meant.length;
  }

  /** Another run begins, where all of it is put right anyway. */
  forget(): void {
    this.#all = [];
  }

  #end(meant: readonly Standing[]): void {
    this.#all = this.#all.filter((one) => !meant.includes(one));
    for (const one of meant) one.end();
  }
}
