export { type Autopilot, type AutopilotOptions, type AutopilotStatus, createAutopilot } from "./autopilot.js";
export type { CameraPose } from "./camera.js";
export { customModeOf, type FlightMode } from "./modes.js";
export { createMount, type Mount, mountReach, mountStatus, quaternionOf, steerMount, turnMount } from "./mount.js";
export { type AutopilotWorld, flatWorld } from "./world.js";
