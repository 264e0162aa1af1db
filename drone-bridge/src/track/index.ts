export * from "./tlog.js";
export * from "./track-desk.js";
