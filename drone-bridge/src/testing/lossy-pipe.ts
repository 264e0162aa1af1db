import type { Chance } from "@outrider/contract";
import type { FakeClock } from "./fake-clock.js";

export type PipeFaults = {
  readonly loss: number;
  readonly duplicate: number;
  /** Each copy arrives after between this and twice this: unequal delays reorder. */
  readonly delayMs: number;
  /** Share of the bytes that the link turns (`byteNoise`); none where left out. */
  readonly noise?: number;
};

/** One direction of a bad link. */
export function lossyPipe<T>(
  clock: FakeClock,
  chance: Chance,
  faults: PipeFaults,
  deliver: (thing: T) => void,
): (thing: T) => void {
  const once = (thing: T): void => {
    if (chance.unit() < faults.loss) return;
    clock.after(faults.delayMs * (1 + chance.unit()), () => deliver(thing));
  };
  return (thing) => {
    once(thing);
    if (chance.unit() < faults.duplicate) once(thing);
  };
}
