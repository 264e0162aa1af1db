export * from "./camera.js";
export * from "./coverage.js";
export * from "./outline.js";
