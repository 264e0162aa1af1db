export { CRC_START, crcByte, crcRange, x25 } from "./crc.js";
export { crcOf } from "./fold.js";
export { NO_POSITION, orNowhere } from "./nowhere.js";
export { partialBig, partialDouble, partialFloat, partialInt16, partialInt32, partialUnsigned } from "./partial.js";
export { readText, writeText } from "./text.js";
