export * from "./codec/index.js";
export * from "./dialect/index.js";
export * from "./frame/index.js";
export * from "./ftp/index.js";
export { type Dice, type FuzzReport, fuzzFrames, fuzzNoise } from "./fuzz/index.js";
export type { MessageFields } from "./generated/types.js";
export * from "./signing/index.js";
export { CRC_START, crcByte, crcRange, NO_POSITION, x25 } from "./wire/index.js";
