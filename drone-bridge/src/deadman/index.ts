export * from "./deadman.js";
