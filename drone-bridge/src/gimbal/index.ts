export * from "./attitude.js";
export * from "./commands.js";
export * from "./gimbal-watch.js";
