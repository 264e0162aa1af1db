export * from "./camera.js";
export * from "./capabilities.js";
export * from "./commands.js";
