export { whepPort } from "./whep-port.js";
