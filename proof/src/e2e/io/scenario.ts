import type { World } from "./world.js";

export type Scenario = {
  readonly name: string;
  /** Brings about what the scenario starts from, where the ones before it have not. */
  readonly before?: (world: World) => Promise<void>;
  readonly run: (world: World) => Promise<void>;
};
