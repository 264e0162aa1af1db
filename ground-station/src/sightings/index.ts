export { vehicleWords } from "./attributes.js";
export type { HotlistFiles } from "./hotlists.js";
export { foldPlate, normalisePlate } from "./plate.js";
export { createSightingsPart, type SightingsDeps, type SightingsPart } from "./sightings-part.js";
export { needsSecond, type SightingsState, sightingsRoom } from "./sightings-room.js";
