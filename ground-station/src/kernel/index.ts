export type { CommitOptions, Durable, FactListener, FactStore, KernelDeps } from "./kernel.js";
export { Kernel } from "./kernel.js";
export * from "./part.js";
export type { Room } from "./room.js";
