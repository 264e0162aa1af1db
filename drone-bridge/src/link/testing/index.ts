export * from "./fake-streams.js";
export * from "./link-contract.js";
