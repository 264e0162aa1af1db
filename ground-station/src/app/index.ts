export { configProblems } from "./check-config.js";
export { createStation, type SocketAnswer, type Station, type StationReady } from "./station.js";
export type { Doors, PartMaker, StationDeps } from "./station-deps.js";
