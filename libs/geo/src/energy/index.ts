export * from "./best-speed.js";
export * from "./power.js";
export * from "./reserve.js";
