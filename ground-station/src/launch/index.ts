export { type Decision, decideLaunch, type LaunchCommand, type OrderWish, type Reason } from "./decide.js";
export type { LaunchDeps } from "./desk.js";
export { evolveLaunch } from "./evolve.js";
export type { IncidentBrief } from "./incidents.js";
export {
  type Approval,
  approvalOf,
  isBeforeArm,
  isEnded,
  isFlying,
  isPreparing,
  type Launch,
  phaseOf,
  type Stage,
  type StageKind,
} from "./launch.js";
export { createLaunchPart, type LaunchPart } from "./launch-part.js";
export { busyWith, type LaunchState, launchOfUid, launchRoom } from "./launch-room.js";
export { type LoadView, loadOf } from "./load.js";
export { notRecorded } from "./not-recorded.js";
export type { PilotOnWatch, PilotsPort } from "./ports.js";
export { reactToFact, reactToTelemetry, stageLimitsS, timeOut } from "./react.js";
export { type StepView, stepLaunch } from "./step.js";
export { launchView } from "./view.js";
