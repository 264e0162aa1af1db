export * from "./wind.js";
