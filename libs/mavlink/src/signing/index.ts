export { sha256 } from "./sha256.js";
export {
  FrameSigner,
  isSigned,
  KEY_LENGTH,
  MAX_TIMESTAMP,
  readSignature,
  SIGNING_EPOCH_MS,
  type Signature,
  signatureMatches,
  signatureOf,
  signedLength,
  signFrame,
  signingTimestamp,
  stripSignature,
  TIMESTAMPS_PER_MS,
} from "./signing.js";
export { signingKeyFrom } from "./signing-key.js";
