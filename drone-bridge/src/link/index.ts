export * from "./backoff.js";
export * from "./link.js";
export * from "./open-links.js";
export * from "./stream-link.js";
export * from "./streams.js";
export * from "./tcp-server-link.js";
export * from "./timing.js";
export * from "./udp-link.js";
