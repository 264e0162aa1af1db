import type { World } from "./world.js";

export type Scenario = {
  readonly name: string;
  readonly run: (world: World) => Promise<void>;
};
