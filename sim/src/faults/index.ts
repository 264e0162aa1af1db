export * from "./fault.js";
export * from "./fault-set.js";
export * from "./lossy-conduit.js";
