export * from "./camera.js";
