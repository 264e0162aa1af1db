export * from "./convert.js";
export * from "./pressure.js";
