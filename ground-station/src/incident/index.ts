export type { AlertDecision, CancelDecision } from "./decide-alert.js";
export { createIncidentPart, type IncidentPart, type Incidents } from "./incident-part.js";
export { incidentRoom } from "./incident-room.js";
export type { HeldAlert, Incident, IncidentState } from "./incident-state.js";
export { summaryOf } from "./incident-view.js";
export { type ClockStatistics, clockStatistics, secondsToCamera } from "./statistics.js";
export { byWhom, createSpeech, duration, type Speech, timelineLine, vehicleText } from "./words/index.js";
