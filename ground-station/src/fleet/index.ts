export { type BridgeAccept, createFleetPart, type DockNow, type FleetDeps, type FleetPart } from "./fleet-part.js";
export {
  type AircraftState,
  aircraftOf,
  type DockFacts,
  type FleetState,
  fleetRoom,
  type OrderEntry,
} from "./fleet-room.js";
export { linkTimes } from "./samples.js";
export { Ticker } from "./ticker.js";
export type { WindView } from "./wind.js";
