export { type Ask, type Control, type ControlState, controlRoom, evolveControl } from "./control-room.js";
export {
  type ControlCommand,
  type ControlDecision,
  type ControlView,
  decideControl,
  OFFER_STANDS_MS,
  STALE_MS,
} from "./decide-control.js";
export { decideFly, type FlyView } from "./decide-fly.js";
export type { VideoState } from "./fleet-view.js";
export { createFlightParts, type FlightPartsDeps } from "./flight-parts.js";
export { createTaskingPart, type TaskingPart, type TaskingPartDeps } from "./tasking-part.js";
