export type { LimitAlarm } from "./limit-desk.js";
export { createTrainingPart, type SimAnswer, type TrainingDeps, type TrainingPart } from "./training-part.js";
export { type RunState, trainingRoom } from "./training-room.js";
