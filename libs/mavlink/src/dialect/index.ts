export * from "../generated/enums.js";
export { nameOf } from "./name-of.js";
export {
  Px4AutoMode,
  Px4MainMode,
  Px4PosctlMode,
  px4Mode,
  px4ModeFromHighLatency,
  px4ModeName,
  px4ModeParts,
} from "./px4-mode.js";
