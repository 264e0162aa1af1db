export * from "./energy/index.js";
export * from "./enu/index.js";
export * from "./eta/index.js";
export * from "./height/index.js";
export * from "./polygon/index.js";
export * from "./terrain/index.js";
export * from "./wind/index.js";
