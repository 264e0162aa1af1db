export { hotlistFilesUnder } from "./hotlist-files.js";
