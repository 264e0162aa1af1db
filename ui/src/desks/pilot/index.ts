export { PilotDesk } from "./PilotDesk.js";
