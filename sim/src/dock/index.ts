export { createDock, type Dock, type DockOptions, type DockSense } from "./dock.js";
