export * from "./hash.js";
export { canonicalText, chainLine, genesisHash } from "./line.js";
export { inclusionProof, merkleLevels, merkleRoot, rootOf, verifyInclusion } from "./merkle.js";
export * from "./record.js";
export * from "./slice.js";
export { createTrackPart, type TrackDeps, type TrackPart } from "./track-part.js";
export { type Track, type TrackState, trackRoom } from "./track-room.js";
export { type Verdict, verifyRecord } from "./verify.js";
export { verifyExport } from "./verify-export.js";
