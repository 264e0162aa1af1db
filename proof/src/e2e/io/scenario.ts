import type { World } from "./world.js";

export type Scenario = {
  readonly name: string;
  /** Brings about what the scenario starts from, where the ones before it have not. */
  readonly before?: (world: World) => Promise<void>;
  /** Why a run in `npm test` leaves it out; `npm run e2e` runs it all the same. */
  readonly unsteady?: string;
  readonly run: (world: World) => Promise<void>;
};
