export { SupervisorDesk } from "./SupervisorDesk.js";
