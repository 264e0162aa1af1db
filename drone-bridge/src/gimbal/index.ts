export * from "./attitude.js";
export * from "./commands.js";
