export type * from "./aircraft-gates.js";
export type * from "./criteria-gate.js";
export { limits } from "./limits.js";
export { type Measured, measureGates } from "./measure-all.js";
export type * from "./people-gates.js";
export { gateNames, secondsText } from "./result.js";
export type * from "./route-gates.js";
export { gateSaid, gatesDiffer, type Verdict, verdictOf, withSettled } from "./verdict.js";
export { LAUNCH_WEIGHT, type Task, taskWeight, type Workload, workloadFits, workloadOf } from "./workload.js";
