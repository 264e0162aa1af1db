export * from "./book.js";
export * from "./uid.js";
