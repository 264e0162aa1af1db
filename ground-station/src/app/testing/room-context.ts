import type { Clock, Config } from "@outrider/contract";
import type { World } from "@outrider/geo";
import { Kernel, type Room, type StationContext } from "../../kernel/index.js";
import { flatWorld } from "./flat-world.js";

/** What one part is given when it is tested alone: a kernel in memory and a disk that keeps nothing. */
export function roomContext(given: {
  /** Only what the part reads of the configuration. */
  readonly config: object;
  readonly clock: Clock;
  readonly world?: World;
  readonly rooms?: readonly Room<unknown>[];
  readonly count?: (metric: string) => void;
}): StationContext {
  const { clock } = given;
  const chance = { unit: () => 0.5, bytes: (n: number) => new Uint8Array(n), id: (prefix: string) => `${prefix}_1` };
  const store = { append: (_facts: unknown, done: () => void) => done() };
  return {
    kernel: new Kernel({ run: clock, chance, store, prov: "sim", runId: () => undefined }, given.rooms ?? []),
    // A field that the test left out is undefined and fails where it is read.
    config: given.config as Config,
    world: given.world ?? flatWorld(),
    clocks: { run: clock, wall: clock },
    chance,
    disk: { open: () => undefined, replace: () => undefined, read: () => undefined, truncate: () => undefined },
    log: () => undefined,
    count: (metric) => given.count?.(metric),
  };
}
