export * from "./frame-gate.js";
export * from "./seal.js";
export * from "./signing.js";
export { type SigningState, type SigningStore, signingStore } from "./signing-state.js";
