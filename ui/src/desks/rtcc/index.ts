export { RtccDesk } from "./RtccDesk.js";
