export * from "./app/index.js";
export { signedText } from "./intake/index.js";
export { Kernel } from "./kernel/index.js";
export { inclusionProof, merkleLevels, merkleRoot, verifyInclusion, verifyRecord } from "./record/index.js";
