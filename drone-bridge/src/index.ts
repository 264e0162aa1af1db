export * from "./app/index.js";
export { type SupportRow, support } from "./autopilot/index.js";
export { fuzzServices } from "./fuzz/index.js";
