export * from "./app/index.js";
export { signedText } from "./intake/index.js";
export { Kernel } from "./kernel/index.js";
export {
  busyWith,
  decideLaunch,
  isBeforeArm,
  isEnded,
  isFlying,
  isPreparing,
  type Launch,
  type LaunchCommand,
  type LaunchState,
  launchRoom,
  notRecorded,
  type OrderWish,
  reactToFact,
  reactToTelemetry,
  stageLimitsS,
  stepLaunch,
  timeOut,
} from "./launch/index.js";
export { inclusionProof, merkleLevels, merkleRoot, verifyInclusion, verifyRecord } from "./record/index.js";
export { type ControlCommand, type ControlState, controlRoom, decideControl, decideFly } from "./tasking/index.js";
