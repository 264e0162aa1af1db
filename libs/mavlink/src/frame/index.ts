export { decode, decodeAs, decodeInto, MessagePool } from "./decode.js";
export { encodeFrame, FrameEncoder, type FrameHeader } from "./encode.js";
export {
  CHECKSUM_LENGTH,
  copyFrame,
  type Frame,
  frameChecksum,
  frameLength,
  HEADER_LENGTH,
  INCOMPAT_SIGNED,
  MAGIC_V1,
  MAGIC_V2,
  MAX_FRAME_LENGTH,
  type MavVersion,
  ScannedFrame,
  SIGNATURE_LENGTH,
} from "./frame.js";
export { FrameReader, type ReaderOptions, type ReaderStats } from "./reader.js";
