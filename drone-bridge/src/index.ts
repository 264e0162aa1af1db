export * from "./app/index.js";
export { doorOf, type SupportRow, support } from "./autopilot/index.js";
export { type AircraftFiles, FtpDesk, type FtpFile, type FtpFolder } from "./ftp/index.js";
export { fuzzServices } from "./fuzz/index.js";
export { EventDesk, type EventSaid } from "./telemetry/index.js";
