export * from "./fact-sink.js";
export * from "./journal.js";
export * from "./known-recordings.js";
export * from "./last-known.js";
export * from "./record.js";
