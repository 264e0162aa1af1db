export * from "./aircraft-type.js";
export * from "./environment.js";
export { gravityMps2 } from "./flight.js";
export { chargeOf, coldFactor, remainingWh } from "./power.js";
export * from "./random.js";
export * from "./sensors.js";
export * from "./state.js";
export { airStepS, type RotorControls, refreshAirAndPower, stepAir } from "./step.js";
export { meanWindMps } from "./wind.js";
