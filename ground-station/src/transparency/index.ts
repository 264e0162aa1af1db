export { flightRoom, type PublicFlight } from "./flight-room.js";
export { createTransparencyPart, type TransparencyDeps } from "./transparency-part.js";
