export * from "./radio.js";
