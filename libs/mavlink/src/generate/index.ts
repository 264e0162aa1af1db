export { crcExtraOf } from "./crc-extra.js";
export { dialectFiles, dialectMessages } from "./dialect-files.js";
export { fieldName } from "./field-name.js";
export { SUPPLEMENT } from "./supplement.js";
