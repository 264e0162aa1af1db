import type { RunBranch, StationToSim, TrainerDeed } from "@outrider/contract";

export type Rewind = Extract<StationToSim, { kind: "rewind" }>;

/** About this long a trainer waits for a branch, as far as the pace allows. */
const waitS = 12;
/** Beyond this the links of standing aircraft would look late to a busy machine. */
const fastest = 12;
const slowest = 4;

/**
 * How a branch catches up with its parent: the run from its start again, with what the trainer had done, at a pace that
 * the whole product keeps; at the mark everything stands and waits for him.
 */
export class CatchUp {
  readonly branch: RunBranch;
  readonly untilMs: number;
  readonly rate: number;
  #deeds: readonly { readonly dueMs: number; readonly deed: TrainerDeed }[];

  constructor({ branch, deeds }: Pick<Rewind, "branch" | "deeds">, startMs: number) {
    this.branch = branch;
    this.untilMs = startMs + branch.toS * 1000;
    this.rate = Math.min(fastest, Math.max(slowest, branch.toS / waitS));
    this.#deeds = deeds
      .map(({ atS, deed }) => ({ dueMs: startMs + atS * 1000, deed }))
      .sort((a, b) => a.dueMs - b.dueMs);
  }

  /** What is due now, each once, in the order in which it was made. */
  due(nowMs: number): readonly TrainerDeed[] {
    const due = this.#deeds.filter((one) => one.dueMs <= nowMs);
    if (due.length > 0) this.#deeds = this.#deeds.filter((one) => one.dueMs > nowMs);
    return due.map((one) => one.deed);
  }

  isOver(nowMs: number): boolean {
    return nowMs >= this.untilMs;
  }
}
