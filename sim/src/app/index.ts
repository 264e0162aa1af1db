export { airDataDoor } from "./air-data.js";
export type { CameraPort, SimDeps } from "./sim.js";
export { Sim } from "./sim.js";
