export * from "./fact-sink.js";
export * from "./journal.js";
export * from "./last-known.js";
export * from "./record.js";
