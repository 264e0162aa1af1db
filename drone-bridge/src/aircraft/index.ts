export * from "./aircraft.js";
export { type Act, actOf, OtherWatch } from "./other-watch.js";
export * from "./path-choice.js";
