export { takeLock } from "./lock-file.js";
export { nodeDisk } from "./node-disk.js";
