export * from "./bench.js";
export * from "./config-for-tests.js";
