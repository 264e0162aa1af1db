export { wireFaults } from "./check.js";
export { message } from "./message.js";
export { int32FromParam, type ParamBits, paramFromInteger } from "./param.js";
export {
  codecNamed,
  codecOf,
  crcExtra,
  extraOrMinus,
  fieldOffset,
  infoOf,
  messageId,
  messageName,
  messages,
  placeOf,
} from "./table.js";
export type {
  AnyMessageInit,
  Codec,
  FieldInfo,
  FieldsInit,
  MavMessage,
  MessageInfo,
  MessageInit,
  MessageName,
  MessageOf,
} from "./types.js";
