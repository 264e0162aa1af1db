export * from "./book.js";
export * from "./recognition.js";
export * from "./uid.js";
