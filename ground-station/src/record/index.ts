export * from "./hash.js";
export { canonicalText, chainLine, genesisHash } from "./line.js";
export { inclusionProof, merkleLevels, merkleRoot, rootOf, verifyInclusion } from "./merkle.js";
export * from "./record.js";
export * from "./slice.js";
export { type Verdict, verifyRecord } from "./verify.js";
