export type { Crossing, Helicopter } from "./helicopters.js";
export { Helicopters } from "./helicopters.js";
export type { Pass, ReaderPose } from "./plate-reader.js";
export { PlateReaders } from "./plate-reader.js";
export type { TrafficOptions } from "./traffic.js";
export { Traffic } from "./traffic.js";
export type { Vehicle, VehicleLooks } from "./vehicle.js";
export { randomLooks } from "./vehicle.js";
