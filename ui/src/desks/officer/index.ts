export { OfficerDesk } from "./OfficerDesk.js";
