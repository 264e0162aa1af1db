export * from "./attitude.js";
export * from "./commands.js";
export * from "./gaze.js";
export * from "./gimbal-watch.js";
export * from "./look.js";
