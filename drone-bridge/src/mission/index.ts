export * from "./desk.js";
export * from "./download.js";
export * from "./from-plan.js";
export * from "./item.js";
export * from "./timing.js";
export * from "./upload.js";
