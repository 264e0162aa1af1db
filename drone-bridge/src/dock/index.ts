export * from "./dock-desk.js";
export * from "./door-order.js";
export * from "./timing.js";
