export { type Autopilot, type AutopilotOptions, type AutopilotStatus, createAutopilot } from "./autopilot.js";
export type { CameraPose } from "./camera.js";
export { customModeOf, type FlightMode } from "./modes.js";
export { type AutopilotWorld, flatWorld } from "./world.js";
