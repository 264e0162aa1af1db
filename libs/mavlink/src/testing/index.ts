export { anyMessage } from "./arbitrary.js";
export { fromHex, toHex } from "./hex.js";
