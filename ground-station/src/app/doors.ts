export type { Incidents } from "../incident/index.js";
export type { SourceDoor as SourceDoorLike } from "../intake/index.js";
