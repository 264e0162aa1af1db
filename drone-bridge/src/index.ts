export * from "./app/index.js";
export { doorOf, type SupportRow, support } from "./autopilot/index.js";
export { type AircraftFiles, FtpDesk, type FtpFile, type FtpFolder } from "./ftp/index.js";
export { fuzzServices } from "./fuzz/index.js";
export { apartDeg, gimbalAttitude, type Look, lookFrom } from "./gimbal/index.js";
export { readTlog } from "./link/index.js";
export { EventDesk, type EventSaid } from "./telemetry/index.js";
