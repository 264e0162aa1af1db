export * from "./forward-filter.js";
export type { ForwardHooks } from "./forwarder.js";
export * from "./path.js";
export * from "./radio.js";
export * from "./seen-frames.js";
export { isStreamed, streamedNames } from "./streamed.js";
