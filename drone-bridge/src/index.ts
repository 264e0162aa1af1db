export * from "./app/index.js";
export { fuzzServices } from "./fuzz/index.js";
