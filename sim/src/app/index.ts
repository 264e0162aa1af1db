export type { CameraPort, SimDeps } from "./sim.js";
export { Sim } from "./sim.js";
