export * from "./frame-gate.js";
export * from "./seal.js";
