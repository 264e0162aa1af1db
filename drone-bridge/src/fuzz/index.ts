export * from "./fuzz-services.js";
