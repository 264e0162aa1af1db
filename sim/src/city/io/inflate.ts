import { gunzipSync, inflateSync } from "node:zlib";
import type { Inflate } from "../byte-source.js";

/** The platform's decompressors; a bomb is stopped at the limit. */
export const nodeInflate: Inflate = {
  zlib: (bytes, limit) => inflateSync(bytes, { maxOutputLength: Math.max(1, limit) }),
  gzip: (bytes, limit) => gunzipSync(bytes, { maxOutputLength: Math.max(1, limit) }),
};
