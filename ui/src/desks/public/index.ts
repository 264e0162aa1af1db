export { PublicDesk } from "./PublicDesk.js";
