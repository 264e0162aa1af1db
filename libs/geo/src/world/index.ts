export * from "./city.js";
