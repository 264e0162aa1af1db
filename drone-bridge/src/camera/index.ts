export * from "./ask-until-heard.js";
export * from "./camera.js";
export * from "./camera-watch.js";
export * from "./capabilities.js";
export * from "./commands.js";
