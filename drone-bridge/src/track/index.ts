export * from "./track-desk.js";
